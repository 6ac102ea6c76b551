import type { Item } from '#core/domain/item.ts'
import type { LineState, StoredOrder } from '#core/domain/line-state.ts'
import { itemForOrder } from '#core/domain/order-day.ts'
import type { LineOutcome, LineSituation } from '#core/domain/plan-line.ts'
import { planLine } from '#core/domain/plan-line.ts'
import { dayOf } from '#core/domain/day.ts'
import type { SupplierDeclaration } from '#core/domain/supplier.ts'
import { isStale } from '#core/domain/silence.ts'
import type { ItemHold } from '#core/store/holds.ts'
import type { Store } from '#core/store/store.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Context } from './context.ts'

/** All that the outcomes of some orders' lines depend on, read at one moment. */
export type Facts = {
  items: Map<string, Item>
  holds: Map<string, ItemHold>
  suppliers: Map<string, LineSituation['supplier']>
  openQuantity: Map<string, number>
  declarations: Map<string, SupplierDeclaration>
}

/** `supposed` items take the place of the stored ones: what would come of them, and nothing is written. */
export async function gatherFacts(
  { store, now }: Pick<Context, 'store' | 'now'>,
  orders: StoredOrder[],
  supposed?: ReadonlyMap<string, Item>,
): Promise<Facts> {
  const ids = new Set(orders.flatMap((order) => itemsOf(order)))
  const items = await store.items.getMany(ids)
  for (const id of ids) {
    const item = supposed?.get(id)
    if (item !== undefined) items.set(id, item)
  }
  const suppliers = await store.suppliers.getMany([...new Set([...items.values()].map((item) => item.supplier))])
  return {
    items,
    holds: await store.holds.ofItems([...ids]),
    suppliers: new Map(suppliers.map((supplier) => [supplier.id, sayOf(supplier, now())])),
    openQuantity: await openQuantities(store, items, orders),
    declarations: new Map(suppliers.map(({ id, declaration }) => [id, declaration])),
  }
}

/** What every line of an order has to say, by line id. */
export function outcomesOf(
  context: Pick<Context, 'policy' | 'shop' | 'now'>,
  order: StoredOrder,
  facts: Facts,
): Map<string, LineOutcome> {
  const today = dayOf(context.now(), context.shop.timeZone)
  return new Map(
    order.shop.lines.map((line) => {
      const state = order.lines[line.id]
      const item = itemOfLine(context, { order, state, facts })
      const saidToAll = state?.item ? facts.items.get(state.item)?.now : undefined
      const outcome = planLine({
        line,
        state,
        item,
        ...(saidToAll && { saidToAll }),
        muted: order.shop.muted ?? false,
        hold: item && facts.holds.get(item.id),
        supplier: (item && facts.suppliers.get(item.supplier)) ?? { soldOut: 'ask', baseline: null },
        openQuantity: item && facts.openQuantity.get(item.id),
        policy: context.policy,
        today,
      })
      return [line.id, outcome]
    }),
  )
}

type LineSight = { order: StoredOrder; state: LineState | undefined; facts: Facts }

/** The item of a line as it is for this very order. */
export function itemOfLine({ shop }: Pick<Context, 'shop'>, { order, state, facts }: LineSight): Item | undefined {
  const item = state?.item ? facts.items.get(state.item) : undefined
  const declaration = item && facts.declarations.get(item.supplier)
  if (item === undefined || declaration === undefined) return item
  return itemForOrder(item, { orderDay: dayOf(new Date(order.shop.placedAt), shop.timeZone), declaration })
}

function sayOf(supplier: Supplier, now: Date): LineSituation['supplier'] {
  const { declaration, baseline, silent, lastAccepted } = supplier
  const isHeard = lastAccepted !== null && !isStale(supplier, now)
  const heard = isHeard ? { lastHeard: lastAccepted.requestedAt } : {}
  return { soldOut: declaration.soldOut, baseline: baseline?.run ?? null, silent: silent?.run ?? null, ...heard }
}

/** Only a quantity can be too small for what is waited for, and only for lines that were told something else. */
async function openQuantities(
  store: Store,
  items: Map<string, Item>,
  orders: StoredOrder[],
): Promise<Map<string, number>> {
  const quantities = new Map<string, number>()
  const lines = orders.flatMap((order) => Object.values(order.lines))
  const waited = new Set(lines.filter((line) => line.told?.value.kind !== 'in-stock').map((line) => line.item))
  for (const item of items.values()) {
    if (!waited.has(item.id)) continue
    const now = item.now?.availability
    if (now?.kind !== 'in-stock' || now.quantity === undefined) continue
    quantities.set(item.id, await store.orders.openQuantity(item.id))
  }
  return quantities
}

function itemsOf(order: StoredOrder): string[] {
  return Object.values(order.lines).flatMap((line) => (line.item === null ? [] : [line.item]))
}
