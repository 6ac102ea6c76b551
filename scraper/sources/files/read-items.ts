import type { Column } from '#core/domain/supplier.ts'
import type { FileFormat } from '#scraper/sources/source.ts'
import type { Fields } from '#scraper/sources/source.ts'
import type { Items } from './items.ts'
import { itemsOf, wordingsOf } from './items.ts'
import { readFile } from './read-file.ts'

export type ItemsWish = {
  file: FileFormat
  fields: Fields
  columns: Column[]
  others?: string[] | undefined
  trailer?: string | undefined
  totalAt?: string | undefined
  mostBytes: number
}

/** What a file holds: its items, and what it says of itself. */
export type FileItems = Items & { headers: string[]; rows: number; trailer: string | null; total: number | null }

export function readItems(bytes: Uint8Array, { fields, columns, others, ...wish }: ItemsWish): FileItems {
  const table = readFile(bytes, { ...wish, wanted: wordingsOf({ fields, columns }) })
  const { headers, rows, trailer, total } = table
  return { headers, rows: rows.length, trailer, total, ...itemsOf(table, { fields, columns, others }) }
}
