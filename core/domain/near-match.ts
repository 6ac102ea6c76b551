import type { Item } from './item.ts'
import type { OrderLine } from './order.ts'

/** Why an item may be the one that a line means, though nobody but the shop can say so. */
export type Near = { item: Item; because: 'ean' | 'code' }

/** A code without what people leave out or add: case, dashes, spaces, dots, underscores and slashes. */
export function plainCode(code: string): string {
  return code
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}_./\\]+/gu, '')
}

/** The ways in which the same article number is written: of 8, 12, 13 or 14 digits, with and without its check digit. */
export function eanForms(ean: string): string[] {
  const digits = ean.replaceAll(/[\s\p{Pd}]+/gu, '')
  if (!/^\d{6,14}$/.test(digits)) return [ean]
  const bare = digits.replace(/^0+/, '')
  const cores = [bare, ...(isChecked(bare) ? [bare.slice(0, -1)] : [`${bare}${checkDigit(bare)}`])]
  const forms = cores.flatMap((core) => [core, ...[8, 12, 13, 14].map((length) => core.padStart(length, '0'))])
  return [...new Set([ean, ...forms])]
}

/** Of some items those that a line may mean: by its EAN, by its code at that supplier, or by its product's name. */
export function nearOf(line: OrderLine, items: Iterable<Item>): Near[] {
  const forms = new Set(line.ean === undefined ? [] : eanForms(line.ean))
  const codes = new Set(codesOf(line))
  const found: Near[] = []
  for (const item of items) {
    if (line.supplier !== undefined && item.supplier !== line.supplier) continue
    if (item.ean !== undefined && forms.has(item.ean)) found.push({ item, because: 'ean' })
    else if (codes.has(plainCode(item.code))) found.push({ item, because: 'code' })
  }
  return found
}

/** What to look for in the store for lines that found no item. */
export function nearKeys(lines: OrderLine[]): { eans: string[]; codes: string[] } {
  const eans = lines.flatMap(({ ean }) => (ean === undefined ? [] : eanForms(ean)))
  return { eans: [...new Set(eans)], codes: [...new Set(lines.flatMap(codesOf))] }
}

function codesOf({ code, product }: OrderLine): string[] {
  return [code, product].flatMap((name) => (name === undefined || plainCode(name) === '' ? [] : [plainCode(name)]))
}

function isChecked(digits: string): boolean {
  return checkDigit(digits.slice(0, -1)) === Number(digits.slice(-1))
}

/** Weights of 3 and 1 from the right, whatever the length. */
function checkDigit(digits: string): number {
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}
