import type { Day } from './availability.ts'
import { dayOf } from './day.ts'
import type { Item } from './item.ts'
import type { LineState, StoredOrder } from './line-state.ts'
import { itemForOrder } from './order-day.ts'
import type { HoldDecision, LineOutcome, LineSituation } from './plan-line.ts'
import { planLine } from './plan-line.ts'
import type { Policy } from './policy.ts'

/** All that the outcomes of some orders' lines depend on, read at one moment. */
export type Facts<H extends HoldDecision = HoldDecision> = {
  items: Map<string, Item>
  holds: Map<string, H>
  suppliers: Map<string, LineSituation['supplier']>
  openQuantity: Map<string, number>
  /** Addresses of customers who want only what is needed. */
  optedOut: ReadonlySet<string>
}
export type Rules = { policy: Policy; timeZone: string; today: Day }

/** What every line of an order has to say, by line id. */
export function outcomesOf(
  order: StoredOrder,
  facts: Facts,
  { policy, timeZone, today }: Rules,
): Map<string, LineOutcome> {
  return new Map(
    order.shop.lines.map((line) => {
      const state = order.lines[line.id]
      const item = itemOfLine({ order, state, facts, timeZone })
      const saidToAll = state?.item ? facts.items.get(state.item)?.now : undefined
      const outcome = planLine({
        line,
        state,
        item,
        ...(saidToAll && { saidToAll }),
        muted: order.shop.muted ?? false,
        optedOut: facts.optedOut.has(order.shop.customer.email),
        hold: item && facts.holds.get(item.id),
        supplier: (item && facts.suppliers.get(item.supplier)) ?? { soldOut: 'ask', baseline: null },
        openQuantity: item && facts.openQuantity.get(item.id),
        policy,
        today,
      })
      return [line.id, outcome]
    }),
  )
}

type LineSight = { order: StoredOrder; state: LineState | undefined; facts: Facts; timeZone: string }

/** The item of a line as it is for this very order. */
export function itemOfLine({ order, state, facts, timeZone }: LineSight): Item | undefined {
  const item = state?.item ? facts.items.get(state.item) : undefined
  return item && itemForOrder(item, dayOf(new Date(order.shop.placedAt), timeZone))
}
