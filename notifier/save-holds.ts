import { sameAvailability } from '#core/domain/availability.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import type { Held, LineOutcome } from '#core/domain/plan-line.ts'
import { isSameHeld } from '#core/domain/plan-line.ts'
import { chunksOf } from '#core/store/mongo.ts'
import type { Context } from './context.ts'
import { countNews } from './count-news.ts'
import type { Facts } from './gather.ts'
import { gatherFacts, outcomesIfAny } from './gather.ts'

type Planned = { order: StoredOrder; outcomes: Map<string, LineOutcome> }

/**
 * Opens a hold for news that a person must see first, and ends those that hold nothing any more. Returns the orders to
 * plan again: somebody decided, or planned by newer facts, since these were read.
 */
export async function saveHolds(context: Context, planned: Planned[], facts: Facts): Promise<string[]> {
  const { store, log } = context
  const held = heldItems(planned)
  const again: string[] = []
  for (const [item, { held: news, order }] of held) {
    const hold = facts.holds.get(item)
    if (hold?.state === 'open' && isSameHeld(hold, news)) continue
    if (!(await store.holds.open(item, news, hold))) {
      again.push(order)
      continue
    }
    await countNews(context, item)
    log.warn({ item, because: news.because }, `${item}: news held for a person · ${news.because}`)
  }
  const seen = new Set(planned.map(({ order }) => order.number))
  for (const [item, hold] of facts.holds) {
    if (hold.state === 'ended' || held.has(item)) continue
    const now = facts.items.get(item)?.now
    const isOther = now != null && !sameAvailability(hold.value, now.availability)
    if (isOther || (hold.state === 'open' && !(await isHeldElsewhere(context, item, seen)))) await store.holds.end(hold)
  }
  return again
}

/** What these orders' lines must not say yet: by item, and one of the orders. */
function heldItems(planned: Planned[]): Map<string, { held: Held; order: string }> {
  const items = new Map<string, { held: Held; order: string }>()
  for (const { order, outcomes } of planned) {
    for (const [id, outcome] of outcomes) {
      const item = order.lines[id]?.item
      if (outcome.kind === 'held' && item && !items.has(item))
        items.set(item, { held: outcome.held, order: order.number })
    }
  }
  return items
}

/** Whether a line of an order that is not looked at here waits for a person because of this item. */
async function isHeldElsewhere(context: Context, item: string, seen: Set<string>): Promise<boolean> {
  const numbers = (await context.store.orders.withItems([item])).filter((number) => !seen.has(number))
  for (const chunk of chunksOf(numbers, 500)) {
    const orders = await context.store.orders.getMany(chunk)
    const facts = await gatherFacts(context, orders)
    for (const order of orders) {
      const outcomes = [...(outcomesIfAny(context, order, facts) ?? [])]
      if (outcomes.some(([id, { kind }]) => kind === 'held' && order.lines[id]?.item === item)) return true
    }
  }
  return false
}
