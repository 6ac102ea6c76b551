import { createHash } from 'node:crypto'
import type { Item } from '#core/domain/item.ts'
import { chunksOf } from '#core/store/mongo.ts'
import type { Context } from './context.ts'
import { gatherFacts, outcomesIfAny } from './gather.ts'

export type Reader = Pick<Context, 'store' | 'policy' | 'shop' | 'now'>

const itemsAtOnce = 500
const ordersAtOnce = 500

/** One customer is one address, however it is written. */
export function customerOf(email: string): string {
  return email.trim().toLowerCase()
}

/** The same for equal addresses, and nobody reads the address out of it: for notices, that are counted by customer. */
export function customerKey(email: string): string {
  return createHash('sha256').update(customerOf(email)).digest('hex').slice(0, 24)
}

/** Customers with a line that would be due if these items were so: by address, however many orders they have. */
export async function customersTouched(context: Reader, supposed: ReadonlyMap<string, Item>): Promise<Set<string>> {
  return new Set((await ordersTouched(context, supposed)).values())
}

/** Orders with such a line, by number, and whose they are. */
export async function ordersTouched(
  context: Reader,
  supposed: ReadonlyMap<string, Item>,
): Promise<Map<string, string>> {
  const touched = new Map<string, string>()
  for (const ids of chunksOf([...supposed.keys()], itemsAtOnce)) {
    const numbers = await context.store.orders.withItems(ids)
    for (const chunk of chunksOf(numbers, ordersAtOnce)) await add(chunk)
  }
  return touched

  async function add(numbers: string[]): Promise<void> {
    const orders = await context.store.orders.getMany(numbers)
    const facts = await gatherFacts(context, orders, supposed)
    for (const order of orders) {
      const outcomes = outcomesIfAny(context, order, facts)
      const isTouched = [...(outcomes ?? [])].some(
        ([id, { kind }]) => kind === 'due' && supposed.has(order.lines[id]?.item ?? ''),
      )
      // What nobody can tell may be a mail.
      if (isTouched || outcomes === null) touched.set(order.number, customerOf(order.shop.customer.email))
    }
  }
}
