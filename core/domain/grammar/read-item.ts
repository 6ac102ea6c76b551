import type { Availability, Day, Reading } from '../availability.ts'
import type { Column } from '../supplier.ts'
import type { LeadTime } from './lead-time.ts'
import { isBlank, normalise } from './normalise.ts'
import { readQuantity } from './read-quantity.ts'
import type { Quantity } from './read-quantity.ts'
import { cursorOf, readLeadTime, readText } from './read-text.ts'
import type { ReadTextOptions } from './read-text.ts'

export type ReadItemOptions = Omit<ReadTextOptions, 'anchor'> & {
  columns: readonly Column[]
  /** The anchor of each availability column's saying. */
  anchors: Readonly<Record<string, Day>>
}

const order = ['discontinued', 'in-stock', 'expected', 'sold-out', 'on-request'] as const

/** What all of an item's cells say together (RULES section 1, "Several columns"). */
export function readItem(cells: Readonly<Record<string, string>>, options: ReadItemOptions): Reading {
  const said: Availability[] = []
  let blanks = 0
  for (const column of options.columns) {
    const text = cells[column.name]
    if (text === undefined) return { kind: 'unreadable', said: '' }
    if (isBlankCell(text, options)) {
      blanks += 1
      continue
    }
    const reading = readCell(text, column, options)
    if (reading?.kind === 'unreadable') return reading
    if (reading) said.push(reading)
  }
  if (said.length > 0) return together(said)
  if (blanks > 0 && options.blank) return { kind: options.blank }
  return { kind: 'unreadable', said: cells[options.columns[0]?.name ?? ''] ?? '' }
}

/** The lead time by which an item is expected that is, and since when it is said; null where its cells name a date. */
export function leadTimeOf(
  cells: Readonly<Record<string, string>>,
  options: ReadItemOptions,
): { leadTime: LeadTime; since: Day } | null {
  for (const { name, holds } of options.columns) {
    const [text, since] = [cells[name], options.anchors[name]]
    if (holds !== 'availability' || text === undefined || since === undefined) continue
    const cell = { ...options, anchor: since }
    // Of several that say a day the first counts.
    if (isBlankCell(text, options) || readText(text, cell).kind !== 'expected') continue
    const leadTime = readLeadTime(text, cell)
    return leadTime && { leadTime, since }
  }
  return null
}

/** A supplier may have a word for what looks blank. */
function isBlankCell(text: string, { words }: ReadItemOptions): boolean {
  return isBlank(text) && !(words && normalise(text) in words)
}

function readCell(text: string, { name, holds }: Column, options: ReadItemOptions): Reading | null {
  if (holds === 'quantity') return readQuantityCell(text, options)
  const anchor = options.anchors[name]
  if (anchor === undefined) throw new Error(`readItem was given no anchor for column "${name}"`)
  return readText(text, { ...options, anchor })
}

/** Above 0 is in stock, 0 says nothing (null); a column of pieces may also say "vyprodáno", but never a date. */
function readQuantityCell(text: string, options: ReadItemOptions): Reading | null {
  const anywhen = { ...options, anchor: '2000-01-01' }
  const cursor = cursorOf(normalise(text), anywhen)
  const quantity: Quantity | null = cursor && readQuantity(cursor)
  if (quantity === 'some') return { kind: 'in-stock' }
  if (quantity !== null) return quantity > 0 ? { kind: 'in-stock', quantity } : null
  const reading = readText(text, anywhen)
  return reading.kind === 'expected' ? { kind: 'unreadable', said: text } : reading
}

/** The first by kind; of several in stock, the one that says how many. */
function together(said: Availability[]): Availability {
  const kind = order.find((one) => said.some((availability) => availability.kind === one))
  const found = said.filter((availability) => availability.kind === kind)
  const counted = found.find((availability) => availability.kind === 'in-stock' && availability.quantity !== undefined)
  return counted ?? found[0] ?? (said[0] as Availability)
}
