import type { Cursor } from './cursor.ts'
import { peek, takeSign } from './cursor.ts'
import type { Lexeme } from './lexeme.ts'
import { shiftedYear } from './read-relative.ts'

/** How two digits may say a year: "12/26", "Dez-26", "Q4 26"; after an apostrophe they always may. */
export type TwoDigits = 'never' | 'after-blank-or-slash' | 'after-any'

/** The year that follows and what joins it: " 2027", "/27", ", 2027", " of 2027", " of next year"; 0 where none does. */
export function readYear(cursor: Cursor, twoDigits: TwoDigits): number {
  const start = cursor.at
  const { sign, word } = readJoint(cursor)
  const shifted = sign === '' ? shiftedYear(cursor) : 0
  if (shifted > 0) return shifted
  const apostrophe = takeSign(cursor, "'")
  const number = peek(cursor)
  const twoMay = apostrophe || (!word && mayBeTwo(cursor, sign, twoDigits))
  const year = isYear(number) ? number.value : twoMay && number.digits === 2 ? 2000 + number.value : 0
  if (year === 0) {
    cursor.at = start
    return 0
  }
  cursor.at += 1
  if (isYearWord(peek(cursor))) cursor.at += 1
  return year
}

export function isYear({ digits, value }: Lexeme): boolean {
  return digits === 4 && value >= 1900 && value < 2200
}

export function isYearWord({ unit, singular }: Lexeme): boolean {
  return unit === 'year' && singular
}

const joints = new Set(['.', ',', '/', '-'])

function readJoint(cursor: Cursor): { sign: string; word: boolean } {
  let sign = ''
  let word = false
  for (;;) {
    const lexeme = peek(cursor)
    if (sign === '' && joints.has(lexeme.sign)) sign = lexeme.sign
    else if (lexeme.filler || lexeme.at || isYearWord(lexeme)) word = true
    else return { sign, word }
    cursor.at += 1
  }
}

function mayBeTwo(cursor: Cursor, sign: string, twoDigits: TwoDigits): boolean {
  if (twoDigits === 'never') return false
  if (sign === '' || sign === '/') return true
  return sign === '-' && twoDigits === 'after-any' && endsTerm(peek(cursor, 1))
}

/** "Dez-26" has a year, but "November - 26. Dezember" a day. */
function endsTerm({ sign, to }: Lexeme): boolean {
  return to || ['end', ')', ']', ',', '-'].includes(sign)
}
