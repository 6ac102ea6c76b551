import type { Availability } from '../availability.ts'
import type { Cursor } from './cursor.ts'
import { firstOf, isAtEnd, peek, takeSign } from './cursor.ts'
import type { Lexeme } from './lexeme.ts'
import type { Quantity } from './read-quantity.ts'
import { readPieces } from './read-quantity.ts'
import { readDuration } from './read-duration.ts'

type Kind = Exclude<Availability['kind'], 'expected'>
type State = { kind: Kind | null; available: boolean; quantity: Quantity | null; expected: boolean; temporary: boolean }

/** A cell that says no date: "skladem", "Skladem 5 ks", "currently out of stock", "on request". */
export function readStatus(cursor: Cursor): Availability | null {
  const state: State = { kind: null, available: false, quantity: null, expected: false, temporary: false }
  while (!isAtEnd(cursor)) {
    if (!readNext(cursor, state)) return null
  }
  return availabilityOf(state)
}

function availabilityOf({ kind, quantity, expected, temporary }: State): Availability | null {
  if (!kind || (quantity && kind !== 'in-stock') || (expected && kind !== 'on-request')) return null
  if (temporary && kind === 'discontinued') return null
  if (kind !== 'in-stock') return { kind }
  if (quantity === null) return { kind }
  if (quantity === 'some') return { kind }
  return quantity > 0 ? { kind, quantity } : null
}

const signs = new Set([',', ';', ':', '-', '/', '|', '(', ')', '[', ']', '.', '!'])

function readNext(cursor: Cursor, state: State): boolean {
  const lexeme = peek(cursor)
  if (lexeme.status && lexeme.status !== 'expected') return addKind(cursor, state, lexeme.status)
  if (lexeme.minus) return false
  if (signs.has(lexeme.sign) || lexeme.now) {
    state.temporary ||= lexeme.temporary
    cursor.at += 1
    return true
  }
  if (lexeme.label) return readLabel(cursor, state)
  if (lexeme.expected) {
    state.expected = true
    cursor.at += 1
    return true
  }
  return readCount(cursor, state)
}

function addKind(cursor: Cursor, state: State, kind: Kind): boolean {
  const { stock } = peek(cursor)
  cursor.at += 1
  const available = kind === 'in-stock' && !stock
  // "Available on request" is on request.
  if (state.kind !== null && state.kind !== kind && !(state.available && kind === 'on-request')) return false
  state.available = available && (state.kind === null || state.available)
  state.kind = kind
  return true
}

/** Before a status, and in "unknown date", a label says nothing; after "in stock" it may say how long sending takes. */
function readLabel(cursor: Cursor, state: State): boolean {
  while (peek(cursor).label || peek(cursor).sign === ':') cursor.at += 1
  if (state.kind === null || state.kind === 'on-request') return true
  if (state.kind !== 'in-stock') return false
  while (isBeforeDuration(peek(cursor))) cursor.at += 1
  if (takeHours(cursor)) return true
  if (state.available) return false
  return isSentSoon(cursor)
}

function isBeforeDuration({ about, within, until, in: isIn, at }: Lexeme): boolean {
  return about || within || until || isIn || at
}

/** "24 hours", "24-48h" */
function takeHours(cursor: Cursor): boolean {
  const start = cursor.at
  const first = peek(cursor).digits
  cursor.at += 1
  if (first > 0 && takeSign(cursor, '-')) cursor.at += 1
  if (first > 0 && first <= 2 && peek(cursor).hour) {
    cursor.at += 1
    return true
  }
  cursor.at = start
  return false
}

/** "Today", "1-3 days"; "at once" is a status of its own, which comes next. */
function isSentSoon(cursor: Cursor): boolean {
  const { day, status, stock } = peek(cursor)
  if (status === 'in-stock' && stock) return true
  if (day >= 0) {
    cursor.at += 1
    return true
  }
  const duration = firstOf(cursor, [readDuration])
  return duration !== null && (duration.high.unit === 'day' || duration.high.unit === 'workday')
}

/** A bare number counts pieces only next to the status: "3 in stock", "skladem: 3", and not "3 - in stock". */
function readCount(cursor: Cursor, state: State): boolean {
  if (state.quantity !== null) return false
  const before = cursor.lexemes[cursor.at - 1]
  state.quantity = readPieces(cursor, 'in-status')
  if (state.quantity === null) return false
  if (cursor.lexemes[cursor.at - 1]?.digits === 0) return true
  return state.kind === null ? peek(cursor).status !== null || peek(cursor).only : besideStatus.has(before?.sign ?? '')
}

const besideStatus = new Set(['', ':', '(', '['])
