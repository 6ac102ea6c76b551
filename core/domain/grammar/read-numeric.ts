import { civilOf, isCalendarDay } from './calendar.ts'
import type { Cursor } from './cursor.ts'
import { peek, takeSign } from './cursor.ts'
import type { Lexeme } from './lexeme.ts'
import type { Named } from './named.ts'
import { isPlausible, named, resolve } from './named.ts'
import { isYear, isYearWord } from './read-year.ts'

/** Dates and months in digits: "15. 12. 2026", "2026-12-15", "12/2026", "15/12", "15.12.". */
export function readNumeric(cursor: Cursor): Named | null {
  const [a, b] = [peek(cursor), peek(cursor, 2)]
  const { sign } = peek(cursor, 1)
  if (!a.digits || !b.digits || (sign !== '.' && sign !== '/' && sign !== '-')) return null
  return readThree(cursor, sign) ?? readTwo(cursor, sign)
}

function readThree(cursor: Cursor, sign: string): Named | null {
  const [a, b] = [peek(cursor), peek(cursor, 2)]
  const missing = sign === '.' && cursor.lexicon.dotted && isYear(peek(cursor, 3))
  const c = missing ? peek(cursor, 3) : peek(cursor, 4)
  if ((!missing && peek(cursor, 3).sign !== sign) || !c.digits) return null
  const date = dateOfThree([a, b, c], cursor)
  if (!date) return null
  cursor.at += missing ? 4 : 5
  if (a.digits === 4) takeSign(cursor, '.')
  else if (isYearWord(peek(cursor))) cursor.at += 1
  return date
}

type Three = [Lexeme, Lexeme, Lexeme]

function dateOfThree([a, b, c]: Three, cursor: Cursor): Named | null {
  if (b.digits > 2) return null
  if (isYear(a)) return c.digits <= 2 ? dayOf(a.value, b.value, c.value) : null
  if (a.digits > 2 || (c.digits !== 2 && !isYear(c))) return null
  const year = c.digits === 2 ? 2000 + c.value : c.value
  const dayFirst = dayOf(year, b.value, a.value)
  const monthFirst = dayOf(year, a.value, b.value)
  if (cursor.lexicon.order === 'day-first') return dayFirst
  if (cursor.lexicon.order === 'month-first') return monthFirst
  if (c.digits === 2 && mayBeYearFirst([a, b, c], cursor)) return null
  return onlyOne(dayFirst, monthFirst)
}

function onlyOne(a: Named | null, b: Named | null): Named | null {
  if (a && b) return a.n === b.n ? a : null
  return a ?? b
}

/** "26/12/27" is also 27 December 2026 to some. */
function mayBeYearFirst([a, b, c]: Three, { anchor }: Cursor): boolean {
  const date = a.digits === 2 ? dayOf(2000 + a.value, b.value, c.value) : null
  const days = date && resolve(date, anchor)
  return days !== null && isPlausible(days, anchor)
}

function dayOf(year: number, month: number, day: number): Named | null {
  return isCalendarDay(year, month, day) ? named('day', { n: month, k: day, year }) : null
}

function readTwo(cursor: Cursor, sign: string): Named | null {
  const [a, b] = [peek(cursor), peek(cursor, 2)]
  const result = monthAndYear(a, b, sign) ?? (sign === '/' ? slashed(a, b, cursor) : dotted(a, b, { sign, cursor }))
  if (!result) return null
  cursor.at += 3
  if (sign === '.' && result.shape === 'day') takeSign(cursor, '.')
  if (result.year > 0 && isYearWord(peek(cursor))) cursor.at += 1
  return result
}

function monthAndYear(a: Lexeme, b: Lexeme, sign: string): Named | null {
  if (isYear(b) && a.digits <= 2) return monthOf(a.value, b.value, sign)
  if (isYear(a) && b.digits === 2) return monthOf(b.value, a.value, sign)
  return null
}

function monthOf(month: number, year: number, sign: string): Named | null {
  return isMonth(month) ? named('month', { n: month, year, sign }) : null
}

/** Month and year, or day and month, where only one is possible in this language. */
function slashed(a: Lexeme, b: Lexeme, { lexicon }: Cursor): Named | null {
  if (a.digits > 2 || b.digits > 2) return null
  const mayBeYear = b.digits === 2 && isMonth(a.value)
  const dayFirst = lexicon.order !== 'month-first' ? dayInMonth(b.value, a.value) : null
  const monthFirst = lexicon.order !== 'day-first' ? dayInMonth(a.value, b.value) : null
  if (!dayFirst && !monthFirst) return mayBeYear ? monthOf(a.value, 2000 + b.value, '/') : null
  const date = onlyOne(dayFirst, monthFirst)
  return date && mayBeYear ? { ...date, needs: 'range' } : date
}

/** A day of some month; whether that month has so many is seen when its year is known. */
function dayInMonth(month: number, day: number): Named | null {
  return isMonth(month) && day >= 1 && day <= 31 ? named('day', { n: month, k: day }) : null
}

/** "15.12." and "15.12"; "1.5" alone may be a number, so it needs the company of a whole date. */
function dotted(a: Lexeme, b: Lexeme, { sign, cursor }: { sign: string; cursor: Cursor }): Named | null {
  if (sign !== '.' || !cursor.lexicon.dotted || a.digits > 2 || b.digits > 2) return null
  const date = dayInMonth(b.value, a.value)
  if (!date) return null
  const sure = peek(cursor, 3).sign === '.' || (a.digits === 2 && b.digits === 2)
  return sure ? date : { ...date, needs: 'range' }
}

function isMonth(value: number): boolean {
  return value >= 1 && value <= 12
}

/** Whether two digits after a month's name may be meant as a year: "Dec 26". */
export function mayMeanYear(digits: Lexeme, { anchor }: Cursor): boolean {
  const { year } = civilOf(anchor)
  const meant = 2000 + digits.value
  return digits.digits === 2 && meant >= year - 2 && meant <= year + 5
}
