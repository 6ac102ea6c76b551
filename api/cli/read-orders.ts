import { readFile } from 'node:fs/promises'
import type { Json } from './client.ts'
import { ApiError } from './client.ts'
import { fromCsv } from './orders-csv.ts'

/** An order as the API takes it, from this line of the file; or what is wrong with the line. */
export type Row = { line: number; order: Json; lineRows?: number[] } | { line: number; wrong: string }

/** Orders from a file: .jsonl has one a line, .csv one line of an order a row. */
export async function readOrders(file: string): Promise<Row[]> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new ApiError(`${file} cannot be read (${error.message}).`)
  })
  if (/\.(jsonl|ndjson)$/i.test(file)) return fromJsonLines(textOf(bytes, file))
  if (/\.csv$/i.test(file)) return fromCsv(textOf(bytes, file))
  throw new ApiError(`${file}: expected a file that ends in .jsonl or .csv.`)
}

/** Titles go into mails: what another encoding would make of them is refused and not replaced. A mark of order is taken off. */
function textOf(bytes: Buffer, file: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    return decoder.decode(bytes)
  } catch {
    const spoilt = bytes.toString('utf8').split('\n')
    const line = spoilt.findIndex((one) => one.includes('\uFFFD')) + 1
    throw new ApiError(
      `${file}:${line}: letters that are no UTF-8; nothing was taken in. Save the file as UTF-8 (Excel: "CSV UTF-8") and import it again.`,
    )
  }
}

function fromJsonLines(text: string): Row[] {
  return text.split('\n').flatMap((said, i): Row[] => {
    if (said.trim() === '') return []
    try {
      return [{ line: i + 1, order: JSON.parse(said) }]
    } catch (error) {
      return [{ line: i + 1, wrong: `no JSON: ${(error as Error).message}` }]
    }
  })
}
