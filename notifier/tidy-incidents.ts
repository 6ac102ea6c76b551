import type { Notice } from '#core/domain/notice.ts'
import { isUncertain } from '#core/domain/notice.ts'
import type { Context } from './context.ts'

/** What a notice was in trouble with is over once it, or a later one of its order, has got on: whoever brought that about. */
export async function tidyIncidents({ store, incidents }: Context): Promise<void> {
  const isOver: Record<string, (id: string) => Promise<boolean>> = { 'notice-failed': isFailedNoMore, window: isTold }
  for (const { kind, subject } of await store.incidents.openOnes())
    if (await isOver[kind]?.(subject)) await incidents.close(kind, subject)

  async function isFailedNoMore(id: string): Promise<boolean> {
    const notice = await store.notices.get(id)
    // The incident is opened before the notice fails.
    return notice === null || !['failed', 'sending'].includes(notice.state)
  }

  /** What is known to have arrived shows what is so by then of all lines. */
  async function isTold(id: string): Promise<boolean> {
    const notice = await store.notices.get(id)
    if (notice === null) return true
    return (await store.notices.ofOrder(notice.order)).some((later) => later.n >= notice.n && hasArrived(later))
  }
}

function hasArrived(notice: Notice): boolean {
  return notice.state === 'sent' && !isUncertain(notice)
}
