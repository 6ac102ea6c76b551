import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countFrom } from '#core/domain/grammar/lead-time.ts'
import { readLeadTime, readText } from '#core/domain/grammar/read-text.ts'
import { readAllRows } from './fixtures.ts'

/** A lead time may count from another day than the anchor; nothing else does. */
const anchor = '2026-11-02'
const orderDay = '2027-06-07'

function read(text: string, language: 'cs' | 'en' | 'de') {
  const [usual, leadTime] = [readText(text, { language, anchor }), readLeadTime(text, { language, anchor })]
  const moved = leadTime === null ? usual : countFrom(orderDay, leadTime)
  assert.deepEqual(leadTime && countFrom(anchor, leadTime), leadTime && usual, text)
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
  const leadTime = readLeadTime('14 dní', { language: 'cs', anchor: '2020-01-01' })
  assert.deepEqual(leadTime && countFrom(orderDay, leadTime), {
    kind: 'expected',
    from: '2027-06-07',
    to: '2027-06-21',
    precision: 'range',
  })
})

test('every lead time, counted from its anchor, is what the text was read as', () => {
  let met = 0
  for (const row of readAllRows()) {
    const leadTime = readLeadTime(row.text, row)
    if (leadTime === null) continue
    met += 1
    assert.deepEqual(countFrom(row.anchor, leadTime), readText(row.text, row), `${row.language} "${row.text}"`)
  }
  assert.ok(met > 50, `${met}`)
})
