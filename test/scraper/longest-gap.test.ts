import assert from 'node:assert/strict'
import { test } from 'node:test'
import { longestGapSeconds, shortestGapSeconds } from '#scraper/longest-gap.ts'

const hour = 3600

test('the longest gap of a schedule counts nights and weekends', () => {
  const gaps: [string, number | null][] = [
    ['*/5 * * * *', 300],
    ['0 * * * *', hour],
    ['0 6-20/2 * * *', 10 * hour],
    ['30 7,19 * * *', 12 * hour],
    ['0 6,14,22 * * 1-5', 56 * hour],
    ['0 8 * * 1', 168 * hour],
    ['0 6 1 * *', 31 * 24 * hour],
    ['0 7 * 6-7 *', 306 * 24 * hour],
    ['0 7 * 9-12 *', 245 * 24 * hour],
    ['0 6 1 1 *', 366 * 24 * hour],
  ]
  for (const [cron, gap] of gaps) assert.equal(longestGapSeconds(cron), gap, cron)
})

test('a schedule that ticks less than once a year has no gap', () => {
  assert.equal(longestGapSeconds('0 0 29 2 *'), null)
})

test('the shortest gap is between two ticks of a day, or over night', () => {
  assert.equal(shortestGapSeconds('*/10 * * * *'), 600)
  assert.equal(shortestGapSeconds('0 1,23 * * *'), 2 * hour)
  assert.equal(shortestGapSeconds('0 7 * * *'), 24 * hour)
  assert.equal(shortestGapSeconds('* * * * *'), 60)
})
