import type { Column } from './table.ts'

export const columns: Column[] = [
  { key: 'code', header: 'Kód', text: ({ code }) => code, class: () => 'kod' },
  { key: 'ean', header: 'EAN', text: ({ ean }) => ean, class: () => 'ean' },
  { key: 'title', header: 'Název', text: ({ title }) => title },
  { key: 'price', header: 'Cena', text: ({ price }) => priceText(price), class: () => 'cena' },
  {
    key: 'delivery',
    header: 'Dostupnost',
    text: ({ delivery }) => delivery,
    class: ({ delivery }) => `dostupnost ${deliveryClass(delivery)}`,
  },
]

/** "1 299,00 Kč", with spaces that don't break. */
function priceText(price: number): string {
  const whole = String(price).replaceAll(/\B(?=(\d{3})+$)/g, '\u00A0')
  return `${whole},00\u00A0Kč`
}

function deliveryClass(delivery: string): string {
  if (/skladem/i.test(delivery)) return 'je-skladem'
  return /vyprodáno|ukončena/i.test(delivery) ? 'neni' : ''
}
