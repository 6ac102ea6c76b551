import type { Cursor } from './cursor.ts'
import { isAtEnd, peek, takeSign } from './cursor.ts'
import type { DayNumber } from './calendar.ts'
import { dayNumber } from './calendar.ts'
import { resolve } from './named.ts'
import { readNumeric } from './read-numeric.ts'
import type { Span } from './read-span.ts'
import { readTerm } from './read-term.ts'

type Clock = { minutes: number; seconds: number; offset: number | null }

/** A date with a time of day. At midnight it is that date as written; at another time only a moment has a day. */
export function readStamp(cursor: Cursor): Span | null {
  if (!cursor.lexemes.some(({ sign }) => sign === ':')) return null
  const date = readNumeric(cursor) ?? readTerm(cursor)
  if (date?.shape !== 'day' || date.year === 0) return null
  const written = resolve(date, cursor.anchor)
  if (peek(cursor).time === 't' || peek(cursor).sign === ',') cursor.at += 1
  const clock = written && readClock(cursor)
  if (!clock || !isAtEnd(cursor)) return null
  const day = dayOfClock(written.from, clock, cursor.instantsIn)
  return day === null
    ? null
    : { interval: { from: day, to: day }, precision: 'day', separator: null, needsUntil: false }
}

function dayOfClock(written: DayNumber, { minutes, seconds, offset }: Clock, zone: string | null): DayNumber | null {
  if (minutes === 0 && seconds === 0) return written
  if (zone === null) return null
  return offset === null ? written : dayInZone((written * 1440 + minutes - offset) * 60_000 + seconds * 1000, zone)
}

function readClock(cursor: Cursor): Clock | null {
  const hours = readNumber(cursor, 24)
  if (hours === null || !takeSign(cursor, ':')) return null
  const minutes = readNumber(cursor, 60)
  const seconds = takeSign(cursor, ':') ? readSeconds(cursor) : 0
  if (minutes === null || seconds === null) return null
  const time = peek(cursor).time
  if (time === 'am' || time === 'pm') return readHalfDay(cursor, { hours, minutes, seconds })
  const offset = readOffset(cursor)
  return offset === undefined ? null : { minutes: hours * 60 + minutes, seconds, offset }
}

/** "12:00:00 AM" is how some programs write midnight. */
function readHalfDay(cursor: Cursor, { hours, minutes, seconds }: { hours: number; minutes: number; seconds: number }) {
  if (hours < 1 || hours > 12) return null
  const afternoon = peek(cursor).time === 'pm' ? 12 : 0
  cursor.at += 1
  return { minutes: ((hours % 12) + afternoon) * 60 + minutes, seconds, offset: null }
}

function readSeconds(cursor: Cursor): number | null {
  const seconds = readNumber(cursor, 60)
  if (seconds === null || !takeSign(cursor, '.')) return seconds
  const fraction = peek(cursor)
  cursor.at += 1
  if (fraction.digits === 0) return null
  return fraction.value > 0 ? seconds + 0.5 : seconds
}

/** Minutes east of Greenwich, null where nothing is said, undefined where it can't be read. */
function readOffset(cursor: Cursor): number | null | undefined {
  if (peek(cursor).time === 'z') {
    cursor.at += 1
    return 0
  }
  const { sign } = peek(cursor)
  if (sign !== '+' && sign !== '-') return null
  cursor.at += 1
  const { digits, value } = peek(cursor)
  const direction = sign === '+' ? 1 : -1
  if (digits === 4 && value <= 1400) {
    cursor.at += 1
    return direction * (Math.floor(value / 100) * 60 + (value % 100))
  }
  const hours = readNumber(cursor, 15)
  const minutes = takeSign(cursor, ':') ? readNumber(cursor, 60) : 0
  return hours === null || minutes === null ? undefined : direction * (hours * 60 + minutes)
}

function readNumber(cursor: Cursor, below: number): number | null {
  const { digits, value } = peek(cursor)
  if (digits === 0 || digits > 2 || value >= below) return null
  cursor.at += 1
  return value
}

const formats = new Map<string, Intl.DateTimeFormat>()

function dayInZone(milliseconds: number, zone: string): DayNumber {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' })
    formats.set(zone, format)
  }
  const part: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(milliseconds)) part[type] = Number(value)
  return dayNumber(part.year ?? 0, part.month ?? 0, part.day ?? 0)
}
