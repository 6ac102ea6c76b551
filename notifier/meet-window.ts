import { dayOf } from '#core/domain/day.ts'
import type { StoredMessage } from '#core/domain/notice.ts'
import { isPendingOutcome } from '#core/domain/plan-line.ts'
import { askWhetherSent } from './ask-whether-sent.ts'
import { quietFor } from './due-at.ts'
import { finish } from './end-notice.ts'
import type { Sight } from './rounds.ts'
import type { Work } from './sending.ts'
import { isStillCurrent, standsStill } from './still-current.ts'

/** How long a message that may have been accepted waits for a second reading at a time. */
const pendingRestSeconds = 30

/** The message may have been accepted once: it goes again byte for byte, or counts as sent where anything moved. */
export async function meetWindow(work: Work, sight: Sight, message: StoredMessage): Promise<StoredMessage | null> {
  const { context, sending, claimed } = work
  if (sight.suppressed !== null) return waitForAddress(work, sight, sight.suppressed)
  const quietMs = quietFor(context)
  if (quietMs > 0) return restFor(work, quietMs / 1000)
  await context.store.notices.markWindow(claimed)
  claimed.notice.window = true
  // Whether anything moved is known only when what was read once is read again.
  if (message.news.some((news) => isPendingOutcome(sight.outcomes.get(news.line))))
    return restFor(work, pendingRestSeconds)
  const today = dayOf(context.now(), context.shop.timeZone)
  const isToSame = message.onlyTo === sending.onlyTo
  if (isToSame && isStillCurrent(message, sight, { shop: context.shop, today })) return message
  if (message.news.some((news) => standsStill(news, sight, today))) await countInPart(work, sight, message)
  else await finish(work, message, 'it may have been sent; then all of it moved, and the move is the next notice')
  return null
}

/** Nothing is mailed to the address: the notice waits until it is freed, or the order has another. */
export async function waitForAddress(
  { context, rounds, claimed }: Work,
  { order }: Sight,
  reason: string,
): Promise<null> {
  const refusedAddress = order.shop.customer.email
  await context.store.notices.release(claimed, { state: 'suppressed', reason, refusedAddress })
  await rounds.plan(order.number)
  return null
}

/**
 * Only a part moved, and no later notice would tell the rest: a person asks whether it arrived. A customer who is reached
 * at another address by now is told anew.
 */
async function countInPart(work: Work, { order }: Sight, message: StoredMessage): Promise<void> {
  const { context, rounds, claimed } = work
  const { id } = claimed.notice
  await askWhetherSent(context, id, 'a part of what it says moved, or its address did, before it could go again')
  await finish(work, message, 'it may have been sent; then a part of it moved')
  const isAtOther = order.shop.customer.email !== message.to
  if (!isAtOther || !(await context.store.orders.takeBack(claimed.notice))) return
  await rounds.plan(order.number)
  await context.incidents.close('window', id)
}

async function restFor({ context, claimed }: Work, seconds: number): Promise<null> {
  await context.store.notices.rest(claimed, seconds)
  return null
}
