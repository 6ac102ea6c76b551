import { chunksOf } from '#core/store/mongo.ts'
import type { Context } from './context.ts'
import { customerOf } from './count-customers.ts'
import { gatherFacts, outcomesIfAny } from './gather.ts'

/** Works out whom a hold of an item's news concerns: customers by address, and pieces of the lines that wait. */
export async function countNews(context: Context, item: string): Promise<void> {
  const customers = new Set<string>()
  let pieces = 0
  for (const chunk of chunksOf(await context.store.orders.withItems([item]), 500)) {
    const orders = await context.store.orders.getMany(chunk)
    const facts = await gatherFacts(context, orders)
    for (const order of orders) {
      const outcomes = outcomesIfAny(context, order, facts)
      for (const { id, quantity } of order.shop.lines) {
        if (outcomes?.get(id)?.kind !== 'held' || order.lines[id]?.item !== item) continue
        customers.add(customerOf(order.shop.customer.email))
        pieces += quantity
      }
    }
  }
  await context.store.holds.count(item, { customers: customers.size, pieces })
}
