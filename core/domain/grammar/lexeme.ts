import type { Availability } from '../availability.ts'

export type Unit = 'day' | 'workday' | 'week' | 'month' | 'quarter' | 'half' | 'year'

/** Every role that a word can have, at its idle value; a word may have several ("do" is "until" and "to"). */
export const idle = {
  /** Punctuation: the character itself. */
  sign: '',
  /** A dash with blanks on both sides. */
  apart: false,
  /** A dash before a number that belongs to it: "-5". */
  minus: false,
  /** A number: how many digits, and its value. */
  digits: 0,
  value: 0,
  month: 0,
  shy: false,
  weekday: 0,
  season: 0,
  part: 0,
  half: false,
  unit: null as Unit | null,
  hour: false,
  singular: false,
  plural: false,
  shortSign: false,
  ordinal: 0,
  count: 0,
  roman: 0,
  ordinalEnding: false,
  countEnding: false,
  expected: false,
  label: false,
  lasting: false,
  from: false,
  opens: false,
  until: false,
  by: false,
  afterwards: false,
  about: false,
  at: false,
  in: false,
  within: false,
  to: false,
  and: false,
  or: false,
  between: false,
  filler: false,
  shift: -1,
  day: -1,
  weekOf: false,
  status: null as Availability['kind'] | null,
  stock: false,
  atOnce: false,
  preorder: false,
  toOrder: false,
  now: false,
  temporary: false,
  pieces: false,
  more: false,
  only: false,
  time: '',
}
export type Lexeme = Readonly<typeof idle>

export const end: Lexeme = { ...idle, sign: 'end' }

const numbers = new Map<string, Lexeme>()

/** Numbers are few and alike, so each is made once. */
export function numberLexeme(digits: string): Lexeme {
  const known = numbers.get(digits)
  if (known) return known
  const made = { ...idle, digits: digits.length, value: Number(digits) }
  if (digits.length <= 4) numbers.set(digits, made)
  return made
}
