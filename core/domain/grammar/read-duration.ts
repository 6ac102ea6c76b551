import type { Cursor } from './cursor.ts'
import { firstOf, peek } from './cursor.ts'
import type { Counted, Length } from './lead-time.ts'
import type { Unit } from './lexeme.ts'
import type { Separator } from './read-separator.ts'
import { readSeparator } from './read-separator.ts'

/** "3 weeks" has no `low`; "2–3 weeks" and "10 days to 2 weeks" have one. */
export type Duration = { low: Length | null; high: Length; separator: Separator | null }

export function readDuration(cursor: Cursor): Duration | null {
  return firstOf(cursor, [readLengths, readSharedUnit])
}

/** "14 days", "10 days to 2 weeks" */
function readLengths(cursor: Cursor): Duration | null {
  const first = readLength(cursor)
  if (!first || first.n === 0) return null
  const start = cursor.at
  const separator = readSeparator(cursor)
  const second = separator && separator !== 'slash' && readLength(cursor)
  if (second) return { low: first, high: second, separator }
  cursor.at = start
  return { low: null, high: first, separator: null }
}

/** "2–3 weeks" */
function readSharedUnit(cursor: Cursor): Duration | null {
  const low = readCount(cursor)
  const separator = low === null ? null : readSeparator(cursor)
  const high = separator && readLength(cursor)
  // "1/2 week" is half a week.
  if (low === null || separator === 'slash' || !high || low >= high.n) return null
  return { low: { n: low, unit: high.unit }, high, separator }
}

function readLength(cursor: Cursor): Length | null {
  const n = readCount(cursor)
  const { unit, singular, plural } = peek(cursor)
  if (n === null || !isCounted(unit)) return null
  // "3 week lead time"
  if (!plural && !(singular && (n === 1 || peek(cursor, 1).label))) return null
  // "48 týd." is rather the 48th week than eleven months.
  if (singular && plural && unit === 'week' && n > 20) return null
  cursor.at += 1
  return { n, unit }
}

function readCount(cursor: Cursor): number | null {
  const { digits, value, count } = peek(cursor)
  if (count > 0) {
    cursor.at += 1
    return count
  }
  if (digits === 0 || digits > 3) return null
  cursor.at += 1
  if (peek(cursor).countEnding) cursor.at += 1
  else if (peek(cursor).sign === '-' && peek(cursor, 1).countEnding) cursor.at += 2
  return value
}

function isCounted(unit: Unit | null): unit is Counted {
  return unit === 'day' || unit === 'workday' || unit === 'week' || unit === 'month'
}
