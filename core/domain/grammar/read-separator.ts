import type { Cursor } from './cursor.ts'
import { peek, skipFillers } from './cursor.ts'

/** What stands between the ends of a range: a dash, a word ("až", "bis"), a slash, "or", or the "and" of "between". */
export type Separator = 'dash' | 'to' | 'slash' | 'or' | 'and'

export function readSeparator(cursor: Cursor): Separator | null {
  const { sign, to, and, or } = peek(cursor)
  const separator = sign === '-' ? 'dash' : to ? 'to' : sign === '/' ? 'slash' : or ? 'or' : and ? 'and' : null
  if (!separator) return null
  cursor.at += 1
  if (separator !== 'slash') skipFillers(cursor)
  return separator
}
