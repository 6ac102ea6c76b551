import type { Column } from '../portal/table.ts'

/** Marks cells that are amounts. */
export const money = 'betrag'

export const columns: Column[] = [
  { key: 'code', header: 'Artikelnummer', text: ({ code }) => code },
  { key: 'title', header: 'Bezeichnung', text: ({ title }) => title },
  { key: 'ean', header: 'EAN', text: ({ ean }) => ean },
  { key: 'price', header: 'Händlerpreis', text: ({ price }) => String(price), class: () => money },
  { key: 'status', header: 'Lieferstatus', text: ({ status = '' }) => status },
  { key: 'delivery', header: 'Liefertermin', text: ({ delivery }) => delivery },
]
