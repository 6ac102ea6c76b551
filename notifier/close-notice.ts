import type { Availability } from '#core/domain/availability.ts'
import type { Told } from '#core/domain/line-state.ts'
import type { Notice, PlannedNews } from '#core/domain/notice.ts'
import { isUncertain } from '#core/domain/notice.ts'
import type { Context } from './context.ts'

/**
 * The second step of ending notices: their orders' `closed` rises and, of a sent one, told moves to what the mail showed.
 * It is derived from the notices alone, so that anybody may repeat it. Returns the notices, which stay marked until
 * their orders are planned again.
 */
export async function closeEnded({ store, at }: Pick<Context, 'store' | 'at'>, orders: string[]): Promise<Notice[]> {
  const ended = await store.notices.closing({ orders, limit: orders.length * 2 })
  await store.orders.closeEach(ended.map((notice) => ({ order: notice.order, n: notice.n, told: toldBy(notice) })))
  if (ended.length > 0) await at?.('told-moved')
  return ended
}

/** A notice that what was told is overdue names no other date: the customer holds the old one still. */
export function toldValueOf({ kind, told, now }: PlannedNews): Availability {
  return kind === 'overdue' ? told : now
}

export function toldBy(notice: Notice): Record<string, Told> {
  if (notice.state !== 'sent') return {}
  const { endedAt: at = new Date(), wrongRuns = [] } = notice
  return Object.fromEntries(
    (notice.message?.news ?? []).map((news) => [
      news.line,
      {
        value: toldValueOf(news),
        source: 'notice' as const,
        at,
        kind: news.kind,
        run: news.run,
        texts: news.texts,
        notice: notice.id,
        ...(news.kind !== 'overdue' && { before: news.told }),
        ...(isUncertain(notice) && { uncertain: true as const }),
        ...(news.kind !== 'overdue' && wrongRuns.includes(news.run) && { wrong: true as const }),
      },
    ]),
  )
}
