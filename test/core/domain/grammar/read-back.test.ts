import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import { sameAvailability } from '#core/domain/availability.ts'
import { readText } from '#core/domain/grammar/read-text.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import { mailLanguages } from '#core/domain/language.ts'
import { phrasesOf } from '#templates/languages.ts'
import { sayAvailability, sentence } from '#templates/phrase.ts'
import { readAllRows } from './fixtures.ts'

/** Every availability that any fixture's cell means, with each mark. */
const availabilities = new Map<string, { availability: Availability; anchor: string }>()
for (const row of readAllRows()) {
  const reading = readText(row.text, row)
  if (reading.kind === 'unreadable') continue
  availabilities.set(JSON.stringify(reading), { availability: reading, anchor: row.anchor })
  if (reading.kind !== 'expected') continue
  for (const mark of ['from', 'about'] as const) {
    availabilities.set(JSON.stringify({ ...reading, mark }), { availability: { ...reading, mark }, anchor: row.anchor })
  }
}

const leadIns: Record<MailLanguage, string> = {
  cs: 'očekáváme',
  sk: 'očakávame',
  pl: 'dostawy spodziewamy się',
  de: 'wir erwarten den Artikel',
  en: 'we expect this item',
}

for (const language of mailLanguages) {
  describe(`what mails say in ${language} is read back as what was meant`, () => {
    for (const [name, { availability, anchor }] of availabilities) {
      test(name, () => {
        assertMeans(sayAvailability(availability, language))
        if (availability.kind === 'expected') assertMeans(asPortalsSayIt(sentence(availability, language), language))

        function assertMeans(said: string): void {
          const reading = readText(said, { language, anchor })
          assert.ok(reading.kind !== 'unreadable', `unreadable: ${said}`)
          assert.ok(sameAvailability(reading, availability), `${said} was read as ${JSON.stringify(reading)}`)
          if (reading.kind !== 'expected' || availability.kind !== 'expected') return
          assert.equal(reading.mark, availability.mark, said)
        }
      })
    }
  })
}

/** Suppliers do not speak of themselves as mails do: what a sentence says of the days, led in by words of theirs. */
function asPortalsSayIt(said: string, language: MailLanguage): string {
  const [before = '', after = ''] = phrasesOf[language].sentences.expected('|').split('|')
  assert.ok(said.startsWith(before) && said.endsWith(after), said)
  return `${leadIns[language]} ${said.slice(before.length, said.length - after.length)}`
}
