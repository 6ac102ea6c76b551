import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import type { NewsKind } from '#core/domain/news.ts'
import { readSent, saySent } from '#core/domain/sent-line.ts'

const expected = (more: object): Availability => ({
  kind: 'expected',
  from: '2030-03-01',
  to: '2030-03-01',
  precision: 'day',
  ...more,
})

const told: [line: string, kind: NewsKind, now: Availability][] = [
  ['1', 'delayed', expected({})],
  ['2-b', 'earlier', expected({ to: '2030-03-10', precision: 'third', mark: 'about' })],
  ['line: 3', 'dated', expected({ to: '2030-12-31', precision: 'range', mark: 'from' })],
  ['4', 'arrived', { kind: 'in-stock' }],
  ['5', 'sold-out', { kind: 'sold-out' }],
  ['6', 'undated', { kind: 'on-request' }],
  ['7', 'overdue', expected({})],
]
const news = told.map(([line, kind, now]) => ({ line, kind, now, told: now, run: 'acme-20300101T0000Z', texts: {} }))
const values = Object.fromEntries(told.map(([line, kind, now]) => [line, kind === 'overdue' ? null : now]))

test('what the log says of a mail is read back to the letter, from lines for people and for machines', () => {
  for (const window of [false, true]) {
    const words = saySent('A/7/12', news, window)
    const text = readSent(`notifier │ [2030-01-02 03:04:05] INFO: ${words}`)
    assert.deepEqual(text?.told, values)
    assert.deepEqual([text?.notice, new Date(text?.at ?? 0).getSeconds()], ['A/7/12', 5])
    const json = readSent(JSON.stringify({ level: 30, time: 1_893_553_445_000, name: 'notifier', msg: words }))
    assert.deepEqual(json, { notice: 'A/7/12', at: '2030-01-02T03:04:05.000Z', told: values })
  }
})

test('other lines tell of no mail, and neither does half of one', () => {
  const words = saySent('1/1', news.slice(0, 1), false)
  for (const line of [
    '[2030-01-02 03:04:05] INFO: demo accepted · 200 items · 0 changes',
    `[2030-01-02 03:04:05] INFO: ${words.slice(0, -6)}`,
    JSON.stringify({ time: 1, msg: words }).slice(0, -4),
    '[2030-01-02 03:04:05] WARN: 1/1 suppressed · the address was refused for good',
    '',
  ])
    assert.equal(readSent(line), null, line)
})
