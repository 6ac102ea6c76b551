import type { Precision } from '../availability.ts'
import type { DayNumber } from './calendar.ts'
import {
  civilOf,
  dayNumber,
  daysInMonth,
  isCalendarDay,
  mondayOfWeek,
  plusMonths,
  weekdayOfNumber,
  weeksInYear,
} from './calendar.ts'

export type Interval = { from: DayNumber; to: DayNumber }

export type Shape =
  | 'day'
  | 'week'
  | 'third'
  | 'month-half'
  | 'month'
  | 'quarter'
  | 'half'
  | 'season'
  | 'year-third'
  | 'year'
  | 'fixed'

/** What a text names in the calendar, perhaps without its year (0): "15. 12.", "KW 48/2026", "next month". */
export type Named = {
  shape: Shape
  /** Number of the month, week, quarter, half or season. */
  n: number
  /** Day of the month, or which part of the month or year. */
  k: number
  year: number
  /** Which weekday was said with it, if any (1 to 7). */
  weekday: number
  /** Clear only in company: as an end of a range of days, or after "until". */
  needs: 'nothing' | 'range' | 'until'
  /** A month written in digits: the sign before or after its year. */
  sign: string
  interval: Interval | null
  precision: Precision
}

const precisions: Record<Shape, Precision> = {
  day: 'day',
  week: 'week',
  third: 'third',
  'month-half': 'range',
  month: 'month',
  quarter: 'quarter',
  half: 'half',
  season: 'season',
  'year-third': 'range',
  year: 'year',
  fixed: 'range',
}

export function named(shape: Shape, parts: Partial<Omit<Named, 'shape'>>): Named {
  return {
    shape,
    n: parts.n ?? 0,
    k: parts.k ?? 0,
    year: parts.year ?? 0,
    weekday: parts.weekday ?? 0,
    needs: parts.needs ?? 'nothing',
    sign: parts.sign ?? '',
    interval: parts.interval ?? null,
    precision: parts.precision ?? precisions[shape],
  }
}

/** Something whose days are known already: "next week", "tomorrow". */
export function fixed(interval: Interval, precision: Precision): Named {
  return named('fixed', { interval, precision, year: civilOf(interval.from).year })
}

/** Its days in a certain year, or null where it does not exist there. */
export function intervalIn({ shape, n, k, interval }: Named, year: number): Interval | null {
  switch (shape) {
    case 'day':
      return isCalendarDay(year, n, k) ? days(dayNumber(year, n, k), 1) : null
    case 'week':
      return n >= 1 && n <= weeksInYear(year) ? days(mondayOfWeek(year, n), 7) : null
    case 'third':
      return partOfMonth({ year, month: n, first: k * 10 - 9, last: k === 3 ? 31 : k * 10 })
    case 'month-half':
      return partOfMonth({ year, month: n, first: k === 1 ? 1 : 16, last: k === 1 ? 15 : 31 })
    case 'month':
      return months(year, n, 1)
    case 'quarter':
      return n >= 1 && n <= 4 ? months(year, n * 3 - 2, 3) : null
    case 'half':
      return n >= 1 && n <= 2 ? months(year, n * 6 - 5, 6) : null
    case 'season':
      return months(year, n * 3, 3)
    case 'year-third':
      return months(year, k * 4 - 3, 4)
    case 'year':
      return months(year, 1, 12)
    case 'fixed':
      return interval
    default:
      return shape satisfies never
  }
}

/** Nothing is believed that lies further from the anchor: a sentinel date or a typing error (RULES section 1). */
export function isPlausible({ from, to }: Interval, anchor: DayNumber): boolean {
  // Most dates are near, and need no calendar.
  if (from >= anchor - 730 && to <= anchor + 1825) return true
  return from >= plusMonths(anchor, -24) && to <= plusMonths(anchor, 60)
}

/** How long a passed date without a year is still taken for the passed one. */
const passedDays = 90

/** With its own year, or in its first occurrence that ends on or after anchor − 90 days. */
export function resolve(what: Named, anchor: DayNumber): Interval | null {
  const found = what.year > 0 ? intervalIn(what, what.year) : firstOccurrence(what, anchor - passedDays)
  return found && fitsWeekday(what, found) ? found : null
}

function firstOccurrence(what: Named, earliest: DayNumber): Interval | null {
  const { year } = civilOf(earliest)
  // A winter begins in the year before; 29 February can be eight years away.
  for (let y = year - 1; y <= year + 8; y += 1) {
    const found = intervalIn(what, y)
    if (found && found.to >= earliest) return found
  }
  return null
}

/** The start of a range whose year is said only at the end, or nowhere: its last occurrence not after the end. */
export function resolveStart(start: Named, end: Interval): Interval | null {
  const { year } = civilOf(end.to)
  for (let y = year; y >= year - 8; y -= 1) {
    const found = intervalIn(start, y)
    if (found && found.from <= end.from && found.to <= end.to) return fitsWeekday(start, found) ? found : null
  }
  return null
}

function fitsWeekday({ weekday }: Named, { from }: Interval): boolean {
  return weekday === 0 || weekdayOfNumber(from) === weekday
}

function days(from: DayNumber, count: number): Interval {
  return { from, to: from + count - 1 }
}

function months(year: number, month: number, count: number): Interval {
  const from = dayNumber(year, month, 1)
  return { from, to: plusMonths(from, count) - 1 }
}

type MonthPart = { year: number; month: number; first: number; last: number }

function partOfMonth({ year, month, first, last }: MonthPart): Interval {
  return {
    from: dayNumber(year, month, first),
    to: dayNumber(year, month, Math.min(last, daysInMonth(year, month))),
  }
}
