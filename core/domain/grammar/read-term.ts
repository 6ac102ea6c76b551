import type { Cursor } from './cursor.ts'
import { firstOf, peek, takeSign } from './cursor.ts'
import type { Named } from './named.ts'
import { named } from './named.ts'
import { readDayOfMonth, readMonth } from './read-month.ts'
import { readNumbered } from './read-numbered.ts'
import { readNumeric } from './read-numeric.ts'
import { readHalfPart, readPart } from './read-part.ts'
import { readRelative } from './read-relative.ts'
import { isYear, isYearWord, readYear } from './read-year.ts'

/** One thing of the calendar, from a day to a year. */
export function readTerm(cursor: Cursor): Named | null {
  return firstOf(cursor, peek(cursor).digits > 0 ? readersOfDigits : readersOfWords)
}

function readWeekday(cursor: Cursor): Named | null {
  const { weekday } = peek(cursor)
  if (weekday === 0) return null
  cursor.at += 1
  takeSign(cursor, ',')
  while (peek(cursor).filler || peek(cursor).at) cursor.at += 1
  const day = firstOf(cursor, [readNumeric, readDayOfMonth, readMonth])
  return day?.shape === 'day' ? { ...day, weekday } : null
}

function readSeason(cursor: Cursor): Named | null {
  const { season } = peek(cursor)
  if (season === 0) return null
  cursor.at += 1
  const year = readYear(cursor, 'after-blank-or-slash')
  if (season === 4 && year > 0) takeSecondYear(cursor, year)
  return named('season', { n: season, year })
}

/** "zima 2026/2027", "Winter 2026/27": the year is the December's. */
function takeSecondYear(cursor: Cursor, year: number): void {
  const { sign } = peek(cursor)
  const { digits, value } = peek(cursor, 1)
  if (sign !== '/' && sign !== '-') return
  if ((digits === 4 && value === year + 1) || (digits === 2 && value === (year + 1) % 100)) cursor.at += 2
}

/** "2026 Q4", "2026-W48", "2026 prosinec" */
function readYearFirst(cursor: Cursor): Named | null {
  const first = peek(cursor)
  if (!isYear(first)) return null
  cursor.at += 1
  for (const sign of [',', '/', '-', '.']) if (takeSign(cursor, sign)) break
  if (peek(cursor).digits > 0) return null
  const rest = firstOf(cursor, [readNumbered, readMonth, readSeason])
  return rest && rest.year === 0 ? { ...rest, year: first.value, needs: 'nothing' } : null
}

function readBareYear(cursor: Cursor): Named | null {
  while (isYearWord(peek(cursor)) || peek(cursor).filler) cursor.at += 1
  const number = peek(cursor)
  if (!isYear(number)) return null
  cursor.at += 1
  if (isYearWord(peek(cursor))) cursor.at += 1
  return named('year', { year: number.value })
}

const readersOfDigits = [readNumeric, readDayOfMonth, readHalfPart, readNumbered, readYearFirst, readBareYear]
const readersOfWords = [
  readWeekday,
  readHalfPart,
  readPart,
  readNumbered,
  readMonth,
  readSeason,
  readRelative,
  readBareYear,
]
