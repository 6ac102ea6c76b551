import type { Day } from '../availability.ts'

/**
 * Calendar arithmetic on `YYYY-MM-DD` without `Date`: no time zone of any machine can move a day. Inside, a day is its
 * number, counted from 1970-01-01; the algorithm is Howard Hinnant's "days from civil".
 */
export type DayNumber = number

export function dayNumber(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

export type Civil = { year: number; month: number; day: number }

export function civilOf(number: DayNumber): Civil {
  const z = number + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

export function numberOfDay(day: Day): DayNumber {
  return dayNumber(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10)))
}

export function dayOfNumber(number: DayNumber): Day {
  const { year, month, day } = civilOf(number)
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0)
}

export function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Monday is 1, Sunday is 7. */
export function weekdayOfNumber(number: DayNumber): number {
  return ((((number + 3) % 7) + 7) % 7) + 1
}

/** Monday of ISO week `week` of ISO year `year`; 4 January always lies in week 1. */
export function mondayOfWeek(year: number, week: number): DayNumber {
  const fourth = dayNumber(year, 1, 4)
  return fourth - (weekdayOfNumber(fourth) - 1) + (week - 1) * 7
}

export function weeksInYear(year: number): number {
  return (mondayOfWeek(year + 1, 1) - mondayOfWeek(year, 1)) / 7
}

/** The same day of a later month; the month's last day where it has no such day (31 January + 1 = 28 February). */
export function plusMonths(number: DayNumber, months: number): DayNumber {
  const { year, month, day } = civilOf(number)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  return dayNumber(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

/** Counts Monday to Friday only, holidays ignored (RULES section 1). */
export function plusWorkingDays(number: DayNumber, days: number): DayNumber {
  let at = number
  for (let left = days; left > 0;) {
    at += 1
    if (weekdayOfNumber(at) <= 5) left -= 1
  }
  return at
}

export function addDays(day: Day, days: number): Day {
  return dayOfNumber(numberOfDay(day) + days)
}

export function addMonths(day: Day, months: number): Day {
  return dayOfNumber(plusMonths(numberOfDay(day), months))
}

export function addWorkingDays(day: Day, days: number): Day {
  return dayOfNumber(plusWorkingDays(numberOfDay(day), days))
}

/** How many days `later` is after `earlier`; negative where it is before. */
export function daysBetween(earlier: Day, later: Day): number {
  return numberOfDay(later) - numberOfDay(earlier)
}

/** Monday is 1, Sunday is 7. */
export function weekdayOf(day: Day): number {
  return weekdayOfNumber(numberOfDay(day))
}

export function isoWeekOf(day: Day): { year: number; week: number } {
  const number = numberOfDay(day)
  const thursday = number - weekdayOfNumber(number) + 4
  const { year } = civilOf(thursday)
  return { year, week: Math.floor((thursday - mondayOfWeek(year, 1)) / 7) + 1 }
}

export function firstDayOfWeek(year: number, week: number): Day {
  return dayOfNumber(mondayOfWeek(year, week))
}

export function lastDayOfMonth(year: number, month: number): Day {
  return dayOfNumber(dayNumber(year, month, daysInMonth(year, month)))
}

export function quarterOf(day: Day): number {
  return Math.ceil(Number(day.slice(5, 7)) / 3)
}
