import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'

/** A lead time may count from another day than the anchor; nothing else does. */
const anchor = '2026-11-02'
const leadTimeFrom = '2027-06-07'

function read(text: string, language: 'cs' | 'en' | 'de') {
  const [usual, moved] = [readText(text, { language, anchor }), readText(text, { language, anchor, leadTimeFrom })]
  assert.ok(usual.kind === 'expected' && moved.kind === 'expected', text)
  return [`${usual.from} ${usual.to}`, `${moved.from} ${moved.to}`]
}

test('durations count from the day of the order', () => {
  assert.deepEqual(read('14 dní', 'cs'), ['2026-11-02 2026-11-16', '2027-06-07 2027-06-21'])
  assert.deepEqual(read('do 14 dnů', 'cs'), ['2026-11-02 2026-11-16', '2027-06-07 2027-06-21'])
  assert.deepEqual(read('2-3 weeks', 'en'), ['2026-11-16 2026-11-23', '2027-06-21 2027-06-28'])
  assert.deepEqual(read('za 3 týdny', 'cs'), ['2026-11-23 2026-11-29', '2027-06-28 2027-07-04'])
  assert.deepEqual(read('Lieferzeit 3 Wochen', 'de'), ['2026-11-02 2026-11-23', '2027-06-07 2027-06-28'])
})

test('dates without a year, next month and "until" stay where they were said', () => {
  for (const [text, language] of [
    ['15. ledna', 'cs'],
    ['příští měsíc', 'cs'],
    ['do 15. 12.', 'cs'],
    ['March', 'en'],
    ['KW 48', 'de'],
  ] as const) {
    const [usual, moved] = read(text, language)
    assert.equal(moved, usual, text)
  }
})

test('a lead time that has stood for many years is as plausible as on its first day', () => {
  const reading = readText('14 dní', { language: 'cs', anchor: '2020-01-01', leadTimeFrom: '2027-06-07' })
  assert.deepEqual(reading, { kind: 'expected', from: '2027-06-07', to: '2027-06-21', precision: 'range' })
})
