import { dayOf } from '#core/domain/day.ts'
import type { StoredMessage } from '#core/domain/notice.ts'
import type { LineOutcome } from '#core/domain/plan-line.ts'
import { isPendingOutcome } from '#core/domain/plan-line.ts'
import { askWhetherSent } from './ask-whether-sent.ts'
import { toldBy } from './close-notice.ts'
import { quietFor } from './due-at.ts'
import { finish } from './end-notice.ts'
import { outcomesOf } from './gather.ts'
import { lookAtOrders } from './look-at-orders.ts'
import type { Sight } from './rounds.ts'
import type { Work } from './sending.ts'
import { isStillCurrent } from './still-current.ts'

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
  if (leavesUntold(work, sight, message)) await countInPart(work, sight, message)
  else await finish(work, message, 'it may have been sent; then all of it moved, and the move is the next notice')
  return null
}

/** Whether some line would have nothing more to say once the message counts as sent: it stands, or moved too little. */
function leavesUntold({ context, claimed }: Work, { order, facts }: Sight, message: StoredMessage): boolean {
  const told = toldBy({ ...claimed.notice, state: 'sent', message })
  const moved = Object.entries(order.lines).map(([id, line]) => {
    const mail = told[id]
    return [id, mail === undefined ? line : { ...line, told: mail, waived: null, since: null }] as const
  })
  const outcomes = outcomesOf(context, { ...order, lines: Object.fromEntries(moved) }, facts)
  return message.news.some(({ line }) => {
    const outcome = outcomes.get(line)
    return outcome !== undefined && !saysMore(outcome)
  })
}

/** Of a line that nobody waits for nobody is to hear. */
function saysMore(outcome: LineOutcome): boolean {
  if (outcome.kind === 'quiet') return ['not-open', 'muted', 'unmatched', 'retired'].includes(outcome.rule)
  return outcome.kind === 'due' || outcome.kind === 'held'
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
 * No later notice would tell what did not move, or too little: a person asks whether it arrived. A customer who is reached
 * at another address by now is told anew.
 */
async function countInPart(work: Work, { order }: Sight, message: StoredMessage): Promise<void> {
  const { context, claimed } = work
  const { id } = claimed.notice
  const why = 'a part of what it says moved, or too little to be told, or its address did, before it could go again'
  await askWhetherSent(context, id, why)
  await finish(work, message, 'it may have been sent; then a part of it moved')
  const isAtOther = order.shop.customer.email !== message.to
  if (!isAtOther || !(await context.store.orders.takeBack(claimed.notice))) return
  const ill = await lookAtOrders(context, [order.number])
  if (ill.size === 0) await context.incidents.close('window', id)
}

async function restFor({ context, claimed }: Work, seconds: number): Promise<null> {
  await context.store.notices.rest(claimed, seconds)
  return null
}
