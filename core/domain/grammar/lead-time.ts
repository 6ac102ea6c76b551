import type { Day, Expected, Precision } from '../availability.ts'
import type { DayNumber } from './calendar.ts'
import {
  civilOf,
  dayNumber,
  dayOfNumber,
  daysInMonth,
  numberOfDay,
  plusMonths,
  plusWorkingDays,
  weekdayOfNumber,
} from './calendar.ts'
import type { Interval } from './named.ts'

export type Counted = 'day' | 'workday' | 'week' | 'month'
export type Length = { n: number; unit: Counted }

/** What a text names as a length, such as "2–3 weeks": once it is understood it can be counted from any day. */
export type LeadTime = {
  /** The shorter one of two. */
  low: Length | null
  high: Length
  /** "In 3 weeks": the week that holds the moment, and not all days until then. */
  isMoment: boolean
  mark: 'from' | 'about' | null
}

export type Dated = { interval: Interval; precision: Precision; mark: 'from' | 'about' | null }

export function countFrom(day: Day, leadTime: LeadTime): Expected {
  return toExpected(datedFrom(numberOfDay(day), leadTime))
}

export function datedFrom(day: DayNumber, { low, high, isMoment, mark }: LeadTime): Dated {
  if (isMoment) return { ...unitAfter(day, high), mark }
  const [first, last] = [low === null ? day : after(day, low), after(day, high)]
  // "4 weeks to a month": which of them is the longer one depends on the day.
  return { interval: { from: Math.min(first, last), to: Math.max(first, last) }, precision: 'range', mark }
}

export function toExpected({ interval, precision, mark }: Dated): Expected {
  const [from, to] = [dayOfNumber(interval.from), dayOfNumber(interval.to)]
  return { kind: 'expected', from, to, precision, ...(mark && { mark }) }
}

export function isShorter(day: DayNumber, low: Length, high: Length): boolean {
  return after(day, low) < after(day, high)
}

/** Counted from any day alike; whether it was said as "about" is no matter to a customer. */
export function sameLeadTime(a: LeadTime, b: LeadTime): boolean {
  return a.isMoment === b.isMoment && sameLength(a.low, b.low) && sameLength(a.high, b.high)
}

function sameLength(a: Length | null, b: Length | null): boolean {
  return a?.n === b?.n && a?.unit === b?.unit
}

function after(day: DayNumber, { n, unit }: Length): DayNumber {
  switch (unit) {
    case 'day':
      return day + n
    case 'workday':
      return plusWorkingDays(day, n)
    case 'week':
      return day + n * 7
    case 'month':
      return plusMonths(day, n)
    default:
      return unit satisfies never
  }
}

/** "in 3 weeks": the week, month or day that holds the moment. */
function unitAfter(from: DayNumber, length: Length): { interval: Interval; precision: Precision } {
  const day = after(from, length)
  if (length.unit === 'week') {
    const monday = day - weekdayOfNumber(day) + 1
    return { interval: { from: monday, to: monday + 6 }, precision: 'week' }
  }
  if (length.unit !== 'month') return { interval: { from: day, to: day }, precision: 'day' }
  const { year, month } = civilOf(day)
  const first = dayNumber(year, month, 1)
  return { interval: { from: first, to: first + daysInMonth(year, month) - 1 }, precision: 'month' }
}
