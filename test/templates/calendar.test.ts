import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Precision } from '#core/domain/availability.ts'
import { expected } from '#templates/examples.ts'
import { monthNames, sayablePrecision, seasonOf, wholeMonths } from '#templates/calendar.ts'

const units: [string, string, Precision][] = [
  ['2026-12-15', '2026-12-15', 'day'],
  ['2026-12-28', '2027-01-03', 'week'],
  ['2026-12-01', '2026-12-10', 'third'],
  ['2028-02-21', '2028-02-29', 'third'],
  ['2027-02-01', '2027-02-28', 'month'],
  ['2026-10-01', '2026-12-31', 'quarter'],
  ['2026-07-01', '2026-12-31', 'half'],
  ['2026-12-01', '2027-02-28', 'season'],
  ['2027-12-01', '2028-02-29', 'season'],
  ['2027-01-01', '2027-12-31', 'year'],
]

const noUnits: [string, string, Precision][] = [
  ['2026-12-15', '2026-12-16', 'day'],
  ['2026-11-24', '2026-11-30', 'week'],
  ['2026-12-11', '2026-12-21', 'third'],
  ['2028-02-21', '2028-02-28', 'third'],
  ['2026-12-01', '2026-12-30', 'month'],
  ['2026-11-01', '2027-01-31', 'quarter'],
  ['2026-10-01', '2027-03-31', 'half'],
  ['2027-01-01', '2027-03-31', 'season'],
  ['2026-07-01', '2027-06-30', 'year'],
]

for (const [from, to, precision] of units) {
  test(`${from} to ${to} may be called a ${precision}`, () => {
    assert.equal(sayablePrecision(expected(from, to, precision)), precision)
  })
}

for (const [from, to, precision] of noUnits) {
  test(`${from} to ${to} is no ${precision} and is said as a range`, () => {
    assert.equal(sayablePrecision(expected(from, to, precision)), 'range')
  })
}

test('a range of one day is said as that day', () => {
  assert.equal(sayablePrecision(expected('2026-12-15', '2026-12-15', 'range')), 'day')
})

test('a winter bears the years of its December and its February', () => {
  assert.deepEqual(seasonOf('2026-12-01'), { season: 'winter', years: '2026/2027' })
  assert.deepEqual(seasonOf('2027-03-01'), { season: 'spring', years: '2027' })
})

test('whole months are counted over a new year, and part of a month is none', () => {
  assert.equal(wholeMonths({ from: '2026-11-01', to: '2027-02-28' }), 4)
  assert.equal(wholeMonths({ from: '2026-11-02', to: '2027-02-28' }), 0)
})

test('month names come from the calendar in both cases that it knows', () => {
  assert.equal(monthNames('cs', 'alone')[0], 'leden')
  assert.equal(monthNames('cs', 'with-day')[0], 'ledna')
})
