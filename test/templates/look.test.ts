import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewsKind } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import { readSettings } from '#core/process/settings.ts'
import { lookSettings } from '#notifier/look-settings.ts'
import { newsOf, notice } from '#templates/examples.ts'
import { accentProblem, contrast, pageProblem, palettesOf, usualColours } from '#templates/colours.ts'
import { makeRenderer } from '#templates/render.ts'
import { z } from 'zod'

const name = 'Figurkov'
const oneLine = notice({ news: [newsOf('delayed')] })

test('the contrast of colours is reckoned as WCAG does', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
  assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48')
  assert.equal(contrast('#ffffff', '#777777').toFixed(2), '4.48')
})

test('every text of a mail can be read on what is behind it, by day and by night, whatever colours are taken', () => {
  for (const colours of [
    usualColours,
    { accent: '#000000', page: '#ffffff' },
    { accent: '#7a0019', page: '#101010' },
  ]) {
    for (const palette of Object.values(palettesOf(colours))) {
      const { card, panel, page, text, quiet, accent, onAccent, onPage } = palette
      const pairs = [[text, card], [text, panel], [quiet, card], [quiet, panel], [accent, card], [accent, panel], [onAccent, accent], [onPage, page]] as const // prettier-ignore
      for (const [front, back] of pairs) assert.ok(contrast(front, back) >= 4.5, `${front} on ${back}`)
    }
  }
})

test('a colour that cannot be read is refused at start, in words that name one that can', () => {
  const given = { SHOP_COLOUR: '#ffcc00', SHOP_BACKGROUND: '#808080', SHOP_LOGO_URL: 'http://shop.example/l.png' }
  assert.throws(
    () => readSettings(z.object(lookSettings), given),
    (error: Error) => {
      assert.match(
        error.message,
        /SHOP_COLOUR: #ffcc00 is too light .* contrast is 1\.\d to 1 and must be 4\.5; #\w{6} would/,
      )
      assert.match(error.message, /SHOP_BACKGROUND: #808080 is neither light nor dark enough/)
      assert.match(error.message, /SHOP_LOGO_URL: expected the address of a picture, https/)
      return true
    },
  )
  for (const problemOf of [accentProblem, pageProblem]) {
    const [, other = ''] = /(#\w{6}) would do/.exec(problemOf('#808080') ?? '') ?? []
    assert.equal(problemOf(other), null, `${other} was named, and is refused itself`)
  }
  assert.throws(
    () => readSettings(z.object(lookSettings), { SHOP_COLOUR: 'red;}' }),
    /expected a colour such as #1f5fa8/,
  )
})

test('the shop’s colours are in its mails, and nothing is left to be put in', async () => {
  const { render } = await makeRenderer({ name, colours: { accent: '#7a0019', page: '#fff8f0' } })
  const { html } = render(oneLine)
  assert.match(html, /<strong>polovina ledna 2027/)
  assert.match(html, /color: #7a0019/)
  assert.match(html, /background-color:#fff8f0/)
  assert.doesNotMatch(html, /1f5fa8|eef1f4|var\(/)
})

test('a logo stands where the name did, so wide, and is read as words where pictures are not shown', async () => {
  const logo = { url: 'https://shop.example/logo.png?a=1&b="', width: 200 }
  const { render } = await makeRenderer({ name: 'Fig & "Co"', logo })
  const [picture = ''] = /<img[^>]*>/.exec(render(oneLine).html) ?? []
  assert.match(picture, /src="https:\/\/shop\.example\/logo\.png\?a&#x3D;1&amp;b&#x3D;%22"/)
  assert.match(picture, /alt="Fig &amp; &quot;Co&quot;"/)
  assert.match(picture, /width="200"/)
  assert.match(picture, /width: 200px/)
  const named = await makeRenderer({ name, logo: { ...logo, alt: 'Figurkov, hračky' } })
  assert.match(named.render(oneLine).html, /alt="Figurkov, hračky"/)
  const none = await makeRenderer({ name, logo: { url: 'javascript:alert(1)', width: 10 } })
  assert.doesNotMatch(none.render(oneLine).html, /<img|javascript/)
})

test('footer and legal line close html and text', async () => {
  const { render } = await makeRenderer({ name, footer: 'Po–pá <9–17>', legal: 'Figurkov s.r.o.\nIČO 12345678' })
  const { html, text } = render(oneLine)
  assert.match(text, /-- \nFigurkov\nPo–pá <9–17>\nTuto .*\nFigurkov s\.r\.o\. IČO 12345678\n$/)
  assert.match(html, /Po–pá &lt;9–17&gt;[\s\S]*Figurkov s\.r\.o\. IČO 12345678/)
})

test('text that runs right to left keeps its order to itself, and the mail stays left to right', async () => {
  const { render } = await makeRenderer({ name: 'חנות' })
  const { html, text, subject } = render(
    notice({
      language: 'en',
      order: { number: 'א-17' },
      customer: { name: 'נועה' },
      news: [newsOf('delayed', { title: 'דמות', quantity: 2 })],
    }),
  )
  for (const part of [html, text]) {
    for (const said of ['חנות', 'א-17', 'נועה', 'דמות']) {
      assert.doesNotMatch(part, new RegExp(`(?<!\u2068)${said}|${said}(?!\u2069)`), said)
      assert.ok(part.includes(said))
    }
  }
  assert.ok(subject.includes('\u2068א-17\u2069'))
  assert.match(html, /<html lang="en" dir="ltr"/)
  assert.doesNotMatch(html, /dir="auto"/)
})

test('a day stays beside its month in html, and nothing is changed in titles and text', async () => {
  const { render } = await makeRenderer({ name })
  const { html, text } = render(notice({ news: [newsOf('earlier', { title: '12 prosinec' })] }))
  assert.match(html, /<s>15\.\u00A0prosince 2026<\/s>/)
  assert.match(html, /<strong>12\.\u00A0prosince 2026<\/strong>/)
  assert.match(html, /<bdi>12 prosinec<\/bdi>/)
  assert.doesNotMatch(text, /\u00A0/)
})

test('the preheader is in the colour of text, and not padded with what nobody sees', async () => {
  const { render } = await makeRenderer({ name })
  const { html } = render(oneLine)
  assert.match(html, /<div style="display: none[^"]*color: #1f2933">Saber Alter/)
  assert.doesNotMatch(html, /[\u200B-\u200D\uFEFF]|\u034F|&zwnj;/)
})

const kinds: NewsKind[][] = newsKinds.map((kind) => [kind])
test('a usual mail stays under 60 kB, and one of 50 lines under what Gmail clips', async () => {
  const { render } = await makeRenderer({
    name,
    url: 'https://shop.example/',
    footer: '"'.repeat(500),
    legal: '"'.repeat(500),
  })
  const sizeOf = (kind: NewsKind, lines: number, title: string) => {
    const news = Array.from({ length: lines }, (_, line) => newsOf(kind, { line: `${line}`, title }))
    return Buffer.byteLength(render(notice({ news })).html)
  }
  for (const [kind = 'delayed'] of kinds) {
    assert.ok(sizeOf(kind, 20, 'Ž'.repeat(120)) < 60_000, `${kind}: ${sizeOf(kind, 20, 'Ž'.repeat(120))}`)
    for (const letter of ['Ž', '"', '🎁', '\u05D0']) {
      const size = sizeOf(kind, 50, letter.repeat(300))
      assert.ok(size < 102_000, `${kind} with titles of ${letter}: ${size}`)
    }
  }
})
