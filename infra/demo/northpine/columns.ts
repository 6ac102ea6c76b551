import type { Column, Table } from '../portal/table.ts'

/** Headers are paths in the data. */
export const columns: Column[] = [
  { key: 'code', header: 'sku', text: ({ code }) => code },
  { key: 'title', header: 'name', text: ({ title }) => title },
  { key: 'ean', header: 'upc', text: ({ ean }) => ean },
  { key: 'status', header: 'stock.status', text: ({ status = '' }) => status },
  { key: 'quantity', header: 'stock.qty', text: ({ quantity = '' }) => quantity },
  { key: 'delivery', header: 'stock.eta', text: ({ delivery }) => delivery },
]

type Item = Record<string, unknown>

/** The rows of the table as data. */
export function itemsOf({ columns: shown, rows }: Table): Item[] {
  return rows.flatMap((row) => {
    if ('heading' in row) return []
    const item: Item = {}
    for (const [at, cell] of row.cells.entries()) {
      const column = shown[at]
      if (column) put(item, column.header.split('.'), valueOf(column, cell.text))
    }
    return [item]
  })
}

function valueOf({ key }: Column, text: string): string | number | null {
  if (key === 'quantity') return text === '' ? null : Number(text)
  return key === 'delivery' && text === '' ? null : text
}

function put(item: Item, [name = '', ...deeper]: string[], value: unknown): void {
  if (deeper.length === 0) item[name] = value
  else {
    item[name] ??= {}
    put(item[name] as Item, deeper, value)
  }
}
