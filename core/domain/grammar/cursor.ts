import type { DayNumber } from './calendar.ts'
import type { Lexeme } from './lexeme.ts'
import { end } from './lexeme.ts'
import type { Lexicon } from './lexicon.ts'

/** Where the reading of a cell stands. Readers that fail leave it to their caller to go back. */
export type Cursor = {
  readonly lexemes: readonly Lexeme[]
  readonly lexicon: Lexicon
  readonly anchor: DayNumber
  /** Where moments are to be read as days, the zone whose days they are. */
  readonly instantsIn: string | null
  at: number
}

export function peek(cursor: Cursor, ahead = 0): Lexeme {
  return cursor.lexemes[cursor.at + ahead] ?? end
}

export function takeSign(cursor: Cursor, sign: string): boolean {
  if (peek(cursor).sign !== sign) return false
  cursor.at += 1
  return true
}

export function isAtEnd(cursor: Cursor): boolean {
  return cursor.at >= cursor.lexemes.length
}

/** The first reader that succeeds, each from the same place. */
export function firstOf<T>(cursor: Cursor, readers: readonly ((cursor: Cursor) => T | null)[]): T | null {
  const start = cursor.at
  for (const read of readers) {
    cursor.at = start
    const result = read(cursor)
    if (result !== null) return result
  }
  cursor.at = start
  return null
}

/** Articles, "of", "number" */
export function skipFillers(cursor: Cursor): void {
  while (peek(cursor).filler) cursor.at += 1
}

/** Words between words: "of", "the", "v", and the hyphen of "mid-December". */
export function skipGlue(cursor: Cursor): void {
  for (;;) {
    const { filler, at, sign } = peek(cursor)
    if (!filler && !at && sign !== '-') return
    cursor.at += 1
  }
}
