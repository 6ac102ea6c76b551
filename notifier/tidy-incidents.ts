import { isInDoubt } from '#core/domain/line-state.ts'
import type { Context } from './context.ts'

/** What a notice was in trouble with is over once it, or what it told, has got on: whoever brought that about. */
export async function tidyIncidents({ store, incidents }: Context): Promise<void> {
  const isOver: Record<string, (id: string) => Promise<boolean>> = { 'notice-failed': isFailedNoMore, window: isTold }
  for (const { kind, subject } of await store.incidents.openOnes())
    if (await isOver[kind]?.(subject)) await incidents.close(kind, subject)

  async function isFailedNoMore(id: string): Promise<boolean> {
    const notice = await store.notices.get(id)
    // The incident is opened before the notice fails.
    return notice === null || !['failed', 'sending'].includes(notice.state)
  }

  /** A mail shows no date of a line in doubt that it has no news of: only what tells the line itself ends the question. */
  async function isTold(id: string): Promise<boolean> {
    const notice = await store.notices.get(id)
    if (notice === null) return true
    const order = await store.orders.get(notice.order)
    if (order === null) return true
    // The incident is opened before the notice counts as sent.
    const { closed, lines, shop } = order
    return closed >= notice.n && !shop.lines.some((one) => one.status === 'open' && isInDoubt(lines[one.id]?.told, id))
  }
}
