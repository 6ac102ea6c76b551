import { parse } from 'csv-parse/sync'
import type { Json } from './client.ts'
import { ApiError } from './client.ts'
import type { Row } from './read-orders.ts'

const orderColumns = ['number', 'placedAt', 'updatedAt', 'email', 'name', 'language', 'url'] as const
const lineColumns = ['line', 'supplier', 'code', 'ean', 'product', 'title', 'quantity', 'status', 'told'] as const
const columns: readonly string[] = [...orderColumns, ...lineColumns]

type Cells = Partial<Record<string, string>>
type Gathered = { cells: Cells; rows: { record: Cells; line: number }[]; wrong?: { line: number; wrong: string } }

/** The first columns are the order's and may stand in one of its rows only; an order with rows that differ is refused whole. */
export function fromCsv(text: string): Row[] {
  const orders = new Map<string, Gathered>()
  const wrong: Row[] = []
  for (const { record, line } of recordsOf(text)) {
    const number = record['number']
    if (number === undefined) {
      wrong.push({ line, wrong: 'the column "number" is empty' })
      continue
    }
    const order: Gathered = orders.get(number) ?? { cells: {}, rows: [] }
    const differing = orderColumns.find((name) => differ(record[name], order.cells[name]))
    if (differing !== undefined)
      order.wrong ??= {
        line,
        wrong: `order ${number} has ${differing} "${record[differing]}" here and "${order.cells[differing]}" above: nothing of it is taken in`,
      }
    order.rows.push({ record, line })
    order.cells = { ...record, ...order.cells }
    orders.set(number, order)
  }
  return [...wrong, ...[...orders.values()].map(rowOf)]
}

function differ(here: string | undefined, above: string | undefined): boolean {
  return here !== undefined && above !== undefined && here !== above
}

function rowOf({ cells, rows, wrong }: Gathered): Row {
  if (wrong !== undefined) return wrong
  const { number, placedAt, updatedAt, url, email, name, language } = cells
  const lines = rows.map(({ record }, i) => lineOf(record, i + 1))
  return {
    line: rows[0]?.line ?? 0,
    lineRows: rows.map(({ line }) => line),
    order: { number, placedAt, updatedAt, url, customer: { email, name, language }, lines },
  }
}

function lineOf({ line, supplier, code, ean, product, title, quantity, status, told }: Cells, place: number): Json {
  return {
    id: line ?? String(place),
    supplier,
    code,
    ean,
    product,
    title,
    status,
    told,
    quantity: Number(quantity ?? 1),
  }
}

/** An empty cell says nothing. */
function recordsOf(text: string): { record: Cells; line: number }[] {
  const found = parseCsv(text).map(({ record, info }) => {
    const given = Object.entries(record).filter(([, cell]) => cell !== '')
    return { record: Object.fromEntries(given), line: info.lines, names: Object.keys(record) }
  })
  const unknown = (found[0]?.names ?? []).filter((name) => !columns.includes(name))
  if (unknown.length > 0)
    throw new ApiError(`Columns that nobody knows: ${unknown.join(', ')}. Known are: ${columns.join(', ')}.`)
  return found
}

function parseCsv(text: string): { record: Record<string, string>; info: { lines: number } }[] {
  const delimiter = (text.split('\n')[0] ?? '').includes(';') ? ';' : ','
  try {
    const options = { columns: true, delimiter, trim: true, skip_empty_lines: true, info: true } as const
    return parse(text, options) as unknown as { record: Record<string, string>; info: { lines: number } }[]
  } catch (error) {
    throw new ApiError(`The file is no CSV that can be read: ${(error as Error).message}.`)
  }
}
