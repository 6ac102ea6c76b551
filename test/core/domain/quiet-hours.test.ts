import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { QuietHours } from '#core/domain/quiet-hours.ts'
import { isQuiet, outOfQuiet } from '#core/domain/quiet-hours.ts'

const night: QuietHours = { from: 20 * 60, to: 8 * 60 }
const prague = 'Europe/Prague'
const minuteMs = 60_000

const cases: [what: string, moment: string, quiet: QuietHours, zone: string, until: string][] = [
  ['by day a mail leaves at once', '2026-11-27T11:00:30Z', night, prague, '2026-11-27T11:00:30Z'],
  ['in the evening it waits for the morning', '2026-11-27T19:00:30Z', night, prague, '2026-11-28T07:00:00Z'],
  ['after midnight it waits for the same morning', '2026-11-27T23:30:00Z', night, prague, '2026-11-28T07:00:00Z'],
  ['the first quiet minute is quiet', '2026-11-27T19:00:00Z', night, prague, '2026-11-28T07:00:00Z'],
  ['the last minute before it is not', '2026-11-27T18:59:59Z', night, prague, '2026-11-27T18:59:59Z'],
  ['quiet hours end on the minute', '2026-11-28T07:00:00Z', night, prague, '2026-11-28T07:00:00Z'],
  ['a night that loses an hour', '2026-03-28T21:00:00Z', night, prague, '2026-03-29T06:00:00Z'],
  ['a night that gains an hour', '2026-10-24T21:00:00Z', night, prague, '2026-10-25T07:00:00Z'],
  ['an end that the clock leaps over', '2026-03-28T22:00:00Z', { from: 1200, to: 150 }, prague, '2026-03-29T01:00:00Z'],
  ['an end that comes twice', '2026-10-24T21:00:00Z', { from: 1200, to: 150 }, prague, '2026-10-25T00:30:00Z'],
  ['its second coming', '2026-10-25T01:10:00Z', { from: 1200, to: 150 }, prague, '2026-10-25T01:30:00Z'],
  [
    'one minute a day, before which the clock is put forward',
    '2026-03-29T00:59:00Z',
    { from: 1, to: 0 },
    prague,
    '2026-03-29T22:00:00Z',
  ],
  ['a noon pause', '2026-11-27T11:10:00Z', { from: 720, to: 780 }, prague, '2026-11-27T12:00:00Z'],
  ['a zone at the far end', '2026-11-27T07:00:00Z', night, 'Pacific/Kiritimati', '2026-11-27T18:00:00Z'],
]
for (const [what, moment, quiet, zone, until] of cases) {
  test(`quiet hours: ${what}`, () => {
    assert.equal(outOfQuiet(new Date(moment), quiet, zone).toISOString(), new Date(until).toISOString())
  })
}

test('without quiet hours every moment is right', () => {
  const moment = new Date('2026-11-27T02:00:00Z')
  assert.equal(outOfQuiet(moment, null, prague), moment)
})

const zones = [
  prague,
  'UTC',
  'America/St_Johns',
  'America/Havana',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'America/Santiago',
]
const minutes = fc.integer({ min: 0, max: 1439 })
const hours = fc.record({ from: minutes, to: minutes }).filter(({ from, to }) => from !== to)
const around = (center: string) =>
  fc.integer({ min: -72 * 60, max: 72 * 60 }).map((by) => Date.parse(center) + by * minuteMs)
/** Nights in which some clock is moved, and any others. */
const moments = fc.oneof(
  around('2026-03-29T01:00:00Z'),
  around('2026-10-25T01:00:00Z'),
  around('2026-04-04T15:00:00Z'),
  around('2026-09-06T04:00:00Z'),
  fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2036-01-01') }),
)

test('a mail that must not leave now waits for the very first minute at which it may, whatever the clocks do', () => {
  fc.assert(
    fc.property(moments, hours, fc.constantFrom(...zones), (time, quiet, zone) => {
      const moment = new Date(time)
      const until = outOfQuiet(moment, quiet, zone)
      assert.ok(until >= moment)
      assert.equal(isQuiet(until, quiet, zone), false)
      for (let at = moment.getTime(); at < until.getTime(); at += minuteMs)
        assert.ok(isQuiet(new Date(at), quiet, zone), `${new Date(at).toISOString()} was not quiet`)
    }),
    { numRuns: 300 },
  )
})
