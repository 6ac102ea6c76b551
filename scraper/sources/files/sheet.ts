import { Incomplete, PortalChanged } from '#scraper/failure.ts'
import type { FileRow, FileTable } from './file-table.ts'
import { beginning, textOf } from './file-table.ts'

/** The rows of a CSV file or a sheet that are not blank, titles and headers included. */
export type Sheet = {
  rows: FileRow[]
  /** A row may be longer or shorter than the headers by mistake, so that its cells are shifted. */
  isRagged: boolean
  /** The last line has no end: where its row is short, the file was cut. */
  endsInLine: boolean
}

type Wanted = { headerLine: number; trailer?: string | undefined }

/** Parts headers, items and trailer; a row that does not stand under the headers is unfit. */
export function tableOfSheet(sheet: Sheet, { headerLine, trailer }: Wanted): FileTable {
  const headers = headersOf(sheet.rows, headerLine)
  const below = sheet.rows.filter(({ n }) => n > headerLine)
  const last = trailer === undefined ? null : trailerOf(below, trailer)
  const items = last === null ? below : below.slice(0, -1)
  checkEnd(items, { headers, isCut: sheet.endsInLine && last === null })
  const rows = sheet.isRagged ? items.map((row) => underHeaders(row, headers)) : items
  return { unit: 'row', headers, rows, trailer: last, total: null }
}

function headersOf(rows: FileRow[], headerLine: number): string[] {
  const headers = (rows.find(({ n }) => n === headerLine)?.cells ?? []).map(textOf)
  while (headers.at(-1)?.trim() === '') headers.pop()
  if (headers.length > 0) return headers
  const isShort = rows.every(({ n }) => n < headerLine)
  if (isShort) throw new Incomplete(`the file has no headers: expected them in row ${headerLine}, and it ends before`)
  throw new PortalChanged(`row ${headerLine} of the file is empty; expected the headers there`)
}

/** The file's last row must be the trailer: where it is not, the rest did not come. */
function trailerOf(rows: FileRow[], trailer: string): string {
  const last = rows.at(-1)
  const texts = last?.cells.map(textOf).filter((text) => text.trim() !== '') ?? []
  if (texts[0]?.startsWith(trailer)) return texts.join(' | ')
  const met = last ? `the last row is ${last.n}: "${beginning(last)}"` : 'there are no rows'
  throw new Incomplete(`the file does not end with a row that begins with "${trailer}": it was cut; ${met}`)
}

function checkEnd(rows: FileRow[], { headers, isCut }: { headers: string[]; isCut: boolean }): void {
  const last = rows.at(-1)
  if (isCut && last && last.cells.length < headers.length)
    throw new Incomplete(`the file ends in the middle of row ${last.n}: "${beginning(last)}"`)
}

function underHeaders(row: FileRow, headers: string[]): FileRow {
  const { cells } = row
  const surplus = cells.slice(headers.length).some((cell) => textOf(cell).trim() !== '')
  if (cells.length < headers.length || surplus) {
    return { ...row, unfit: `${cells.length} cells under ${headers.length} headers` }
  }
  return row
}
