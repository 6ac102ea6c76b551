import type { Told } from '#core/domain/line-state.ts'
import type { Notice } from '#core/domain/notice.ts'
import type { Context } from './context.ts'

/**
 * The second step of ending notices: their orders' `closed` rises and, of a sent one, told moves to what the mail showed.
 * It is derived from the notices alone, so that anybody may repeat it. Returns the notices, which stay marked until
 * their orders are planned again.
 */
export async function closeEnded({ store, at }: Pick<Context, 'store' | 'at'>, orders: string[]): Promise<Notice[]> {
  const ended = await store.notices.closing({ orders, limit: orders.length * 2 })
  for (const notice of ended) {
    await store.orders.close(notice.order, notice.n, notice.state === 'sent' ? toldBy(notice) : {})
    await at?.('told-moved')
  }
  return ended
}

function toldBy(notice: Notice): Record<string, Told> {
  const at = notice.endedAt ?? new Date()
  const uncertain = notice.window === true && notice.reason !== undefined
  return Object.fromEntries(
    (notice.message?.news ?? []).map(({ line, kind, told, now, run, texts }) => [
      line,
      {
        value: now,
        source: 'notice' as const,
        at,
        kind,
        run,
        texts,
        notice: notice.id,
        before: told,
        ...(uncertain && { uncertain: true as const }),
      },
    ]),
  )
}
