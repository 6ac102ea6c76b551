import type { Cursor } from './cursor.ts'
import { isAtEnd, peek, takeSign } from './cursor.ts'
import { isYear } from './read-year.ts'

/** A number of pieces; `some` where it is above 0 and not said exactly (">10", "10+"). */
export type Quantity = number | 'some'

/** A whole cell of a quantity column: "5", "5 ks", ">10", "1 000", "5,00". */
export function readQuantity(cursor: Cursor): Quantity | null {
  const quantity = readPieces(cursor, 'in-column')
  return quantity !== null && isAtEnd(cursor) ? quantity : null
}

/** Within a status, a bare number that looks like a year or is followed by a dot is no number of pieces. */
export function readPieces(cursor: Cursor, where: 'in-status' | 'in-column'): Quantity | null {
  const more = readMore(cursor)
  const first = peek(cursor)
  const count = first.count > 0 && first.digits === 0 ? readWord(cursor) : readNumber(cursor)
  if (count === null) return null
  const plus = takeSign(cursor, '+') || takeMore(cursor)
  const pieces = takePieces(cursor)
  const orMore = takeMore(cursor)
  if (where === 'in-status' && !pieces && (isYear(first) || peek(cursor).sign === '.')) return null
  return more || plus || orMore ? 'some' : count
}

function readMore(cursor: Cursor): boolean {
  let more = false
  while (peek(cursor).more || peek(cursor).only) {
    more = more || peek(cursor).more
    cursor.at += 1
  }
  return more
}

function takeMore(cursor: Cursor): boolean {
  if (!peek(cursor).more) return false
  cursor.at += 1
  return true
}

function takePieces(cursor: Cursor): boolean {
  if (!peek(cursor).pieces) return false
  cursor.at += 1
  return true
}

function readWord(cursor: Cursor): number | null {
  const { count } = peek(cursor)
  if (!peek(cursor, 1).pieces) return null
  cursor.at += 1
  return count
}

const most = 9_999_999

/** Blanks group thousands; a dot or comma before three digits may group or be a decimal point, so only "some" is sure. */
function readNumber(cursor: Cursor): Quantity | null {
  const { digits, value } = peek(cursor)
  if (digits === 0 || digits > 7) return null
  cursor.at += 1
  const { sign } = peek(cursor)
  const next = peek(cursor, 1)
  if ((sign === '.' || sign === ',') && next.digits > 0) {
    cursor.at += 2
    if (next.digits <= 2) return next.value === 0 ? value : null
    return next.digits !== 3 ? null : value > 0 ? 'some' : next.value === 0 ? 0 : null
  }
  return readGroups(cursor, value, digits)
}

function readGroups(cursor: Cursor, first: number, digits: number): Quantity | null {
  let total = first
  if (digits <= 3 && first > 0) {
    while (peek(cursor).digits === 3) {
      total = total * 1000 + peek(cursor).value
      cursor.at += 1
    }
  }
  return total <= most ? total : null
}
