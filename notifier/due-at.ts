import { dueTime, lastMailAt, mayLeaveAt } from '#core/domain/due-time.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import type { Notice, PlannedNews } from '#core/domain/notice.ts'
import { outOfQuiet } from '#core/domain/quiet-hours.ts'
import type { Context } from './context.ts'

type Clocked = Pick<Context, 'policy' | 'shop' | 'now'>
type Fresh = { order: StoredOrder; news: PlannedNews[]; since: Date }

/** When a new notice is due. */
export function dueAtFirst(context: Clocked, { order, news, since }: Fresh): Date {
  return notInThePast(context, dueTime(since, rulesOf(context, order, news)))
}

/** The earlier time to which news of another kind brings an open notice; undefined where its time stays: it never grows. */
export function dueEarlier(
  context: Clocked,
  { order, notice, news }: { order: StoredOrder; notice: Notice; news: PlannedNews[] },
): Date | undefined {
  const before = dueTime(notice.since, rulesOf(context, order, notice.news))
  const after = dueTime(notice.since, rulesOf(context, order, news))
  return after < before && after < notice.dueAt ? notInThePast(context, after) : undefined
}

/** Until when a due notice must rest all the same: what it says, or what was sent meanwhile, may have become another. */
export function restUntil(context: Clocked, order: StoredOrder, news: PlannedNews[]): Date | null {
  const now = context.now()
  const at = mayLeaveAt(now, rulesOf(context, order, news))
  return at > now ? at : null
}

/** How long no mail may leave, whatever it says; 0 where it may. */
export function quietFor({ policy, shop, now }: Clocked): number {
  const moment = now()
  return outOfQuiet(moment, policy.quiet, shop.timeZone).getTime() - moment.getTime()
}

/** A time that is over is now, but for the quiet hours. */
function notInThePast({ policy, shop, now }: Clocked, time: Date): Date {
  return time < now() ? outOfQuiet(now(), policy.quiet, shop.timeZone) : time
}

function rulesOf({ policy, shop }: Clocked, order: StoredOrder, news: PlannedNews[]) {
  const kinds = news.map(({ kind }) => kind)
  return { kinds, lastMailAt: lastMailAt(order.lines), policy, timeZone: shop.timeZone }
}
