import type { Cursor } from './cursor.ts'
import { firstOf, peek, skipFillers, takeSign } from './cursor.ts'
import type { Lexeme, Unit } from './lexeme.ts'
import type { Named } from './named.ts'
import type { Shape } from './named.ts'
import { named } from './named.ts'
import type { Ordinal } from './read-ordinal.ts'
import { readOrdinal } from './read-ordinal.ts'
import { readYear } from './read-year.ts'

export type NumberedUnit = 'week' | 'quarter' | 'half'

/** Weeks, quarters and halves by their number: "48. týden 2026", "KW 48/26", "Q4", "IV kwartał", "first half-year". */
export function readNumbered(cursor: Cursor): Named | null {
  return firstOf(cursor, [readNumberThenUnit, readUnitThenNumber])
}

function readNumberThenUnit(cursor: Cursor): Named | null {
  const ordinal = readOrdinal(cursor)
  const lexeme = peek(cursor)
  if (!ordinal || lexeme.at || !isNumbered(lexeme.unit) || !(lexeme.singular || lexeme.shortSign)) return null
  cursor.at += 1
  const unit = lexeme.unit
  const year = readYear(cursor, 'after-any')
  if (!isOrdinalHere(ordinal, lexeme, year)) return null
  return numbered(unit, ordinal.n, year)
}

/** A bare number before a unit counts it ("2 týdny"), unless sign, year or grammar make it its number ("48 tydzień"). */
function isOrdinalHere(ordinal: Ordinal, { unit, shortSign, singular, plural }: Lexeme, year: number): boolean {
  if (unit === 'week' && ordinal.word) return false
  if (ordinal.explicit) return true
  if (unit === 'week') return (year > 0 && ordinal.n !== 1) || (singular && !plural && !shortSign && ordinal.n >= 13)
  // "2 h" is two hours.
  return year > 0 || (shortSign && unit === 'quarter')
}

function readUnitThenNumber(cursor: Cursor): Named | null {
  const lexeme = peek(cursor)
  const unit = unitBeforeNumber(lexeme, peek(cursor, 1))
  if (!isNumbered(unit)) return null
  const afterYear = cursor.lexemes[cursor.at - 1]?.sign === '-' || cursor.lexemes[cursor.at - 1]?.digits === 4
  cursor.at += 1
  skipFillers(cursor)
  const { digits, value, roman } = peek(cursor)
  if (roman > 0 && unit === 'week') return null
  if (roman === 0 && (digits === 0 || digits > 2)) return null
  cursor.at += 1
  const n = roman || value
  if (unit === 'week' && isNextWeekAfterSlash(cursor, n)) return null
  if (unit === 'week') takeSignBeforeYear(cursor)
  const year = readYear(cursor, unit === 'week' ? 'after-blank-or-slash' : 'after-any')
  // In Polish "w 12 2026" may be December.
  if (lexeme.at && !afterYear && (year === 0 || n <= 12)) return null
  return numbered(unit, n, year)
}

/** Polish "kw." is a quarter, and before a number above 4 the German sign of a week. */
function unitBeforeNumber(lexeme: Lexeme, { value }: Lexeme): Unit | null {
  if (precedesNumber(lexeme)) return lexeme.unit
  return lexeme.unit === 'quarter' && lexeme.shortSign && value > 4 ? 'week' : null
}

/** A plural form or a sign that is one ("IV kw.") follows its number; "week of" is followed by days. */
function precedesNumber({ singular, plural, shortSign, weekOf }: Lexeme): boolean {
  return !weekOf && (singular || (shortSign && !plural))
}

/** "KW 26/27" is week 26 of 2027, or two weeks. */
function isNextWeekAfterSlash(cursor: Cursor, week: number): boolean {
  const next = peek(cursor, 1)
  if (peek(cursor).sign !== '/' || next.digits === 0 || next.digits > 2) return false
  return next.digits === 1 || next.value === week + 1 || (week >= 52 && next.value === 1)
}

/** "KW 48. 2026" */
function takeSignBeforeYear(cursor: Cursor): void {
  if (peek(cursor, 1).digits === 4) takeSign(cursor, '.')
}

export function numbered(unit: NumberedUnit, n: number, year: number): Named | null {
  const most = { week: 53, quarter: 4, half: 2 }[unit]
  return n >= 1 && n <= most ? named(unit, { n, year }) : null
}

export function isNumbered(unit: Unit | Shape | null): unit is NumberedUnit {
  return unit === 'week' || unit === 'quarter' || unit === 'half'
}
