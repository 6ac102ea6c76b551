import { dayOf } from '#core/domain/day.ts'
import type { Item } from '#core/domain/item.ts'
import type { LineState, StoredOrder } from '#core/domain/line-state.ts'
import type { Facts as FactsWith } from '#core/domain/outcomes.ts'
import { itemOfLine as itemFor, outcomesOf as outcomesBy } from '#core/domain/outcomes.ts'
import type { LineOutcome } from '#core/domain/plan-line.ts'
import type { FactsRead } from '#core/store/facts.ts'
import { gatherFacts as gather } from '#core/store/facts.ts'
import type { ItemHold } from '#core/store/holds.ts'
import type { Context } from './context.ts'

export type Facts = FactsWith<ItemHold>
type Rules = Pick<Context, 'policy' | 'shop' | 'now'>

/** `supposed` items take the place of the stored ones: what would come of them, and nothing is written. */
export async function gatherFacts(
  { store, now }: Pick<Context, 'store' | 'now'>,
  orders: StoredOrder[],
  supposed?: ReadonlyMap<string, Item>,
): Promise<FactsRead> {
  return gather(store, orders, { now: now(), supposed })
}

/** What every line of an order has to say, by line id. */
export function outcomesOf({ policy, shop, now }: Rules, order: StoredOrder, facts: Facts): Map<string, LineOutcome> {
  const { timeZone } = shop
  return outcomesBy(order, facts, { policy, timeZone, today: dayOf(now(), timeZone) })
}

/** The same; null where it cannot be found out, so that one such order stands in nobody else's way. */
export function outcomesIfAny(context: Rules, order: StoredOrder, facts: Facts): Map<string, LineOutcome> | null {
  try {
    return outcomesOf(context, order, facts)
  } catch {
    // Whoever plans this very order notes it, and tells.
    return null
  }
}

type LineSight = { order: StoredOrder; state: LineState | undefined; facts: Facts }

/** Nothing of a retired supplier is mailed, not even that a date still stands. */
export function isOfRetired({ suppliers }: Facts, item: string | null | undefined): boolean {
  return item != null && suppliers.get(item.slice(0, item.indexOf('/')))?.retired === true
}

/** The item of a line as it is for this very order. */
export function itemOfLine({ shop }: Pick<Context, 'shop'>, sight: LineSight): Item | undefined {
  return itemFor({ ...sight, timeZone: shop.timeZone })
}
