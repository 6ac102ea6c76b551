import { Fields } from '#scraper/sources/source.ts'
import type { FileFormat } from '#scraper/sources/source.ts'
import { itemsOf, wordingsOf } from '#scraper/sources/files/items.ts'
import type { FileTable } from '#scraper/sources/files/file-table.ts'
import type { FileWish } from '#scraper/sources/files/read-file.ts'
import { readFile } from '#scraper/sources/files/read-file.ts'

export const columns = [{ name: 'Termín', holds: 'availability' as const }]
export const fields = Fields.parse({ code: ['Kód'], title: ['Název'], ean: ['EAN'] })

/** Reads a file of Czech headers; records have the paths that are given. */
export function read(bytes: Uint8Array | string, file: FileFormat, more: Partial<FileWish> = {}): FileTable {
  const given = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return readFile(given, { file, wanted: wordingsOf({ fields, columns }), mostBytes: 20_000_000, ...more })
}

export function itemsIn(table: FileTable, others?: string[]) {
  return itemsOf(table, { fields, columns, others })
}

export function csv(changes: Partial<Extract<FileFormat, { format: 'csv' }>> = {}): FileFormat {
  return { format: 'csv', encoding: 'utf-8', delimiter: ';', headerLine: 1, ...changes }
}

export const header = 'Kód;EAN;Název;Termín'
export const observation = { code: '00123', ean: '4006381333931', title: 'Aurora', cells: { Termín: 'březen 2027' } }
