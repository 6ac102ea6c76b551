import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fc } from '#test/support/fast-check.ts'
import { daysBetween } from '#core/domain/grammar/calendar.ts'
import { vocabularies } from '#core/domain/grammar/languages.ts'
import { readItem } from '#core/domain/grammar/read-item.ts'
import { readText } from '#core/domain/grammar/read-text.ts'
import { Availability } from '#core/domain/availability.ts'
import type { Language } from '#core/domain/language.ts'
import { languages } from '#core/domain/language.ts'
import { readAllRows, written } from './fixtures.ts'

const rows = readAllRows()
const readable = rows.filter(({ expected }) => expected !== 'unreadable')

const language = fc.constantFrom(...languages)
const day = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** Every word of a language, taken apart at the signs of alternatives: material for texts that are nearly right. */
const words = Object.fromEntries(
  languages.map((one) => [one, [...new Set(stringsOf(vocabularies[one]).flatMap((text) => text.split(/[ (|)]+/)))]]),
) as Record<Language, string[]>

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

/** Texts of a language's own words, numbers and signs, in any order. */
const nearlyRight = language.chain((one) => {
  const piece = fc.oneof(
    fc.constantFrom(...words[one]),
    fc.constantFrom('1', '2.', '12', '15.', '26', '48', '2026', '2027', '2026-12-15', '12/26', '0', '999'),
    fc.constantFrom('.', '/', '-', ',', ':', '(', ')', '+', "'", ' ', '\u00a0'),
  )
  return fc.array(piece, { maxLength: 8 }).map((pieces) => ({ language: one, text: pieces.join(' ') }))
})

describe('any text', () => {
  test('is read without an exception, into a valid availability or unreadable', () => {
    const anyText = fc.record({ language, text: fc.oneof(fc.string({ unit: 'binary' }), fc.string()) })
    fc.assert(
      fc.property(fc.oneof(anyText, nearlyRight), day, ({ language: one, text }, anchor) => {
        const reading = readText(text, { language: one, anchor, instant: true, timeZone: 'Europe/Prague' })
        if (reading.kind === 'unreadable') assert.equal(reading.said, text)
        else assert.deepEqual(Availability.parse(reading), reading)
      }),
      { numRuns: 20_000 },
    )
  })

  test('that is expected lies within 2 years before and 5 years after the anchor, from not after to', () => {
    fc.assert(
      fc.property(nearlyRight, day, ({ language: one, text }, anchor) => {
        const reading = readText(text, { language: one, anchor })
        if (reading.kind !== 'expected') return
        assert.ok(reading.from <= reading.to)
        assert.ok(daysBetween(reading.from, anchor) <= 732 && daysBetween(anchor, reading.to) <= 1828)
      }),
      { numRuns: 20_000 },
    )
  })

  test('in any column is read without an exception', () => {
    fc.assert(
      fc.property(nearlyRight, nearlyRight, ({ language: one, text }, other) => {
        readItem(
          { date: text, pieces: other.text },
          {
            language: one,
            columns: [
              { name: 'date', holds: 'availability' },
              { name: 'pieces', holds: 'quantity' },
            ],
            anchors: { date: '2026-11-21' },
          },
        )
      }),
      { numRuns: 5000 },
    )
  })
})

describe('a readable cell', () => {
  const row = fc.constantFrom(...readable)

  test('reads the same whatever its case and spaces', () => {
    fc.assert(
      fc.property(row, fc.constantFrom(' ', '\u00a0', '\u202f', '\t', '  ', '\n'), (one, space) => {
        const before = written(readText(one.text, one))
        const changed = `${space}${one.text.replaceAll(' ', space)}${space}`
        assert.equal(written(readText(changed, one)), before)
        assert.equal(written(readText(changed.toUpperCase(), one)), before)
        assert.equal(written(readText(changed.toLowerCase(), one)), before)
        assert.equal(written(readText(one.text.normalize('NFD'), one)), before)
      }),
      { numRuns: 3000 },
    )
  })

  test('reads the same with any dash', () => {
    fc.assert(
      fc.property(row, fc.constantFrom('‐', '‑', '–', '—', '−'), (one, dash) => {
        assert.equal(written(readText(one.text.replaceAll('-', dash), one)), written(readText(one.text, one)))
      }),
      { numRuns: 2000 },
    )
  })

  test('is unreadable with a word more that the language does not know', () => {
    const foreign = fc.constantFrom(
      'Lego',
      'xyzzy',
      'měřítko',
      'figurka',
      '?',
      '*',
      '€',
      '12345678',
      '%',
      '\ud83d\ude80',
    )
    fc.assert(
      fc.property(row, foreign, fc.boolean(), (one, word, before) => {
        const text = before ? `${word} ${one.text}` : `${one.text} ${word}`
        assert.equal(readText(text, one).kind, 'unreadable', text)
      }),
      { numRuns: 3000 },
    )
  })

  test('with a date is never a date beside a word that says "at once"', () => {
    const dated = fc.constantFrom(...readable.filter(({ expected }) => expected.startsWith('expected')))
    const order = fc.constantFrom('word date', 'word, date', 'word: date', 'date word', 'date, word', 'date (word)')
    fc.assert(
      fc.property(dated, fc.nat(), order, (one, n, pattern) => {
        const phrases = vocabularies[one.language].atOnce.filter((phrase) => !phrase.includes('|'))
        const text = pattern.replace('word', phrases[n % phrases.length] ?? '').replace('date', one.text)
        assert.notEqual(readText(text, one).kind, 'expected', text)
      }),
      { numRuns: 3000 },
    )
  })

  test('is unreadable when it stands twice with nothing between, save a status', () => {
    for (const one of readable.filter(({ expected }) => expected.startsWith('expected'))) {
      const text = `${one.text} ${one.text}`
      assert.equal(readText(text, one).kind, 'unreadable', `${one.language} ${text}`)
    }
  })
})

test('the same text and anchor read the same in any time zone of the machine, on any day', () => {
  const here = rows.map((one) => written(readText(one.text, one), true)).join('\n')
  const child = join(import.meta.dirname, 'read-all.ts')
  for (const TZ of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York']) {
    const said = execFileSync(process.execPath, [child], { encoding: 'utf8', env: { ...process.env, TZ } })
    assert.equal(said, here, TZ)
  }
})
