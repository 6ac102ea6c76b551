import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeIsTick } from '#scraper/is-tick.ts'
import { jitterMs, lastTick } from '#scraper/last-tick.ts'

function tickOf(cron: string, now: string, timezone = 'Europe/Prague'): string | undefined {
  return lastTick(makeIsTick(cron, timezone), new Date(now))?.toISOString()
}

test('the last tick is the last minute that the schedule names in the supplier’s time zone', () => {
  assert.equal(tickOf('0 7,12 * * *', '2026-11-21T10:59:59Z'), '2026-11-21T06:00:00.000Z')
  assert.equal(tickOf('0 7,12 * * *', '2026-11-21T11:00:00Z'), '2026-11-21T11:00:00.000Z')
  assert.equal(tickOf('0 7,12 * * *', '2026-07-01T05:30:00Z'), '2026-07-01T05:00:00.000Z')
  assert.equal(tickOf('0 7 * * *', '2026-11-21T15:00:00Z', 'America/New_York'), '2026-11-21T12:00:00.000Z')
})

test('seconds of the moment do not matter', () => {
  assert.equal(tickOf('*/2 * * * *', '2026-11-21T08:03:59.999Z'), '2026-11-21T08:02:00.000Z')
})

test('over a weekend the last tick is Friday’s', () => {
  assert.equal(tickOf('0 17 * * 1-5', '2026-11-23T05:00:00Z'), '2026-11-20T16:00:00.000Z')
})

test('a tick in the hour that summer time leaves out comes at its end; one in the hour that comes twice, twice', () => {
  assert.equal(tickOf('30 2 * * *', '2027-03-28T00:59:59Z'), '2027-03-27T01:30:00.000Z')
  assert.equal(tickOf('30 2 * * *', '2027-03-28T12:00:00Z'), '2027-03-28T01:00:00.000Z')
  assert.equal(tickOf('30 2 * * 1-5', '2027-03-28T12:00:00Z'), '2027-03-26T01:30:00.000Z', 'not on a Sunday')
  assert.equal(tickOf('30 1 * * *', '2027-03-28T12:00:00Z'), '2027-03-28T00:30:00.000Z')
  assert.equal(tickOf('15 2 * * *', '2026-10-04T12:00:00Z', 'Australia/Lord_Howe'), '2026-10-03T15:30:00.000Z')
  assert.equal(tickOf('30 0 * * *', '2027-03-28T12:00:00Z', 'UTC'), '2027-03-28T00:30:00.000Z')
  assert.equal(tickOf('30 2 * * *', '2026-10-25T01:00:00Z'), '2026-10-25T00:30:00.000Z')
  assert.equal(tickOf('30 2 * * *', '2026-10-25T12:00:00Z'), '2026-10-25T01:30:00.000Z')
})

test('a schedule without a tick in the last eight days has none', () => {
  assert.equal(tickOf('0 7 1 * *', '2026-11-21T10:00:00Z'), undefined)
  assert.equal(tickOf('0 7 * * 6', '2026-11-21T05:59:00Z'), '2026-11-14T06:00:00.000Z')
})

test('jitter is the same for a tick on every scraper, and within its bound', () => {
  assert.equal(jitterMs('demo-20261121T0800Z', 120), jitterMs('demo-20261121T0800Z', 120))
  assert.notEqual(jitterMs('demo-20261121T0800Z', 120), jitterMs('demo-20261121T1200Z', 120))
  for (let i = 0; i < 500; i++) assert.ok(jitterMs(`tick ${i}`, 60) < 60_000)
  assert.equal(jitterMs('demo-20261121T0800Z', 0), 0)
})
