import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Json } from './client.ts'
import { ApiError } from './client.ts'

/** An order as the API takes it, from this line of the file; or what is wrong with the line. */
export type Row = { line: number; order: Json } | { line: number; wrong: string }

/** `number` to `language` are the order's, the others its line's; lines of an order stand one below the other. */
export const csvColumns = [
  'number', 'placedAt', 'updatedAt', 'email', 'name', 'language', 'url',
  'line', 'supplier', 'code', 'ean', 'product', 'title', 'quantity', 'status', 'told',
] as const // prettier-ignore

/** Orders from a file: .jsonl has one a line, .csv one line of an order a row. */
export async function readOrders(file: string): Promise<Row[]> {
  const text = (await readFile(file, 'utf8').catch((error: Error) => {
    throw new ApiError(`${file} cannot be read (${error.message}).`)
  })).replace(/^\uFEFF/, '') // prettier-ignore
  if (/\.(jsonl|ndjson)$/i.test(file)) return fromJsonLines(text)
  if (/\.csv$/i.test(file)) return fromCsv(text)
  throw new ApiError(`${file}: expected a file that ends in .jsonl or .csv.`)
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

type Cells = Record<string, string>

function fromCsv(text: string): Row[] {
  const delimiter = (text.split('\n')[0] ?? '').includes(';') ? ';' : ','
  const records = parseCsv(text, delimiter)
  const unknown = Object.keys(records[0]?.record ?? {}).filter((name) => !csvColumns.some((column) => column === name))
  if (unknown.length > 0)
    throw new ApiError(`Columns that nobody knows: ${unknown.join(', ')}. Known are: ${csvColumns.join(', ')}.`)
  const orders = new Map<string, { line: number; order: Json }>()
  const wrong: Row[] = []
  for (const { record, line } of records) {
    const number = record['number'] ?? ''
    if (number === '') {
      wrong.push({ line, wrong: 'the column "number" is empty' })
      continue
    }
    const known = orders.get(number) ?? { line, order: orderOf(record) }
    known.order.lines.push(lineOf(record, known.order.lines.length + 1))
    orders.set(number, known)
  }
  return [...wrong, ...orders.values()]
}

function parseCsv(text: string, delimiter: string): { record: Cells; line: number }[] {
  try {
    const options = { columns: true, delimiter, trim: true, skip_empty_lines: true, info: true } as const
    return (parse(text, options) as unknown as { record: Cells; info: { lines: number } }[]).map(({ record, info }) => {
      return { record, line: info.lines }
    })
  } catch (error) {
    throw new ApiError(`The file is no CSV that can be read: ${(error as Error).message}.`)
  }
}

function orderOf(record: Cells): Json {
  const { number, placedAt, updatedAt, email, name, language, url } = record
  return { ...given({ number, placedAt, updatedAt, url }), customer: given({ email, name, language }), lines: [] }
}

function lineOf(record: Cells, place: number): Json {
  const { line, supplier, code, ean, product, title, quantity, status, told } = record
  const pieces = quantity === undefined || quantity === '' ? 1 : Number(quantity)
  return {
    id: line || String(place),
    ...given({ supplier, code, ean, product, title, status, told }),
    quantity: pieces,
  }
}

/** An empty cell says nothing. */
function given(cells: Record<string, string | undefined>): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== undefined && value !== '')) as Cells
}
