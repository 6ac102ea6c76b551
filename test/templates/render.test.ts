import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { mailLanguages } from '#core/domain/language.ts'
import type { NewsKind, NoticeContent } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import { inStock, midJanuary, movesByKind, newsOf, notice } from '#templates/examples.ts'
import { phrasesOf } from '#templates/languages.ts'
import type { MailRenderer } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import { viewNotice } from '#templates/view.ts'
import { fullNotice } from './full-notice.ts'
import { readable } from './readable.ts'

let renderer: MailRenderer
before(async () => {
  renderer = await makeRenderer({ name: 'Figurkov', url: 'https://shop.example', contact: 'podpora@shop.example' })
})

test('html and text say the same', () => {
  for (const language of mailLanguages) {
    const mail = renderer.render(fullNotice(language))
    const words = readable(mail)
    const { labels, orderLink } = phrasesOf[language]
    for (const line of mail.text.split('\n')) {
      const bare = line.replace(/^[* ]+|^-- $/g, '').replace(new RegExp(`^(${labels.told}|${labels.now}): `), '')
      if (bare.startsWith('https:') || bare.startsWith(orderLink)) continue
      assert.ok(words.toLowerCase().includes(bare.toLowerCase()), `"${bare}" is missing in: ${words}`)
    }
    assert.match(mail.html, new RegExp(`<html lang="${language}"`))
  }
})

const openings: [NewsKind[], string][] = [
  [['earlier', 'refined'], 'k vaší objednávce 10042 máme dobrou zprávu.'],
  [['delayed', 'widened'], 'k vaší objednávce 10042 máme bohužel nepříznivou zprávu.'],
  [['delayed', 'arrived'], 'k vaší objednávce 10042 máme několik zpráv, dobrých i horších.'],
  [['refined'], 'k vaší objednávce 10042 máme novou zprávu.'],
  [['correction', 'earlier'], 'k vaší objednávce 10042 máme novou zprávu.'],
  [['correction'], 'opravujeme údaj z naší dřívější zprávy k vaší objednávce 10042.'],
]

for (const [kinds, opening] of openings) {
  test(`a mail on ${kinds.join(' and ')} opens in the fitting tone`, () => {
    const mail = renderer.render(notice({ news: kinds.map((kind) => newsOf(kind)) }))
    assert.ok(mail.text.includes(`\n${opening}\n`), mail.text)
  })
}

test('where lines come to different things, what happens next is said of each', () => {
  const { text } = renderer.render(notice({ news: [newsOf('delayed'), newsOf('arrived'), newsOf('sold-out')] }))
  const next = text.slice(text.indexOf('CO BUDE DÁL'), text.indexOf('MÁTE OTÁZKU'))
  assert.match(next, /Zboží skladem u dodavatele: .*\n\nZboží s termínem: .*\n\nVyprodané zboží: /)
})

test('a line without current knowledge is listed without any date', () => {
  const others = [{ line: '2', title: 'Artbook', quantity: 1, availability: null }]
  const mail = renderer.render(notice({ news: [newsOf('delayed')], others }))
  assert.match(mail.text, /OSTATNÍ POLOŽKY\n\n\* Artbook\n\n/)
  assert.doesNotMatch(readable(mail), /beze změny/)
})

test('what the shop once called in stock is not said to have been at the supplier', () => {
  const mail = renderer.render(notice({ news: [newsOf('delayed', { told: inStock })] }))
  assert.match(mail.text, /Dosud: skladem\n {2}Nově: polovina ledna 2027/)
})

test('a date that has passed is not mailed as the date to come', () => {
  const mail = renderer.render(notice({ news: [newsOf('overdue')] }))
  assert.equal(mail.text.split('15. prosince 2026').length, 2)
  assert.doesNotMatch(mail.subject, /2026/)
})

test('the preheader carries the news', () => {
  const one = renderer.render(notice({ news: [newsOf('delayed')] }))
  assert.ok(one.html.includes('Saber Alter 1/7: 15. prosince 2026 → polovina ledna 2027'))
  const two = renderer.render(notice({ news: [newsOf('delayed'), newsOf('arrived', { title: 'Artbook' })] }))
  assert.ok(two.html.includes('Saber Alter 1/7: polovina ledna 2027 · Artbook: skladem u dodavatele'))
})

test('the preheader of many lines is as long as lists of mails show', () => {
  const news = Array.from({ length: 50 }, (_, line) => newsOf('overdue', { line: `${line}`, title: 'Ž'.repeat(80) }))
  const { preheader } = viewNotice(notice({ news }), { name: 'Figurkov' })
  assert.match(preheader, /^Ž{39}…: nový termín zatím neznáme · /)
  assert.ok(preheader.length <= 200 && preheader.endsWith('…'), preheader)
})

const hostile = `<img src=x onerror=alert(1)> "'\`& {{shop.name}} \${x}\r\nBcc: all@evil.example\u2028\u202E\u0000 --> <![endif]-->`

test('nothing from outside becomes markup, a header or a line of its own', async () => {
  const shop = { name: hostile, url: 'javascript:alert(1)', contact: hostile, delayTexts: { cs: hostile } }
  const open = await makeRenderer(shop)
  for (const mail of [renderer.render(hostileNotice()), open.render(hostileNotice())]) {
    assert.doesNotMatch(mail.html, /<img|onerror=|javascript:|href="[^"]*evil/)
    assert.doesNotMatch(mail.subject, /[\p{Cc}\u2028\u202E]/u)
    assert.doesNotMatch(mail.text, /^\s*Bcc:|[\0\r\u2028\u202E]/m)
    assert.ok(mail.text.includes('{{shop.name}} ${x} Bcc: all@evil.example'), mail.text)
    assert.equal(mail.html.split('<![endif]-->').length, plainEndifs())
  }
})

const patience = 'Výrobce má potíže s dopravou. Děkujeme za trpělivost.'

test("the shop's own words on a delay follow the opening, where a line is late, in the mail's language", async () => {
  const own = await makeRenderer({ name: 'Figurkov', delayTexts: { cs: ` ${patience}\r\n`, pl: '' } })
  for (const kind of newsKinds) {
    const mail = own.render(notice({ news: [newsOf('arrived'), newsOf(kind)] }))
    const late = ['delayed', 'undated', 'overdue'].includes(kind)
    assert.equal(/ 10042 máme .*\n\n(.*)/.exec(mail.text)?.[1], late ? patience : 'CO JE NOVÉHO', kind)
    assert.equal(readable(mail).includes(patience), late, kind)
  }
  for (const language of ['pl', 'de'] as const) {
    const mail = own.render(notice({ language, news: [newsOf('delayed')] }))
    assert.doesNotMatch(`${mail.text}${mail.html}`, /trpělivost|undefined|<div[^>]*><\/div>/)
  }
})

test('a link to the order that is no web page is left out', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/o/1', '"><b>']) {
    const mail = renderer.render(notice({ order: { number: '1', url }, news: [newsOf('delayed')] }))
    assert.doesNotMatch(`${mail.html}${mail.text}`, /Zobrazit objednávku/)
  }
})

test('whoever may opt out of the mail can do so at its foot; nobody else is shown how', () => {
  const url = 'https://shop.example/unsubscribe/cs/token'
  const open = renderer.render(notice({ news: [newsOf('arrived')], unsubscribeUrl: url }))
  assert.match(open.html, new RegExp(`<a href="${url}"[^>]*>Odhlásit zprávy, které nejsou nutné</a>`))
  assert.ok(open.text.includes(`Odhlásit zprávy, které nejsou nutné: ${url}\n`), open.text)
  const needed = renderer.render(notice({ news: [newsOf('delayed')] }))
  assert.doesNotMatch(needed.html + needed.text, /Odhlásit|unsubscribe/)
})

test('a title of 300 characters, emoji or right-to-left text are carried whole', () => {
  for (const title of ['x'.repeat(300), '🎁👩‍👩‍👧 dárek', 'דמות אלתר']) {
    const mail = renderer.render(notice({ news: [newsOf('delayed', { title })] }))
    assert.ok(mail.text.replace(/[\u2068\u2069]/g, '').includes(`* ${title}\n`))
    assert.ok(mail.html.replace(/[\u2068\u2069]/g, '').includes(`<bdi>${title}</bdi>`))
  }
})

test('without contact, link and name nothing is left empty', async () => {
  const bare = await makeRenderer({ name: 'Figurkov' })
  const mail = bare.render(notice({ news: [newsOf('delayed')] }))
  assert.match(mail.text, /Stačí odpovědět na tento e-mail\.\n\n-- \nFigurkov\nTuto/)
  assert.doesNotMatch(`${mail.html}${mail.text}`, /undefined|null|\[object|\{\{|href=""|<strong><\/strong>/)
})

test('a mail loads nothing from elsewhere', () => {
  const { html } = renderer.render(fullNotice('cs'))
  assert.doesNotMatch(html, /<link|@import|url\(|<script|<img/)
})

test('a notice without news is refused, for it should not exist', () => {
  assert.throws(() => renderer.render(notice({ news: [] })), /without news/)
})

test('an old value that must not be named is left out', () => {
  const news = [newsOf('delayed', { told: null })]
  const mail = renderer.render(notice({ news }))
  assert.doesNotMatch(`${mail.html}${mail.text}`, /Dosud|<s>/)
  assert.ok(mail.text.includes('* Saber Alter 1/7\n  Nově: polovina ledna 2027\n'))
})

test('earlier than what may not be named is not said to be good news', () => {
  assert.match(openingBy(undefined), /máme dobrou zprávu/)
  assert.match(openingBy(null), /máme novou zprávu/)
})

function hostileNotice(): NoticeContent {
  return notice({
    order: { number: hostile, url: 'https://shop.example/"onclick="x' },
    customer: { name: hostile },
    news: [newsOf('delayed', { title: hostile })],
    others: [{ line: '2', title: hostile, quantity: 1, availability: midJanuary }],
  })
}

/** Conditional comments of a mail of the same shape without anything hostile in it. */
function plainEndifs(): number {
  const others = [{ line: '2', title: 'Artbook', quantity: 1, availability: movesByKind.delayed.now }]
  const news = [newsOf('delayed')]
  return renderer
    .render(notice({ order: { number: '1', url: 'https://shop.example/' }, news, others }))
    .html.split('<![endif]-->').length
}

function openingBy(told: null | undefined): string {
  return renderer.render(notice({ news: [newsOf('earlier', told === null ? { told } : {})] })).text
}
