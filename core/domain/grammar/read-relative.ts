import { civilOf, dayNumber, plusMonths, weekdayOfNumber } from './calendar.ts'
import type { Cursor } from './cursor.ts'
import { peek } from './cursor.ts'
import type { Unit } from './lexeme.ts'
import type { Interval, Named } from './named.ts'
import { fixed } from './named.ts'

/** "next week", "tento měsíc", "nächstes Quartal", "tomorrow". */
export function readRelative(cursor: Cursor): Named | null {
  const { shift, day } = peek(cursor)
  // "Am Morgen" is the morning.
  if (day >= 0 && cursor.lexemes[cursor.at - 1]?.at) return null
  if (day >= 0) {
    cursor.at += 1
    return fixed({ from: cursor.anchor + day, to: cursor.anchor + day }, 'day')
  }
  const { unit, singular } = peek(cursor, 1)
  if (shift < 0 || unit === null || !singular || unit === 'day' || unit === 'workday') return null
  cursor.at += 2
  return fixed(shifted(cursor.anchor, unit, shift), unit)
}

/** The year of "next year", or 0. */
export function shiftedYear(cursor: Cursor): number {
  const { shift } = peek(cursor)
  if (shift < 0) return 0
  const { unit, singular } = peek(cursor, 1)
  if (unit !== 'year' || !singular) return 0
  cursor.at += 2
  return civilOf(cursor.anchor).year + shift
}

const monthsOf = { month: 1, quarter: 3, half: 6, year: 12 }

function shifted(anchor: number, unit: Exclude<Unit, 'day' | 'workday'>, shift: number): Interval {
  if (unit === 'week') {
    const monday = anchor - weekdayOfNumber(anchor) + 1 + shift * 7
    return { from: monday, to: monday + 6 }
  }
  const length = monthsOf[unit]
  const { year, month } = civilOf(anchor)
  const first = dayNumber(year, month - ((month - 1) % length), 1)
  const from = plusMonths(first, shift * length)
  return { from, to: plusMonths(from, length) - 1 }
}
