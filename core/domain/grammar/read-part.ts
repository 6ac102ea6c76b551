import type { DayNumber } from './calendar.ts'
import { civilOf, dayNumber, plusMonths } from './calendar.ts'
import type { Cursor } from './cursor.ts'
import { firstOf, peek, skipGlue } from './cursor.ts'
import type { Interval, Named } from './named.ts'
import { fixed, intervalIn, named, resolve } from './named.ts'
import { readWholeMonth } from './read-month.ts'
import { readOrdinal } from './read-ordinal.ts'
import { shiftedYear } from './read-relative.ts'
import { isYearWord, readYear } from './read-year.ts'

/** Early, mid and late of a month or a year; of anything else they are not read. */
export function readPart(cursor: Cursor): Named | null {
  const { part } = peek(cursor)
  if (part === 0) return null
  cursor.at += 1
  return firstOf<Named>(cursor, [
    (at) => ofMonth(readWholeMonth(at), 'third', part),
    (at) => partOfShiftedMonth(at, part),
    (at) => partOfYear(at, part),
  ])
}

/** First and second half of a month or a year. */
export function readHalfPart(cursor: Cursor): Named | null {
  const ordinal = readOrdinal(cursor)
  if (!ordinal || ordinal.n > 2 || !peek(cursor).half) return null
  cursor.at += 1
  return firstOf<Named>(cursor, [
    (at) => ofMonth(readWholeMonth(at), 'month-half', ordinal.n),
    (at) => halfOfYear(at, ordinal.n),
  ])
}

function ofMonth(month: Named | null, shape: 'third' | 'month-half', k: number): Named | null {
  return month && named(shape, { n: month.n, k, year: month.year })
}

/** "end of next month"; "end of the month" names no month of its own, and is read only as the end of "until". */
function partOfShiftedMonth(cursor: Cursor, part: number): Named | null {
  skipGlue(cursor)
  const shift = Math.max(peek(cursor).shift, 0)
  const said = peek(cursor).shift >= 0
  if (said) cursor.at += 1
  if (peek(cursor).unit !== 'month' || !peek(cursor).singular || (!said && part !== 3)) return null
  cursor.at += 1
  const third = fixed(thirdOf(cursor, shift, part), 'third')
  return said ? third : { ...third, needs: 'until' }
}

function thirdOf({ anchor }: Cursor, shift: number, part: number): Interval {
  const { year, month } = civilOf(anchor)
  const first = civilOf(plusMonths(dayNumber(year, month, 1), shift))
  const third = intervalIn(named('third', { n: first.month, k: part }), first.year)
  return third ?? { from: anchor, to: anchor }
}

function partOfYear(cursor: Cursor, part: number): Named | null {
  const year = readYearAsWhole(cursor)
  if (year === null) return null
  const third = named('year-third', { k: part, year })
  const passed = year === 0 && isBefore(resolve(third, cursor.anchor), cursor.anchor)
  // In January "the end of the year" is hardly last December, and "until" makes it this year's.
  return passed ? { ...third, year: civilOf(cursor.anchor).year, needs: 'until' } : third
}

function isBefore(interval: Interval | null, day: DayNumber): boolean {
  return interval !== null && interval.to < day
}

function halfOfYear(cursor: Cursor, half: number): Named | null {
  const year = readYearAsWhole(cursor)
  return year === null ? null : named('half', { n: half, year })
}

/** "2027", "roku 2027", "next year", or only "of the year" (0). */
function readYearAsWhole(cursor: Cursor): number | null {
  const year = readYear(cursor, 'never')
  if (year > 0) return year
  skipGlue(cursor)
  const shifted = shiftedYear(cursor)
  if (shifted > 0) return shifted
  if (!isYearWord(peek(cursor))) return null
  cursor.at += 1
  return 0
}
