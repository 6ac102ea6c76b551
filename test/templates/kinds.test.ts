import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import type { NewsKind } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import { newsOf, notice } from '#templates/examples.ts'
import type { MailRenderer } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import { readable } from './readable.ts'

let renderer: MailRenderer
before(async () => {
  renderer = await makeRenderer({ name: 'Figurkov' })
})

/** Of each kind: subject without the order, old, new, and what the customer is told about it. */
type Said = [headline: string, told: string, now: string, explanation: string]

const czech: Record<NewsKind, Said> = {
  delayed: [
    'nový termín – polovina ledna 2027',
    '15. prosince 2026',
    'polovina ledna 2027',
    'Dodání se bohužel zpozdí. Zboží očekáváme v polovině ledna 2027.',
  ],
  earlier: [
    'dřívější termín – 12. prosince 2026',
    '15. prosince 2026',
    '12. prosince 2026',
    'Zboží má dorazit dříve, než jsme čekali. Zboží očekáváme 12. prosince 2026.',
  ],
  refined: [
    'upřesněný termín – 15. prosince 2026',
    '4. čtvrtletí 2026',
    '15. prosince 2026',
    'Termín dodání už známe přesněji. Zboží očekáváme 15. prosince 2026.',
  ],
  widened: [
    'nový termín – 4. čtvrtletí 2026',
    '15. prosince 2026',
    '4. čtvrtletí 2026',
    'Dodavatel teď uvádí termín méně přesně než dosud. Zboží očekáváme ve 4. čtvrtletí 2026.',
  ],
  dated: [
    'už známe termín – polovina ledna 2027',
    'termín zatím není znám',
    'polovina ledna 2027',
    'Termín dodání už známe. Zboží očekáváme v polovině ledna 2027.',
  ],
  undated: [
    'nový termín zatím není znám',
    '15. prosince 2026',
    'termín zatím není znám',
    'Dosavadní údaj o dodání už neplatí a nový termín dodavatel zatím neuvádí.',
  ],
  arrived: [
    'zboží je skladem u našeho dodavatele',
    '15. prosince 2026',
    'skladem u dodavatele',
    'Zboží už má náš dodavatel skladem, k nám zatím nedorazilo.',
  ],
  back: [
    'zboží se bude znovu dodávat – polovina ledna 2027',
    'vyprodáno',
    'polovina ledna 2027',
    'Zboží se má znovu dodávat. Zboží očekáváme v polovině ledna 2027.',
  ],
  'sold-out': [
    'zboží je u dodavatele vyprodané',
    '15. prosince 2026',
    'vyprodáno',
    'Zboží je u dodavatele vyprodané. Kdy a zda se bude znovu dodávat, nevíme.',
  ],
  discontinued: [
    'zboží se už nedodává',
    '15. prosince 2026',
    'už se nedodává',
    'Zboží se bohužel přestalo dodávat a nemůžeme ho pro vás získat.',
  ],
  overdue: [
    'zboží má zpoždění, nový termín zatím neznáme',
    '15. prosince 2026',
    'nový termín zatím neznáme',
    'Očekávaný termín uplynul a nový nám dodavatel zatím nesdělil. Za zdržení se omlouváme.',
  ],
  correction: [
    'oprava předchozí zprávy – 15. prosince 2026',
    'polovina ledna 2027',
    '15. prosince 2026',
    'Údaj z naší předchozí zprávy neplatí, za zmatek se omlouváme. Správně je: Zboží očekáváme 15. prosince 2026.',
  ],
}

const english: Record<NewsKind, Said> = {
  delayed: [
    'new date – mid-January 2027',
    '15 December 2026',
    'mid-January 2027',
    'Unfortunately the delivery is delayed. We expect this item in mid-January 2027.',
  ],
  earlier: [
    'earlier date – 12 December 2026',
    '15 December 2026',
    '12 December 2026',
    'The delivery should come earlier than we thought. We expect this item on 12 December 2026.',
  ],
  refined: [
    'more precise date – 15 December 2026',
    '4th quarter 2026',
    '15 December 2026',
    'We now know the delivery date more precisely. We expect this item on 15 December 2026.',
  ],
  widened: [
    'new date – 4th quarter 2026',
    '15 December 2026',
    '4th quarter 2026',
    "Our supplier's date is now less precise than before. We expect this item in the 4th quarter of 2026.",
  ],
  dated: [
    'we have a date – mid-January 2027',
    'date not known yet',
    'mid-January 2027',
    'We now have a delivery date. We expect this item in mid-January 2027.',
  ],
  undated: [
    'new date not known yet',
    '15 December 2026',
    'date not known yet',
    'What we told you before no longer holds, and our supplier has not given a new date yet.',
  ],
  arrived: [
    'in stock at our supplier',
    '15 December 2026',
    'in stock at our supplier',
    'Our supplier has this item in stock; it has not reached us yet.',
  ],
  back: [
    'supplied again – mid-January 2027',
    'sold out',
    'mid-January 2027',
    'Our supplier intends to deliver again. We expect this item in mid-January 2027.',
  ],
  'sold-out': [
    'sold out at our supplier',
    '15 December 2026',
    'sold out',
    'This item is sold out at our supplier. We do not know whether or when it will be supplied again.',
  ],
  discontinued: [
    'item no longer supplied',
    '15 December 2026',
    'discontinued',
    'Unfortunately this item is no longer supplied, and we cannot get it for you.',
  ],
  overdue: [
    'running late, no new date yet',
    '15 December 2026',
    'no new date yet',
    'The expected date has passed, and our supplier has not given us a new one yet. We are sorry for the wait.',
  ],
  correction: [
    'correction – 15 December 2026',
    'mid-January 2027',
    '15 December 2026',
    'What our last message said does not hold; we are sorry for the confusion. Correct is: We expect this item on 15 December 2026.',
  ],
}

const said: Record<MailLanguage, Record<NewsKind, Said>> = { cs: czech, en: english }
const order: Record<MailLanguage, string> = { cs: 'Objednávka 10042', en: 'Order 10042' }
const labels: Record<MailLanguage, [string, string]> = { cs: ['Dosud', 'Nově'], en: ['Before', 'Now'] }

for (const language of mailLanguages) {
  for (const kind of newsKinds) {
    const [headline, told, now, explanation] = said[language][kind]
    test(`${kind} in ${language}: "${headline}", with old and new in html and text`, () => {
      const mail = renderer.render(notice({ language, news: [newsOf(kind)] }))
      const [old, fresh] = labels[language]
      assert.equal(mail.subject, `${order[language]}: ${headline}`)
      const card = `* Saber Alter 1/7\n  ${old}: ${told}\n  ${fresh}: ${now}\n  ${explanation}\n`
      assert.ok(mail.text.includes(card), mail.text)
      const words = readable(mail)
      assert.match(mail.html.replaceAll('\u00A0', ' '), new RegExp(`<s>${told}</s>.*<strong[^>]*>${now}</strong>`, 's'))
      assert.ok(words.includes(explanation), words)
    })
  }
}
