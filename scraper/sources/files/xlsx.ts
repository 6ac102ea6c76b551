import type { CellObject, Range, WorkBook, WorkSheet } from '@e965/xlsx'
import { read } from '@e965/xlsx'
import { PortalChanged, TooLarge } from '#scraper/failure.ts'
import type { Cell, FileRow } from './file-table.ts'
import { isBlankRow } from './file-table.ts'
import type { FormatOf } from './read-file.ts'
import type { Sheet } from './sheet.ts'
import { isEmpty, textOfCell } from './xlsx-cell.ts'
import { checkZip } from './zip-directory.ts'

/** More than what comes over the wire, for what it is unpacked to. */
const unpackedPerPacked = 10
const mostCells = 20_000_000

type Wanted = FormatOf<'xlsx'> & { mostBytes: number }

/** Rows of one sheet, titles and headers included. Rows and columns that are hidden or filtered away count: they are data. */
export function readXlsx(bytes: Uint8Array, { sheet, headerLine, mostBytes }: Wanted): Sheet {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw notAWorkbook(bytes)
  checkZip(bytes, mostBytes * unpackedPerPacked)
  const { book, name } = openSheet(bytes, sheet)
  const found = book.Sheets[name]
  if (!found) throw new PortalChanged(`the sheet "${name}" of the workbook holds no table`)
  const date1904 = book.Workbook?.WBProps?.date1904 ?? false
  return { rows: rowsOf(found, { date1904, headerLine }), isRagged: false, endsInLine: false }
}

function notAWorkbook(bytes: Uint8Array): PortalChanged {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (start === 'd0cf11e0') return new PortalChanged('the file is an old .xls, or a workbook with a password; not XLSX')
  const words = JSON.stringify(Buffer.from(bytes.subarray(0, 60)).toString('latin1'))
  return new PortalChanged(`the file is no XLSX workbook; it begins ${words}`)
}

function openSheet(bytes: Uint8Array, wanted: string | undefined): { book: WorkBook; name: string } {
  const book = parse(bytes, wanted ?? 0)
  const name = nameOfSheet(book, wanted)
  return name in book.Sheets ? { book, name } : { book: parse(bytes, name), name }
}

function parse(bytes: Uint8Array, sheets: string | number): WorkBook {
  // A formula that was never worked out has no value: only with both of the last two is it more than a blank cell.
  const kept = { dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: true, sheetStubs: true }
  try {
    return read(bytes, { type: 'array', sheets, ...kept })
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new PortalChanged(`the workbook cannot be read: ${said.slice(0, 160)}`)
  }
}

/** The one that is named, else the only one that is not hidden. */
function nameOfSheet(book: WorkBook, wanted: string | undefined): string {
  const hidden = book.Workbook?.Sheets?.map((sheet) => (sheet.Hidden ?? 0) > 0) ?? []
  const names = book.SheetNames
  const visible = names.filter((_, i) => !hidden[i])
  const [only, ...more] = wanted === undefined ? visible : names.filter((name) => name.trim() === wanted.trim())
  if (only !== undefined && more.length === 0) return only
  const met = names.map((name) => `"${name}"`).join(', ') || 'none'
  throw new PortalChanged(`expected ${wanted === undefined ? 'one sheet' : `the sheet "${wanted}"`}; met ${met}`)
}

type Cells = (CellObject | undefined)[]

/** Only as wide as the headers: what stands beside a table is none of it. */
function rowsOf(sheet: WorkSheet, { date1904, headerLine }: { date1904: boolean; headerLine: number }): FileRow[] {
  const data = (sheet['!data'] ?? []) as Cells[]
  const width = (data[headerLine - 1] ?? []).findLastIndex(isThere) + 1
  const rows: FileRow[] = []
  // Rows that nobody wrote are holes, which forEach leaves out: a sheet may say that it has a million.
  data.forEach((cells, r) => {
    if (!cells.some(isThere)) return
    const texts = Array.from(cells.slice(0, width), (cell) => (cell ? textOfCell(cell, date1904) : ''))
    rows[r] = { n: r + 1, cells: texts }
    if (rows.length * width > mostCells) throw new TooLarge(`the sheet has more than ${mostCells} cells`)
  })
  for (const merge of sheet['!merges'] ?? []) spread(merge, { rows, width })
  return rows.filter(({ cells }) => !isBlankRow(cells))
}

function isThere(cell: CellObject | undefined): boolean {
  return cell !== undefined && !isEmpty(cell)
}

/** A value over several rows holds for each of them; one over several columns is no cell of a table, but a heading. */
function spread({ s, e }: Range, { rows, width }: { rows: FileRow[]; width: number }): void {
  const value = rows[s.r]?.cells[s.c] ?? ''
  for (let r = s.r; r <= Math.min(e.r, rows.length - 1); r++) {
    const cells = rows[r]?.cells ?? []
    while (cells.length > 0 && cells.length < Math.min(e.c + 1, width)) cells.push('')
    for (let c = s.c; c <= Math.min(e.c, cells.length - 1); c++) cells[c] = e.c > s.c ? headed(value, c > s.c) : value
  }
}

function headed(value: Cell, isCovered: boolean): Cell {
  return { unfit: 'cells merged across columns', said: isCovered || typeof value !== 'string' ? '' : value }
}
