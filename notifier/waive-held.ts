import { sameAvailability } from '#core/domain/availability.ts'
import { chunksOf } from '#core/store/mongo.ts'
import type { NoticesHold } from '#core/store/notice-holds.ts'
import type { LineChange } from '#core/store/orders.ts'
import type { Context } from './context.ts'
import { gatherFacts, outcomesOf } from './gather.ts'
import { planOrders } from './plan-orders.ts'

const ordersAtOnce = 500

/** A person wants none of these notices mailed: what they would say is waived, and they end. Repeating it is harmless. */
export async function waiveHeld(context: Context, { id, waivedAt = new Date(0) }: NoticesHold): Promise<void> {
  const { store } = context
  // What joined later was not meant.
  const held = (await store.notices.heldUnder(id)).filter(({ heldAt }) => heldAt <= waivedAt)
  for (const chunk of chunksOf(held, ordersAtOnce)) {
    const orders = chunk.map(({ order }) => order)
    await waiveLines(context, orders)
    await planOrders(context, orders)
  }
  // What moved meanwhile was not shown to the person: it is still held, and its hold opens anew.
  await store.holds.waivedAll(id)
}

async function waiveLines(context: Context, numbers: string[]): Promise<void> {
  const { store } = context
  const open = await store.notices.openOf(numbers)
  const orders = await store.orders.getMany(numbers)
  const facts = await gatherFacts(context, orders)
  const changes = orders.map((order) => {
    const lines: Record<string, LineChange> = {}
    for (const [line, outcome] of outcomesOf(context, order, facts)) {
      const shown = open.get(order.number)?.news.find((news) => news.line === line)
      if (outcome.kind !== 'due' || !shown || !sameAvailability(shown.now, outcome.news.now)) continue
      lines[line] = { waived: { value: shown.now, reason: 'hold', at: context.now() }, since: null }
    }
    return { guard: order, lines }
  })
  await store.orders.saveLines(changes)
}
