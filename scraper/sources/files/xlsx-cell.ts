import type { CellObject } from '@e965/xlsx'
import { SSF } from '@e965/xlsx'
import type { Cell } from './file-table.ts'
import { collapsed } from './file-table.ts'
import type { ShownDate } from './number-format.ts'
import { shownBy } from './number-format.ts'

const format = SSF.format as (section: string, value: number) => string

const errors: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

/** A cell that has a look, but nothing in it. */
export function isEmpty({ t, f, F }: CellObject): boolean {
  return t === 'z' && f === undefined && F === undefined
}

/** The text of a cell, never more exact than what its number format shows, and never in Excel's own language. */
export function textOfCell({ t, v, z, f, F }: CellObject, date1904: boolean): Cell {
  if (t === 'e') return { unfit: 'an error of the workbook', said: errors[Number(v)] ?? '#ERROR' }
  const hasValue = v !== undefined && v !== null && t !== 'z'
  if (!hasValue && (f ?? F) !== undefined)
    return { unfit: 'a formula whose value is not in the file', said: `=${f ?? ''}` }
  if (!hasValue) return ''
  if (typeof v === 'string') return collapsed(v)
  if (typeof v === 'boolean') return String(v)
  if (typeof v !== 'number' || !Number.isFinite(v)) return { unfit: 'a value that is no number', said: String(v) }
  return textOfNumber(v, { format: z === undefined ? '' : String(z), date1904 })
}

function textOfNumber(value: number, { format: z, date1904 }: { format: string; date1904: boolean }): Cell {
  const shown = shownBy(z, value)
  switch (shown.kind) {
    case 'plain':
      return plainNumber(value)
    case 'text':
      return shown.text
    case 'date':
      return textOfDate(value + (date1904 ? 1462 : 0), shown.date)
    case 'formatted':
      return formatted(value, shown.section)
    default:
      return shown satisfies never
  }
}

/** Fifteen digits are what Excel keeps: what stands behind them is made up. */
function plainNumber(value: number): Cell {
  if (Math.abs(value) >= 1e15) return { unfit: 'a number that lost its last digits', said: String(value) }
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? { unfit: 'a number with an exponent', said: text } : text
}

function formatted(value: number, section: string): Cell {
  if (Math.abs(value) >= 1e15) return plainNumber(value)
  try {
    return collapsed(format(section, value))
  } catch {
    return { unfit: `a number format that is not known: ${section}`, said: String(value) }
  }
}

const lastSerial = 2_958_465

function textOfDate(serial: number, shown: ShownDate): Cell {
  if (serial < 0 || serial > lastSerial + 1) return { unfit: 'a date that does not exist', said: String(serial) }
  const seconds = Math.round(serial * 86_400)
  const stamp = new Date(Date.UTC(1899, 11, 30) + seconds * 1000).toISOString()
  const text = [shown.before, partsOf(stamp, shown), shown.after].filter((part) => part !== '').join(' ')
  return collapsed(text)
}

/** ISO in as many parts as are shown. A year that is hidden is Excel's guess of the day when it was typed. */
function partsOf(stamp: string, { year, month, day, time }: ShownDate): string {
  const [full, y, m, clock] = [stamp.slice(0, 10), stamp.slice(0, 4), stamp.slice(0, 7), stamp.slice(11, 19)]
  if (year && month && day) return time ? `${full}T${clock}` : full
  if (year) return month ? m : y
  if (month) return day ? `--${full.slice(5)}` : `--${m.slice(5)}`
  if (day) return `---${full.slice(8)}`
  return time ? clock : 'weekday'
}
