import type { Fault, World } from './faults/fault.ts'
import type { DemoItem } from './items.ts'

/** One page of the table, as it will be shown; `total` is null where the portal doesn't say it. */
export type Listing = {
  rows: DemoItem[]
  all: DemoItem[]
  from: number
  to: number
  total: number | null
  page: number
  pages: number
  size: number
}

export type ColumnKey = 'code' | 'title' | 'ean' | 'price' | 'delivery' | 'status' | 'quantity' | 'added'
export type Column = { key: ColumnKey; header: string; text(item: DemoItem): string; class?(item: DemoItem): string }
export type Cell = { text: string; class: string }
/** A row has a cell for each column, unless a mood took some, or is one heading over all of them. */
export type Row = { cells: Cell[] } | { heading: string }
export type Table = { columns: Column[]; rows: Row[] }

/** The page of this number, or undefined where the table doesn't have one. */
export function listingOf(all: DemoItem[], page: number, size: number): Listing | undefined {
  const pages = Math.max(1, Math.ceil(all.length / size))
  if (!Number.isInteger(page) || page < 1 || page > pages) return undefined
  const start = (page - 1) * size
  const rows = all.slice(start, start + size)
  const shown = { from: Math.min(start + 1, all.length), to: start + rows.length }
  return { rows, all, ...shown, total: all.length, page, pages, size }
}

type Shown = { items: DemoItem[]; columns: Column[]; page: number; size: number; fault: Partial<Fault>; world: World }

/** A page of the table as the mood of the moment leaves it. */
export function showTable(shown: Shown): (Table & { listing: Listing }) | undefined {
  const { fault, world } = shown
  const plain = listingOf(fault.items?.(shown.items, world) ?? shown.items, shown.page, shown.size)
  if (!plain) return undefined
  const listing = fault.listing?.(plain, world) ?? plain
  const columns = fault.columns?.(shown.columns, world) ?? shown.columns
  const rows = listing.rows.map((item): Row => ({ cells: columns.map((column) => cellOf(column, item)) }))
  return { listing, columns, rows: fault.rows?.(rows, world) ?? rows }
}

function cellOf(column: Column, item: DemoItem): Cell {
  return { text: column.text(item), class: column.class?.(item) ?? '' }
}
