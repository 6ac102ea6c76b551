import { Incomplete, TooLarge } from '#scraper/failure.ts'
import type { FileFormat } from '#scraper/sources/source.ts'
import { readCsv } from './csv.ts'
import type { FileTable } from './file-table.ts'
import { htmlInstead, isHtml } from './html-instead.ts'
import { parseJson } from './json.ts'
import type { Tree } from './records.ts'
import { recordsAt, tableOfRecords, totalAt } from './records.ts'
import { tableOfSheet } from './sheet.ts'
import { readXlsx } from './xlsx.ts'
import { parseXml } from './xml.ts'

export type FormatOf<F extends FileFormat['format']> = Omit<Extract<FileFormat, { format: F }>, 'format'>

export type FileWish = {
  file: FileFormat
  /** All wordings of all headers that are wanted: paths, where the file holds records. */
  wanted: string[]
  trailer?: string | undefined
  totalAt?: string | undefined
  mostBytes: number
}

/** The table in a file, or why there is none: no row is lost without a word. */
export function readFile(bytes: Uint8Array, wish: FileWish): FileTable {
  const { file, mostBytes } = wish
  if (bytes.length === 0) throw new Incomplete('the file is empty: it has not one byte')
  checkSize(bytes, mostBytes)
  if (isHtml(bytes)) throw htmlInstead(bytes, `a file as ${file.format}`)
  switch (file.format) {
    case 'csv':
      return tableOfSheet(readCsv(bytes, file), { ...file, trailer: wish.trailer })
    case 'xlsx':
      return tableOfSheet(readXlsx(bytes, { ...file, mostBytes }), { ...file, trailer: wish.trailer })
    case 'xml':
      return readTree(parseXml(bytes), file.records, wish)
    case 'json':
      return readTree(parseJson(bytes), file.records, wish)
    default:
      return file satisfies never
  }
}

export function checkSize({ length }: { length: number }, mostBytes: number): void {
  if (length <= mostBytes) return
  const [met, limit] = [length, mostBytes].map((bytes) => (bytes / 1_000_000).toFixed(1))
  throw new TooLarge(`the file has ${met} MB, more than the ${limit} of pageMegabytes in the definition's limits`)
}

function readTree(tree: Tree, records: string, { wanted, totalAt: path }: FileWish): FileTable {
  const total = path === undefined ? null : totalAt(tree, path)
  return tableOfRecords(recordsAt(tree, records), { wanted, total })
}
