import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import type { NewsKind, NoticeContent } from '#core/domain/news.ts'
import { inStock, midJanuary, movesByKind, newsOf, notice, quarter4 } from '#templates/examples.ts'
import type { MailRenderer } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import { readable } from './readable.ts'

let renderer: MailRenderer
before(async () => {
  renderer = await makeRenderer({ name: 'Figurkov', url: 'https://shop.example', contact: 'podpora@shop.example' })
})

const order: Record<MailLanguage, string> = { cs: 'Objednávka 10042', en: 'Order 10042' }

test('the Czech text part reads as a letter', () => {
  const mail = renderer.render(fullNotice('cs'))
  assert.equal(mail.subject, 'Objednávka 10042: nový termín – polovina ledna 2027')
  assert.equal(
    mail.text,
    `Dobrý den,

k vaší objednávce 10042 (na jméno Jana Nováková) máme bohužel nepříznivou zprávu.

CO JE NOVÉHO

* 2× Saber Alter 1/7
  Dosud: 15. prosince 2026
  Nově: polovina ledna 2027
  Dodání se bohužel zpozdí. Zboží očekáváme v polovině ledna 2027.

OSTATNÍ POLOŽKY

* Artbook
  beze změny: 4. čtvrtletí 2026
* 3× Plakát

CO BUDE DÁL

Jakmile zboží dorazí k nám, objednávku vyřídíme. Kdyby se termín znovu změnil, napíšeme vám.

MÁTE OTÁZKU?

Potřebujete poradit, nebo vám změna nevyhovuje? Obraťte se na nás: podpora@shop.example

Zobrazit objednávku: https://shop.example/o/10042?t=1&x=2

-- 
Figurkov
https://shop.example/
Tuto zprávu dostáváte, protože máte v obchodě Figurkov objednávku 10042.
`,
  )
})

test('the English text part reads as a letter', () => {
  const mail = renderer.render(fullNotice('en'))
  assert.equal(mail.subject, 'Order 10042: new date – mid-January 2027')
  assert.equal(
    mail.text,
    `Hello Jana Nováková,

We are sorry to have unwelcome news about your order 10042.

WHAT IS NEW

* 2× Saber Alter 1/7
  Before: 15 December 2026
  Now: mid-January 2027
  Unfortunately the delivery is delayed. We expect this item in mid-January 2027.

THE REST OF YOUR ORDER

* Artbook
  unchanged: 4th quarter 2026
* 3× Plakát

WHAT HAPPENS NEXT

As soon as the goods reach us, we will complete your order. Should the date change again, we will write to you.

ANY QUESTIONS?

If you would like to know more, or the change does not suit you, please contact us: podpora@shop.example

View your order: https://shop.example/o/10042?t=1&x=2

-- 
Figurkov
https://shop.example/
You receive this message because of your order 10042 at Figurkov.
`,
  )
})

test('html and text say the same', () => {
  for (const language of mailLanguages) {
    const mail = renderer.render(fullNotice(language))
    const words = readable(mail)
    for (const line of mail.text.split('\n')) {
      const bare = line.replace(/^[* ]+|^-- $/g, '').replace(/^(Dosud|Nově|Before|Now): /, '')
      if (/^(https:|Zobrazit|View)/.test(bare)) continue
      assert.ok(words.toLowerCase().includes(bare.toLowerCase()), `"${bare}" is missing in: ${words}`)
    }
    assert.match(mail.html, new RegExp(`<html lang="${language}"`))
  }
})

const counted: [MailLanguage, NewsKind[], string][] = [
  ['cs', ['delayed', 'delayed'], 'nové termíny u 2 položek'],
  ['cs', ['delayed', 'earlier', 'dated'], 'nové termíny u 3 položek'],
  ['cs', ['arrived', 'arrived'], '2 položky jsou skladem u našeho dodavatele'],
  ['cs', Array.from({ length: 5 }, () => 'arrived' as const), '5 položek je skladem u našeho dodavatele'],
  ['cs', ['undated', 'overdue'], '2 položky zatím nemají termín'],
  ['cs', ['sold-out', 'discontinued'], '2 položky nejsou k dostání'],
  ['cs', ['correction', 'correction'], 'oprava u 2 položek'],
  ['cs', ['delayed', 'arrived', 'overdue'], 'změny u 3 položek'],
  ['en', ['delayed', 'earlier', 'dated'], 'new dates for 3 items'],
  ['en', ['arrived', 'arrived'], '2 items in stock at our supplier'],
  ['en', ['undated', 'overdue'], 'no date yet for 2 items'],
  ['en', ['sold-out', 'discontinued'], '2 items can no longer be had'],
  ['en', ['delayed', 'arrived'], 'news on 2 items'],
]

for (const [language, kinds, headline] of counted) {
  test(`several lines in ${language} are counted in the right plural: ${headline}`, () => {
    const news = kinds.map((kind, line) => newsOf(kind, { line: String(line) }))
    const mail = renderer.render(notice({ language, news }))
    assert.equal(mail.subject, `${order[language]}: ${headline}`)
  })
}

const openings: [NewsKind[], string][] = [
  [['earlier', 'refined'], 'k vaší objednávce 10042 máme dobrou zprávu.'],
  [['delayed', 'widened'], 'k vaší objednávce 10042 máme bohužel nepříznivou zprávu.'],
  [['delayed', 'arrived'], 'k vaší objednávce 10042 máme několik zpráv, dobré i horší.'],
  [['refined'], 'k vaší objednávce 10042 máme novou zprávu.'],
  [['correction', 'earlier'], 'k vaší objednávce 10042 máme novou zprávu.'],
  [['correction'], 'opravujeme svou předchozí zprávu k vaší objednávce 10042.'],
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
  assert.match(next, /Zboží skladem u dodavatele: .*\n\nZboží s termínem: .*\n\nZboží, které není k dostání: /)
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

const hostile = `<img src=x onerror=alert(1)> "'\`& {{shop.name}} \${x}\r\nBcc: all@evil.example\u2028\u202E\u0000 --> <![endif]-->`

test('nothing from outside becomes markup, a header or a line of its own', async () => {
  const open = await makeRenderer({ name: hostile, url: 'javascript:alert(1)', contact: hostile })
  for (const mail of [renderer.render(hostileNotice()), open.render(hostileNotice())]) {
    assert.doesNotMatch(mail.html, /<img|onerror=|javascript:|href="[^"]*evil/)
    assert.doesNotMatch(mail.subject, /[\p{Cc}\u2028\u202E]/u)
    assert.doesNotMatch(mail.text, /^\s*Bcc:|[\0\r\u2028\u202E]/m)
    assert.ok(mail.text.includes('{{shop.name}} ${x} Bcc: all@evil.example'), mail.text)
    assert.equal(mail.html.split('<![endif]-->').length, plainEndifs())
  }
})

test('a link to the order that is no web page is left out', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '/o/1', '"><b>']) {
    const mail = renderer.render(notice({ order: { number: '1', url }, news: [newsOf('delayed')] }))
    assert.doesNotMatch(`${mail.html}${mail.text}`, /Zobrazit objednávku/)
  }
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

function fullNotice(language: MailLanguage): NoticeContent {
  return notice({
    language,
    order: { number: '10042', url: 'https://shop.example/o/10042?t=1&x=2' },
    customer: { name: 'Jana Nováková' },
    news: [newsOf('delayed', { quantity: 2 })],
    others: [
      { line: '2', title: 'Artbook', quantity: 1, availability: quarter4 },
      { line: '3', title: 'Plakát', quantity: 3, availability: null },
    ],
  })
}

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
