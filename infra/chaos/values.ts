/**
 * What an item can be said to be, as a word of the script's own: `day:2027-12-01`, `month:2027-12`, `quarter:2028-1`, or
 * one of four words. The checker compares these and knows nothing of the grammar, the policy or the templates.
 */
export type Value = string

export const states = ['in-stock', 'on-request', 'sold-out', 'discontinued'] as const

const firstYear = new Date().getUTCFullYear() + 1
const years = 2
export const lastMonth = years * 12 - 1
export const lastDay = 28

/** Months count from January of next year, so that no date of the script passes while it plays. */
export function monthValue(month: number): Value {
  return `month:${yearOf(month)}-${two((month % 12) + 1)}`
}

export function dayValue(month: number, day: number): Value {
  return `day:${yearOf(month)}-${two((month % 12) + 1)}-${two(day)}`
}

export function quarterValue(month: number): Value {
  return `quarter:${yearOf(month)}-${Math.floor((month % 12) / 3) + 1}`
}

/** Every value that the script can come to. */
export function allValues(): Value[] {
  const months = Array.from({ length: lastMonth + 1 }, (_, month) => month)
  const days = Array.from({ length: lastDay }, (_, day) => day + 1)
  return [
    ...states,
    ...months.map(monthValue),
    ...months.flatMap((month) => days.map((day) => dayValue(month, day))),
    ...new Set(months.map(quarterValue)),
  ]
}

export type Parts =
  | { kind: 'state'; state: (typeof states)[number] }
  | { kind: 'day'; year: number; month: number; day: number }
  | { kind: 'month'; year: number; month: number }
  | { kind: 'quarter'; year: number; quarter: number }

export function partsOf(value: Value): Parts {
  const [kind, said = ''] = value.split(':')
  const [year = 0, second = 0, day = 0] = said.split('-').map(Number)
  if (kind === 'day') return { kind, year, month: second, day }
  if (kind === 'month') return { kind, year, month: second }
  if (kind === 'quarter') return { kind, year, quarter: second }
  const state = states.find((one) => one === value)
  if (state === undefined) throw new Error(`"${value}" is no value of the script`)
  return { kind: 'state', state }
}

/** Place of its first month in the script's time; null where it has none. */
export function monthOf(value: Value): number | null {
  const parts = partsOf(value)
  if (parts.kind === 'state') return null
  const month = parts.kind === 'quarter' ? parts.quarter * 3 - 2 : parts.month
  return (parts.year - firstYear) * 12 + month - 1
}

export function two(number: number): string {
  return String(number).padStart(2, '0')
}

function yearOf(month: number): number {
  return firstYear + Math.floor(month / 12)
}
