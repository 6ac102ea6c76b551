import type { Column } from '../portal/table.ts'

export const columns: Column[] = [
  { key: 'code', header: 'Indeks', text: ({ code }) => code },
  { key: 'title', header: 'Nazwa', text: ({ title }) => title },
  { key: 'ean', header: 'EAN', text: ({ ean }) => ean },
  { key: 'price', header: 'Cena netto', text: ({ price }) => `${price},00\u00A0zł`, class: () => 'netto' },
  { key: 'delivery', header: 'Dostępność', text: ({ delivery }) => delivery },
  { key: 'quantity', header: 'Ilość', text: ({ quantity = '' }) => quantity, class: () => 'ilosc' },
]
