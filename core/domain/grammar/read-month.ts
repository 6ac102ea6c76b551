import type { Cursor } from './cursor.ts'
import { peek, skipFillers, skipGlue, takeSign } from './cursor.ts'
import type { Named } from './named.ts'
import { named } from './named.ts'
import { mayMeanYear, readNumeric } from './read-numeric.ts'
import { readYear } from './read-year.ts'

/** "15. prosince 2026", "15th of December", "15-Dec-26", "15. XII. 2026". */
export function readDayOfMonth(cursor: Cursor): Named | null {
  const { digits, value } = peek(cursor)
  if (digits === 0 || digits > 2 || value < 1 || value > 31) return null
  cursor.at += 1
  if (peek(cursor).ordinalEnding) cursor.at += 1
  takeSign(cursor, '.')
  skipFillers(cursor)
  // "15-Dec-26", but "12 - leden 2027" may be a number of pieces or of a month.
  if (peek(cursor).apart) return null
  const dashed = takeSign(cursor, '-')
  if (!dashed) takeSign(cursor, '/')
  const { month, roman } = peek(cursor)
  const n = month || roman
  if (n === 0) return null
  cursor.at += 1
  return named('day', { n, k: value, year: readYear(cursor, dashed ? 'after-any' : 'after-blank-or-slash') })
}

/** "prosinec 2026", "Dez. 26", "XII/2026"; in English also "December 15, 2026". */
export function readMonth(cursor: Cursor): Named | null {
  const { month, roman, shy } = peek(cursor)
  if (shy && !isJoinedToNumber(cursor)) return null
  if (month === 0) return roman > 4 ? readRomanMonth(cursor) : null
  cursor.at += 1
  if (!cursor.lexicon.dayAfterMonth) return named('month', { n: month, year: readYear(cursor, 'after-any') })
  return readDayAfterMonth(cursor, month) ?? named('month', { n: month, year: readYear(cursor, 'never') })
}

function isJoinedToNumber(cursor: Cursor): boolean {
  const { sign } = peek(cursor, 1)
  return (sign === '-' || sign === '/') && peek(cursor, 2).digits > 0
}

/** I to IV alone may be quarters. */
function readRomanMonth(cursor: Cursor): Named | null {
  const { roman } = peek(cursor)
  cursor.at += 1
  const year = readYear(cursor, 'never')
  return year > 0 ? named('month', { n: roman, year }) : null
}

function readDayAfterMonth(cursor: Cursor, month: number): Named | null {
  const start = cursor.at
  const dashed = takeSign(cursor, '-')
  skipFillers(cursor)
  const number = peek(cursor)
  if (number.digits === 0 || number.digits > 2 || number.value < 1 || number.value > 31) {
    cursor.at = start
    return null
  }
  cursor.at += 1
  const sure = peek(cursor).ordinalEnding
  if (sure) cursor.at += 1
  const year = peek(cursor).sign === ',' ? readYearAfterComma(cursor) : readYear(cursor, dashed ? 'after-any' : 'never')
  const doubtful = year === 0 && !sure && (dashed || mayMeanYear(number, cursor))
  return named('day', { n: month, k: number.value, year, needs: doubtful ? 'range' : 'nothing' })
}

function readYearAfterComma(cursor: Cursor): number {
  const start = cursor.at
  const year = readYear(cursor, 'never')
  if (year > 0) return year
  cursor.at = start + 1
  const short = readYear(cursor, 'after-blank-or-slash')
  if (short === 0) cursor.at = start
  return short
}

/** A month that something is a part of: "(Mitte) Dezember 2026", "(konec) 11/2026". */
export function readWholeMonth(cursor: Cursor): Named | null {
  skipGlue(cursor)
  const { month, shy } = peek(cursor)
  if (month > 0 && !shy) {
    cursor.at += 1
    return named('month', { n: month, year: readYear(cursor, cursor.lexicon.dayAfterMonth ? 'never' : 'after-any') })
  }
  const numeric = readNumeric(cursor)
  return numeric?.shape === 'month' ? numeric : null
}
