import type { Notice, StoredMessage } from '#core/domain/notice.ts'
import { saySent } from '#core/domain/sent-line.ts'
import { toldValueOf } from './close-notice.ts'
import type { Context } from './context.ts'
import type { Work } from './sending.ts'

/** Marks the notice as sent; planning its order again moves told, and finds what moved while it was sent. */
export async function finish(
  { context, rounds, claimed }: Work,
  message: StoredMessage,
  reason?: string,
): Promise<void> {
  // Before the mark: who dies in between leaves a line too many, and none is missed where a backup is restored.
  logSent(context.log, { ...claimed.notice, ...(reason !== undefined && { window: true }) }, message)
  if (!(await rounds.end({ claimed, state: 'sent', ...(reason !== undefined && { reason }) }))) return
  await context.at?.('sent-marked')
  await rounds.plan(claimed.notice.order)
}

/** Ends a notice of which nothing is to be sent any more. */
export async function endWithout({ rounds, claimed }: Work, reason: string): Promise<null> {
  const isEnded = await rounds.end({ claimed, state: 'superseded', reason })
  if (isEnded) await rounds.plan(claimed.notice.order)
  return null
}

/** Ends an open notice that nobody sends: what may have been accepted counts as sent. False where it moved on meanwhile. */
export async function endUnsent({ store, log }: Context, notice: Notice): Promise<boolean> {
  if (notice.handedAt === undefined || notice.message === undefined)
    return store.notices.supersede(notice, 'nothing of it is due any more')
  logSent(log, { ...notice, window: true }, notice.message)
  return store.notices.countAsSent(notice, 'it may have been sent; nothing of it is due any more')
}

/** The line that a restored backup is caught up from: order, notice and told values, and no address. */
function logSent(log: Context['log'], { id, order, window }: Notice, { news }: StoredMessage): void {
  const told = Object.fromEntries(news.map((one) => [one.line, toldValueOf(one)]))
  log.info({ notice: id, order, told, ...(window && { window }) }, saySent(id, news, window ?? false))
}
