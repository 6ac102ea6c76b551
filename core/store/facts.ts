import type { Item } from '#core/domain/item.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import type { Facts } from '#core/domain/outcomes.ts'
import type { LineSituation } from '#core/domain/plan-line.ts'
import { isStale } from '#core/domain/silence.ts'
import type { ItemHold } from './holds.ts'
import type { Store } from './store.ts'
import type { Supplier } from './suppliers.ts'

type Read = Pick<Store, 'items' | 'suppliers' | 'holds' | 'orders' | 'people'>
type At = { now: Date; supposed?: ReadonlyMap<string, Item> | undefined }

/** Besides, to which addresses nothing is mailed: it is stored beside what they want. */
export type FactsRead = Facts<ItemHold> & { suppressed: ReadonlyMap<string, string> }

/** `supposed` items take the place of the stored ones: what would come of them, and nothing is written. */
export async function gatherFacts(store: Read, orders: StoredOrder[], { now, supposed }: At): Promise<FactsRead> {
  const ids = new Set(orders.flatMap((order) => itemsOf(order)))
  // Holds first: a decision on what is newer than the items that are read is never taken for one on other news.
  const holds = await store.holds.ofItems([...ids])
  const items = await store.items.getMany(ids)
  for (const id of ids) {
    const item = supposed?.get(id)
    if (item !== undefined) items.set(id, item)
  }
  const suppliers = await store.suppliers.getMany([...new Set([...items.values()].map((item) => item.supplier))])
  return {
    items,
    holds,
    suppliers: new Map(suppliers.map((supplier) => [supplier.id, sayOf(supplier, now)])),
    openQuantity: await openQuantities(store, items, orders),
    ...(await store.people.among([...new Set(orders.map(({ shop }) => shop.customer.email))])),
  }
}

function sayOf(supplier: Supplier, now: Date): LineSituation['supplier'] {
  const { declaration, baseline, silent, lastAccepted, paused } = supplier
  const isHeard = lastAccepted !== null && !isStale(supplier, now)
  const heard = isHeard ? { lastHeard: lastAccepted.requestedAt } : {}
  const said = { soldOut: declaration.soldOut, baseline: baseline?.run ?? null, silent: silent?.run ?? null }
  return { ...said, ...heard, ...(paused?.retired && { retired: true as const }) }
}

/** Only a quantity can be too small for what is waited for, and only for lines that were told something else. */
async function openQuantities(
  store: Read,
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
