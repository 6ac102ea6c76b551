import { itemId } from './ids.ts'
import type { OrderLine } from './order.ts'

/** What a line points to, as it is kept with what was found: only when the shop changes that is the item found again. */
export function askedOf(line: OrderLine): string {
  return exactItem(line) === null ? wantsOf(line).join(' ') : `item:${exactItem(line)}`
}

/** What a line without supplier and code waits for: the keys under which orders are found when it comes. */
export function wantsOf({ ean, product }: OrderLine): string[] {
  return [...(ean === undefined ? [] : [wantsEan(ean)]), ...(product === undefined ? [] : [wantsProduct(product)])]
}

export function wantsEan(ean: string): string {
  return `ean:${ean}`
}

export function wantsProduct(product: string): string {
  return `product:${product}`
}

/** Supplier and code need no stored item. */
export function exactItem({ supplier, code }: OrderLine): string | null {
  return supplier === undefined || code === undefined ? null : itemId(supplier, code)
}
