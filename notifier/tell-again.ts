import { sameAvailability } from '#core/domain/availability.ts'
import { chunksOf } from '#core/store/mongo.ts'
import type { ToldLine } from '#core/store/notices.ts'
import { announced } from './announced.ts'
import { closeEnded } from './close-notice.ts'
import type { Context } from './context.ts'
import { gatherFacts, itemOfLine } from './gather.ts'
import { planEach } from './plan-each.ts'

/**
 * Marks what customers still hold from this run, and is not so by now, as wrong, and plans their orders: what differs from
 * *now* is told as a correction (RULES section 3). Repeating it changes nothing.
 */
export async function tellAgain(context: Context, run: string): Promise<void> {
  const { store, log } = context
  const wish = await store.tellAgains.get(run)
  if (wish?.toMark === undefined) return
  // First: what is sent in between is found among what was told.
  await store.notices.markWrong(run)
  const told = await store.notices.toldOf(run)
  const orders = [...new Set(told.map(({ order }) => order))]
  await announced(context, orders.length, async () => {
    // What was sent a moment ago may not count as told yet.
    for (const chunk of chunksOf(orders)) await closeEnded(context, chunk)
    for (const chunk of chunksOf(told)) await store.orders.markWrong(await stillWrong(context, chunk))
    await planEach(context, orders)
  })
  await store.tellAgains.marked(wish)
  log.info(
    { run },
    `${run} was wrong, a person says · ${orders.length} orders were told of it, and are looked at again`,
  )
}

/** What the item says by now is no mistake any more: when it moves on, that is news as any other. */
async function stillWrong(context: Context, told: ToldLine[]): Promise<ToldLine[]> {
  const list = await context.store.orders.getMany([...new Set(told.map(({ order }) => order))])
  const facts = await gatherFacts(context, list)
  const orders = new Map(list.map((order) => [order.number, order]))
  return told.filter(({ order: number, line, value }) => {
    const order = orders.get(number)
    const now = order && itemOfLine(context, { order, state: order.lines[line], facts })?.now
    return now == null || !sameAvailability(value, now.availability)
  })
}

/** For the sweep, where a notifier died in between or did not hear of it. */
export async function tellAgainLeft(context: Context): Promise<void> {
  for (const { run } of await context.store.tellAgains.toMark()) await tellAgain(context, run)
}
