import { dayOf } from '#core/domain/day.ts'
import type { Context } from './context.ts'

/** For how many days things are kept that nobody waits for any more. */
export type Keep = { evidenceDays: number; partsDays: number; runsDays: number; closedOrdersDays: number }

const ordersAtOnce = 200

/** Once a day: what is kept longer than its setting says is forgotten. Evidence and parts end by themselves in the store. */
export async function forgetOld(context: Context): Promise<void> {
  const { store, keep, log, now, shop } = context
  const orders = await forgetOrders(context, daysAgo(now(), keep.closedOrdersDays))
  const runs = await store.runs.dropEnded(daysAgo(now(), keep.runsDays))
  const incidents = await store.incidents.dropClosed(daysAgo(now(), keep.runsDays))
  await store.shopSettings.dropMailCounts(dayOf(now(), shop.timeZone))
  if (orders + runs + incidents === 0) return
  log.info({ orders, runs, incidents }, `forgotten by age: ${orders} orders, ${runs} runs, ${incidents} incidents`)
}

/**
 * Notices first: an order that is put again after it was forgotten counts its notices from 1 anew, and must not meet one
 * that was left behind.
 */
async function forgetOrders({ store }: Context, before: Date): Promise<number> {
  let forgotten = 0
  for (;;) {
    const closed = await store.orders.closedBefore(before, ordersAtOnce)
    let dropped = 0
    for (const order of closed) {
      await store.notices.dropOf(order.number)
      if (await store.orders.drop(order)) dropped += 1
    }
    forgotten += dropped
    if (dropped === 0) return forgotten
  }
}

function daysAgo(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * 86_400_000)
}
