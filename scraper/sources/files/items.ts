import type { Observation, UnfitRow } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import type { Fields } from '#scraper/sources/source.ts'
import type { Places } from '#scraper/sources/table.ts'
import { findPlaces, readRow } from '#scraper/sources/table.ts'
import type { Cell, FileRow, FileTable } from './file-table.ts'
import { beginning } from './file-table.ts'

export type Items = { observations: Observation[]; unfit: UnfitRow[] }
type Wanted = { fields: Fields; others?: string[] | undefined; columns: Column[] }

/** All wordings of all headers that hold what is wanted. */
export function wordingsOf({ fields, columns }: Pick<Wanted, 'fields' | 'columns'>): string[] {
  const { code, title, ean = [], cells } = fields
  return [...code, ...title, ...ean, ...columns.flatMap(({ name }) => cells[name] ?? [name])]
}

/** Holds a file's rows against what is wanted, by the rules of tables: items, and those rows that are none. */
export function itemsOf({ headers, rows, unit }: FileTable, { fields, others, columns }: Wanted): Items {
  // Keys are known by the records that have them.
  if (unit === 'record' && rows.length === 0) return { observations: [], unfit: [] }
  // A column without a header holds nothing that is wanted.
  const known = others && [...others, '']
  const places = findPlaces({ headers, rows: [], count: 0 }, { fields, others: known, details: undefined, columns })
  const items: Items = { observations: [], unfit: [] }
  for (const row of rows) {
    const item = row.unfit === undefined ? itemOf(padded(row, headers.length), places) : saidOf(row, row.unfit)
    if (typeof item === 'object') items.observations.push(item)
    else items.unfit.push({ where: `${unit} ${row.n}`, said: item })
  }
  return items
}

/** A sheet does not write the blank cells at the end of a row. */
function padded(row: FileRow, width: number): FileRow {
  const { cells } = row
  return cells.length >= width ? row : { ...row, cells: [...cells, ...Array<Cell>(width - cells.length).fill('')] }
}

/** The item in a row, or in words why there is none. */
function itemOf(row: FileRow, places: Places): Observation | string {
  const cells = row.cells.map((cell) => (typeof cell === 'string' ? cell : null))
  const read = readRow(
    { n: row.n, cells, said: beginning(row) },
    { places: { ...places, width: cells.length }, page: 1 },
  )
  if (read.kind === 'fits') return read.row
  const wanted = [places.code, places.title, places.ean ?? places.code, ...places.cells.map(([, at]) => at)]
  const noText = wanted.map((at) => row.cells[at]).find((cell) => typeof cell === 'object')
  return saidOf(row, noText ? noText.unfit : 'no code, or cells are missing')
}

function saidOf(row: FileRow, why: string): string {
  return `${why}: ${beginning(row)}`
}
