import type { Precision } from '../availability.ts'
import { civilOf, weekdayOfNumber } from './calendar.ts'
import type { Cursor } from './cursor.ts'
import { firstOf, peek, skipFillers, skipGlue, takeSign } from './cursor.ts'
import type { Interval, Named } from './named.ts'
import { named, resolve, resolveStart } from './named.ts'
import { mayMeanYear } from './read-numeric.ts'
import type { NumberedUnit } from './read-numbered.ts'
import { isNumbered } from './read-numbered.ts'
import { readOrdinal } from './read-ordinal.ts'
import type { Separator } from './read-separator.ts'
import { readSeparator } from './read-separator.ts'
import { readTerm } from './read-term.ts'
import { readYear } from './read-year.ts'

/** Days that a text names, as one thing or as a range; `needsUntil` where only "until" makes it clear. */
export type Span = { interval: Interval; precision: Precision; separator: Separator | null; needsUntil: boolean }

export function readSingle(cursor: Cursor): Span | null {
  const what = readTerm(cursor)
  if (!what || what.needs === 'range') return null
  const interval = resolve(what, cursor.anchor)
  return interval && { interval, precision: what.precision, separator: null, needsUntil: what.needs === 'until' }
}

/** "1.12.–15.12.2026", "listopad až leden 2027", "Q4 2026 - Q1 2027" */
export function readRange(cursor: Cursor): Span | null {
  const start = readTerm(cursor)
  const separator = start && readSeparator(cursor)
  const end = separator && readTerm(cursor)
  // "KW 52-1/2027" goes on to week 1, not to January.
  if (!start || !separator || !end || (end.sign !== '' && start.shape !== 'month')) return null
  return rangeOf(cursor, { start, end, separator })
}

/** A start that shares its month or unit with the end: "1.–15. prosince", "48.-49. týden", "Anfang bis Mitte Januar". */
export function readSharedEnd(cursor: Cursor): Span | null {
  const { part } = peek(cursor)
  if (part > 0) cursor.at += 1
  const ordinal = part > 0 ? null : readOrdinal(cursor)
  const separator = part > 0 || ordinal ? readSeparator(cursor) : null
  if (!separator) return null
  const isMonthFirst = peek(cursor).month > 0
  const end = readTerm(cursor)
  // "5 - Dec 15"
  if (isMonthFirst && end?.shape === 'day') return null
  const start = end && (part > 0 ? startOfPart(end, part) : ordinal && startOfNumber(end, ordinal, cursor))
  return start ? rangeOf(cursor, { start, end, separator }) : null
}

function startOfPart(end: Named, part: number): Named | null {
  return (end.shape === 'third' || end.shape === 'year-third') && part < end.k ? { ...end, k: part } : null
}

function startOfNumber(end: Named, { n, explicit, word }: NonNullable<ReturnType<typeof readOrdinal>>, cursor: Cursor) {
  if (end.shape === 'day') return !word && n >= 1 && n < end.k ? { ...end, k: n, weekday: 0 } : null
  if (end.shape === 'week') return n >= 1 && n <= 53 && !word ? named('week', { n }) : null
  if (end.shape === 'quarter') return n >= 1 && n <= 4 ? named('quarter', { n }) : null
  if (end.shape === 'half') return n >= 1 && n <= 2 ? named('half', { n }) : null
  // "11-12/2026"; with a dot it may be a day, and where the month comes first, too.
  const countsMonths = end.shape === 'month' && end.sign === '/' && !explicit && cursor.lexicon.dotted
  return countsMonths && n >= 1 && n <= 12 ? named('month', { n }) : null
}

/** "KW 48-49/2026", "weeks 48-49", "Q1/2 2027" */
export function readSharedUnit(cursor: Cursor): Span | null {
  const lexeme = peek(cursor)
  const { unit } = lexeme
  const { plural, shortSign, weekOf, at } = lexeme
  if (!isNumbered(unit) || weekOf || at || (plural && shortSign)) return null
  cursor.at += 1
  skipFillers(cursor)
  const first = peek(cursor)
  cursor.at += 1
  const separator = readSeparator(cursor)
  const second = peek(cursor)
  cursor.at += 1
  if (!separator || !isShort(first) || !isShort(second)) return null
  const year = readYear(cursor, 'after-blank-or-slash')
  if (year === 0 && mayMeanYear(second, cursor)) return null
  if (second.value <= first.value && !isTurnOfYear(unit, first.value, second.value)) return null
  const start = named(unit, { n: first.value })
  return rangeOf(cursor, { start, end: named(unit, { n: second.value, year }), separator })
}

/** "KW 52-2" goes over New Year; "KW 48-12/2026" may mean December. */
function isTurnOfYear(unit: NumberedUnit, first: number, second: number): boolean {
  return unit === 'week' ? first >= 45 && second <= 8 : unit === 'quarter' && first >= 3 && second <= 2
}

function isShort({ digits }: { digits: number }): boolean {
  return digits === 1 || digits === 2
}

/** "December 1-15, 2026" */
export function readMonthWithDays(cursor: Cursor): Span | null {
  const { month } = peek(cursor)
  if (month === 0 || !cursor.lexicon.dayAfterMonth) return null
  cursor.at += 1
  const first = readOrdinal(cursor)
  const separator = first && readSeparator(cursor)
  const second = separator && readOrdinal(cursor)
  if (!second || first.word || second.word || first.n >= second.n) return null
  const year = readYear(cursor, 'never')
  const start = named('day', { n: month, k: first.n, year })
  return rangeOf(cursor, { start, end: { ...start, k: second.n }, separator })
}

/** "week of 23–29 November 2026", "w/c 23/11/2026": a whole week, or it is not read. */
export function readWeekOfDays(cursor: Cursor): Span | null {
  const { unit, singular, weekOf } = peek(cursor)
  if (!weekOf && !(unit === 'week' && singular)) return null
  cursor.at += 1
  takeSign(cursor, ':')
  while (peek(cursor).opens) cursor.at += 1
  skipGlue(cursor)
  const days = firstOf(cursor, [readSharedEnd, readRange, readMonthWithDays, readSingle])
  if (!days || weekdayOfNumber(days.interval.from) !== 1) return null
  const { from, to } = days.interval
  if (!weekOf && !days.separator) return null
  const isWeek = days.separator ? to - from === 6 : from === to
  return isWeek ? { interval: { from, to: from + 6 }, precision: 'week', separator: null, needsUntil: false } : null
}

type Ends = { start: Named; end: Named; separator: Separator }

function rangeOf(cursor: Cursor, { start, end, separator }: Ends): Span | null {
  if (!isClear(start, end) || (start.year > 0 && end.year === 0)) return null
  if (start.year === 0 && end.precision === 'year') return null
  const last = resolve(end, cursor.anchor)
  const first = last && startOf(start, end, last)
  if (!first || first.from > last.from || first.to > last.to) return null
  if (start.year === 0 && isRoundTheYear(start, end, { from: first.from, to: last.to })) return null
  // "or" and the slash join neighbours: "Q1/Q3" is not understood, and "2026/2027" may be a winter.
  if ((separator === 'slash' || separator === 'or') && (first.to + 1 !== last.from || end.shape === 'year')) return null
  return { interval: { from: first.from, to: last.to }, precision: 'range', separator, needsUntil: false }
}

/** "15.12. – 1.12.2026" is rather two dates in the wrong order than a year; "prosinec – listopad 2027" is one. */
function isRoundTheYear(start: Named, end: Named, { from, to }: Interval): boolean {
  if (longShapes.has(start.shape) && longShapes.has(end.shape)) return false
  return to - from > 300 && civilOf(from).year < civilOf(to).year
}

const longShapes = new Set<Named['shape']>(['month', 'quarter', 'half', 'season', 'year'])

function startOf(start: Named, end: Named, last: Interval): Interval | null {
  if (start.year > 0) return resolve(start, last.to)
  // Days that share their month are in the same year.
  if (start.shape === 'day' && end.shape === 'day' && start.n === end.n && start.k <= end.k) {
    return resolve({ ...start, year: civilOf(last.to).year }, last.to)
  }
  return resolveStart(start, last)
}

/** "Dec 28" may be a month to someone, but not before "– Jan 5, 2027". */
function isClear(start: Named, end: Named): boolean {
  if (start.needs === 'nothing' && end.needs === 'nothing') return true
  if (start.needs === 'until' || end.needs === 'until') return false
  return start.shape === 'day' && end.shape === 'day' && (start.needs === 'nothing' || end.needs === 'nothing')
}

export const spanReaders = [
  readSingle,
  readSharedEnd,
  readRange,
  readSharedUnit,
  readMonthWithDays,
  readWeekOfDays,
] as const
