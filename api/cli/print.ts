import Table from 'cli-table3'
import type { Json } from './client.ts'
import { ApiError } from './client.ts'

export type Out = { write(text: string): void }
export type Column = [title: string, cell: (row: Json) => unknown]

const bare = {
  'top': '', 'top-mid': '', 'top-left': '', 'top-right': '',
  'bottom': '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  'left': '', 'left-mid': '', 'mid': '', 'mid-mid': '', 'right': '', 'right-mid': '', 'middle': '  ',
} // prettier-ignore
const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
const widestCell = 60

/** A table for people; without rows, the sentence that says so. */
export function tableOf(rows: Json[], columns: Column[], empty: string): string {
  if (rows.length === 0) return empty
  const table = new Table({ head: columns.map(([title]) => title), chars: bare, style })
  for (const row of rows) table.push(columns.map(([, cell]) => cellOf(cell(row))))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** One line, cut at what a person takes in at a glance. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ')
  return text.length > widestCell ? `${text.slice(0, widestCell - 1)}…` : text
}

/** "2026-11-27 16:10" of this machine's time zone. */
export function when(moment: string | null | undefined): string {
  if (!moment) return ''
  return new Date(moment).toLocaleString('sv-SE').slice(0, 16)
}

/** "in stock", "2027-03-11 – 2027-03-20 (third)": an availability in short. */
export function short(value: Json): string {
  if (value === null || value === undefined) return 'unknown'
  if (value.kind !== 'expected') return String(value.kind).replaceAll('-', ' ')
  const mark = value.mark ? `${value.mark} ` : ''
  return value.from === value.to ? `${mark}${value.from}` : `${mark}${value.from} – ${value.to} (${value.precision})`
}

export function numberOf(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new ApiError(`"${text}" is no number of customers: give the one that is shown.`)
}
