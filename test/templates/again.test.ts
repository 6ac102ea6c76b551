import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { MailLanguage } from '#core/domain/language.ts'
import { newsOf, notice } from '#templates/examples.ts'
import type { MailRenderer } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import { readable } from './readable.ts'

let renderer: MailRenderer
before(async () => {
  renderer = await makeRenderer({ name: 'Figurkov' })
})

const said: Record<MailLanguage, [subject: string, explanation: string]> = {
  cs: [
    'Objednávka 10042: další posun termínu – polovina ledna 2027',
    'Dodání se bohužel znovu zpozdí a mrzí nás, že vám to píšeme opakovaně. Zboží očekáváme v polovině ledna 2027.',
  ],
  en: [
    'Order 10042: delayed again – mid-January 2027',
    'Unfortunately the delivery is delayed once more; we are sorry to write to you about it again. We expect this item in mid-January 2027.',
  ],
}

for (const language of ['cs', 'en'] as const) {
  test(`a second delay is worded differently from the first in ${language}`, () => {
    const first = renderer.render(notice({ language, news: [newsOf('delayed')] }))
    const second = renderer.render(notice({ language, news: [newsOf('delayed', { again: true })] }))
    const [subject, explanation] = said[language]
    assert.equal(second.subject, subject)
    assert.ok(second.text.includes(explanation), second.text)
    assert.ok(readable(second).includes(explanation))
    assert.notEqual(first.subject, subject)
    assert.ok(!first.text.includes(explanation))
  })
}
