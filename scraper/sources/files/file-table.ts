/** A cell that holds no one text: an error of the workbook, a list where one value is wanted. */
export type NoText = { unfit: string; said: string }
export type Cell = string | NoText

/** `n` counts as a person would who opens the file: rows of the sheet, or records, from 1. */
export type FileRow = { n: number; cells: Cell[]; unfit?: string }

/** A file as a table: its rows are still to be held against the headers that are wanted. */
export type FileTable = {
  /** What one row is called in words. */
  unit: 'row' | 'record'
  headers: string[]
  rows: FileRow[]
  /** The last row, which is no item, where the definition names one. */
  trailer: string | null
  /** What the file itself says of the number of its records. */
  total: number | null
}

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.said
}

/** How a row begins, for messages. */
export function beginning({ cells }: Pick<FileRow, 'cells'>): string {
  return cells.slice(0, 4).map(textOf).join(' | ').slice(0, 120)
}

/** White space as in a page's cell: collapsed, NBSP kept. */
export function collapsed(text: string): string {
  return /[\t\r\n\f]|  |^ | $/.test(text) ? text.replaceAll(/[ \t\r\n\f]+/g, ' ').replaceAll(/^ | $/g, '') : text
}

export function isBlankRow(cells: Cell[]): boolean {
  return cells.every((cell) => typeof cell === 'string' && /^\s*$/.test(cell))
}
