import type { Cursor } from './cursor.ts'
import { peek, takeSign } from './cursor.ts'

/** `explicit` where a dot, an ending, a Roman numeral or a word makes it an ordinal beyond doubt. */
export type Ordinal = { n: number; explicit: boolean; word: boolean }

/** "4.", "4th", "IV", "fourth", or a bare "4". */
export function readOrdinal(cursor: Cursor): Ordinal | null {
  const { digits, value, ordinal, roman } = peek(cursor)
  if (ordinal > 0 || roman > 0) {
    cursor.at += 1
    return { n: ordinal || roman, explicit: true, word: true }
  }
  if (digits === 0 || digits > 2) return null
  cursor.at += 1
  const ending = peek(cursor).ordinalEnding
  if (ending) cursor.at += 1
  const dot = takeSign(cursor, '.')
  return { n: value, explicit: ending || dot, word: false }
}
