import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fc } from '#test/support/fast-check.ts'
import {
  addDays,
  addMonths,
  addWorkingDays,
  daysBetween,
  dayOfNumber,
  firstDayOfWeek,
  isoWeekOf,
  lastDayOfMonth,
  numberOfDay,
  quarterOf,
  weekdayOf,
  weeksInYear,
} from '#core/domain/grammar/calendar.ts'

const dayLength = 86_400_000
const number = fc.integer({ min: -200_000, max: 200_000 })

describe('the calendar', () => {
  test('agrees with UTC on every day', () => {
    fc.assert(
      fc.property(number, (days) => {
        const day = new Date(days * dayLength).toISOString().slice(0, 10)
        assert.equal(dayOfNumber(days), day)
        assert.equal(numberOfDay(day), days)
        assert.equal(weekdayOf(day), new Date(days * dayLength).getUTCDay() || 7)
      }),
    )
  })

  test('finds each day in the ISO week that begins on its Monday', () => {
    fc.assert(
      fc.property(number, (days) => {
        const day = dayOfNumber(days)
        const { year, week } = isoWeekOf(day)
        assert.ok(week >= 1 && week <= weeksInYear(year))
        const since = daysBetween(firstDayOfWeek(year, week), day)
        assert.ok(since >= 0 && since < 7)
      }),
    )
  })

  test('knows the weeks at the turn of the year', () => {
    assert.deepEqual(isoWeekOf('2027-01-01'), { year: 2026, week: 53 })
    assert.deepEqual(isoWeekOf('2024-12-30'), { year: 2025, week: 1 })
    assert.equal(weeksInYear(2026), 53)
    assert.equal(weeksInYear(2027), 52)
  })

  test('adds months to the last day that there is', () => {
    assert.equal(addMonths('2027-01-31', 1), '2027-02-28')
    assert.equal(addMonths('2027-11-30', 3), '2028-02-29')
    assert.equal(addMonths('2027-01-15', -2), '2026-11-15')
  })

  test('adds working days past weekends', () => {
    assert.equal(addWorkingDays('2026-11-20', 1), '2026-11-23')
    assert.equal(addWorkingDays('2026-11-21', 5), '2026-11-27')
    assert.equal(addWorkingDays('2026-11-23', 0), '2026-11-23')
  })

  test('knows leap years, ends of months and quarters', () => {
    assert.equal(lastDayOfMonth(2028, 2), '2028-02-29')
    assert.equal(lastDayOfMonth(2100, 2), '2100-02-28')
    assert.equal(addDays('2026-12-31', 1), '2027-01-01')
    assert.equal(quarterOf('2026-11-21'), 4)
  })
})
