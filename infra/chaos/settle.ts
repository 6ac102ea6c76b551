import type { Store } from '#core/store/store.ts'
import { openIncidents, unsettled } from './left.ts'
import type { ScriptOrder } from './orders.ts'
import type { ScriptSupplier } from './script.ts'
import type { Shop } from './shop.ts'
import { until } from './until.ts'

type Last = { shop: Shop; store: Store; suppliers: ScriptSupplier[]; signal: AbortSignal }

/** Runs of each supplier until so many of these last ones were accepted. */
export async function lastRuns(last: Last, after: Map<string, number>, count: number): Promise<void> {
  const { shop, suppliers, signal } = last
  await Promise.all(
    suppliers.map(({ id }) =>
      until(
        `${count} last runs of ${id}`,
        async () => {
          await shop.resumePaused()
          await shop.askForRun(id)
          const page = await last.store.runs.page({ supplier: id, limit: 50 })
          const accepted = page.filter(({ state, number = 0 }) => state === 'accepted' && number > (after.get(id) ?? 0))
          return accepted.length >= count
        },
        { seconds: 600, signal, everyMs: 500 },
      ),
    ),
  )
}

const tellsEveryMs = 10_000

type Rest = Last & { orders: ScriptOrder[]; moved: Map<string, string>; say(line: string): void }

/**
 * Waits until nothing is under way any more, and no incident is open; customers whose address was refused for good get
 * another one. Says what is left where it does not end.
 */
export async function comeToRest({ shop, store, orders, moved, say, signal }: Rest): Promise<string[]> {
  let left: string[] = []
  const told = setInterval(() => say(`still ${left.join(', ') || 'something'}`), tellsEveryMs)
  const isAtRest = async () => {
    await shop.resumePaused()
    const suppressed = await suppressedOrders(store, orders)
    for (const order of suppressed) await moveAddress(shop, order, moved)
    left = [...(await unsettled(store)), ...suppressed.map(({ number }) => `order ${number} waits for an address`)]
    return left.length === 0
  }
  // Twice, and some time between: what passes from one state to the next may slip through a single look.
  await until('rest', isAtRest, { seconds: 900, signal }).catch(() => false)
  await until('rest', isAtRest, { seconds: 60, signal, everyMs: 1_500 }).catch(() => false)
  clearInterval(told)
  return [...left, ...(await openIncidents(store, { seconds: 60, signal }))]
}

async function suppressedOrders(store: Store, orders: ScriptOrder[]): Promise<ScriptOrder[]> {
  if ((await store.notices.count('suppressed')) === 0) return []
  const open = await store.notices.openOf(orders.map(({ number }) => number))
  return orders.filter(({ number }) => open.get(number)?.state === 'suppressed')
}

async function moveAddress(shop: Shop, order: ScriptOrder, moved: Map<string, string>): Promise<void> {
  const email = moved.get(order.number) ?? `new-${order.number}-${order.email}`
  moved.set(order.number, email)
  await shop.put([{ ...order, email }])
}
