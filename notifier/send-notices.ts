import { dayOf } from '#core/domain/day.ts'
import { saySent } from '#core/domain/sent-line.ts'
import type { Notice, StoredMessage } from '#core/domain/notice.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import type { ClaimedNotice } from '#core/store/notice-sending.ts'
import { isPendingOutcome } from '#core/domain/plan-line.ts'
import { toldValueOf } from './close-notice.ts'
import type { Context } from './context.ts'
import { quietFor, restUntil } from './due-at.ts'
import { gatherFacts, outcomesOf } from './gather.ts'
import type { Mailer } from './mailer.ts'
import type { Composed, OrderSight } from './make-message.ts'
import { contentOf, messageIdOf } from './make-message.ts'
import { notAccepted } from './not-accepted.ts'
import { planOrders } from './plan-orders.ts'
import { isStillCurrent } from './still-current.ts'

export type Line = Awaited<ReturnType<Mailer['open']>>
export type Sending = {
  mailer: Mailer
  render(content: NoticeContent): { subject: string; html: string; text: string }
  from: string
  /** Every mail goes there instead, if given. */
  onlyTo?: string
  /** Mails in a day of the shop, if limited. */
  perDay?: number
  /** How often the claim is renewed while the mail server takes its time. */
  renewEveryMs: number
  mayStillSend(): Promise<boolean>
}

/** A look that is older than this is too old to send by: look again. */
const freshMs = 2_000
/** How long a message that may have been accepted waits for a second reading at a time. */
const pendingRestSeconds = 30

/**
 * Sends one due notice on a connection that is ready: claim, last look, hand over, mark, move told. Every step may be
 * the last before a kill.
 */
export async function sendNotice(
  context: Context,
  sending: Sending,
  { id, line }: { id: string; line: Line },
): Promise<void> {
  const { store, at } = context
  const claimed = await store.notices.claim(id, context.owner)
  if (claimed === null) return
  await at?.('notice-claimed')
  const lookedAt = performance.now()
  const sight = await lookAgain(context, claimed)
  if (sight === null) return
  const stored = claimed.notice.message
  const work = { claimed, sight, line, lookedAt }
  if (claimed.notice.handedAt !== undefined && stored?.raw !== undefined)
    return meetWindow(context, sending, { ...work, message: stored })
  await sendFresh(context, sending, work)
}

type Work = { claimed: ClaimedNotice; sight: OrderSight; line: Line; lookedAt: number }
type Ready = { message: StoredMessage }

async function sendFresh(context: Context, sending: Sending, work: Work): Promise<void> {
  const { claimed, sight } = work
  const composed = contentOf(sight, context.shop, context.now())
  if (composed === null) return endWithout(context, claimed, 'nothing of it is due any more')
  const rest = restUntil(context, sight.order, composed.news)
  if (rest !== null) {
    await context.store.notices.release(claimed, { state: 'due', dueAt: rest })
    return planOrders(context, [claimed.notice.order])
  }
  const { email } = sight.order.shop.customer
  const because = await context.store.people.suppressedBecause(email)
  if (because !== null) {
    await context.store.notices.release(claimed, { state: 'suppressed', reason: because, refusedAddress: email })
    return planOrders(context, [claimed.notice.order])
  }
  await context.at?.('looked')
  const message = await messageOrFailed(context, sending, { ...work, composed })
  if (message !== null) await handOver(context, sending, { ...work, message })
}

/** A notice that cannot be worded would fail at every try: it waits for a person instead. */
async function messageOrFailed(
  context: Context,
  sending: Sending,
  work: Work & { composed: Composed },
): Promise<StoredMessage | null> {
  try {
    return await makeMessage(context, sending, work)
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const { id } = work.claimed.notice
    await context.incidents.open({
      kind: 'notice-failed',
      subject: id,
      words,
      hint: 'A defect of ours: please report it',
    })
    await context.store.notices.release(work.claimed, { state: 'failed', reason: words })
    return null
  }
}

/** The message may have been accepted once: it goes again byte for byte, or counts as sent where anything moved. */
async function meetWindow(context: Context, sending: Sending, work: Work & Ready): Promise<void> {
  const { claimed, sight, message } = work
  const quietMs = quietFor(context)
  if (quietMs > 0) return context.store.notices.rest(claimed, quietMs / 1000)
  await context.store.notices.markWindow(claimed)
  claimed.notice.window = true
  // Whether anything moved is known only when what was read once is read again.
  if (message.news.some((news) => isPendingOutcome(sight.outcomes.get(news.line)))) {
    return context.store.notices.rest(claimed, pendingRestSeconds)
  }
  const today = dayOf(context.now(), context.shop.timeZone)
  if (isStillCurrent(message, sight, { shop: context.shop, today })) return handOver(context, sending, work)
  await finish(context, claimed, 'it may have been sent; then something moved, and the move is the next notice')
}

/** Reads order and items anew: what the mail says is what is true at this moment. */
async function lookAgain(context: Context, claimed: ClaimedNotice): Promise<OrderSight | null> {
  const order = await context.store.orders.get(claimed.notice.order)
  if (order === null || order.closed >= claimed.notice.n) {
    await endWithout(context, claimed, 'its order is gone or has a later notice')
    return null
  }
  const facts = await gatherFacts(context, [order])
  return { order, facts, outcomes: outcomesOf(context, order, facts) }
}

async function makeMessage(
  context: Context,
  sending: Sending,
  { claimed, sight, composed }: Work & { composed: Composed },
): Promise<StoredMessage> {
  const { email, name } = sight.order.shop.customer
  const { subject, html, text } = sending.render(composed.content)
  const messageId = messageIdOf(claimed.notice, sending.from)
  const address = sending.onlyTo ?? email
  const mail = {
    from: sending.from,
    to: { address, ...(name === undefined ? {} : { name }) },
    subject: sending.onlyTo === undefined ? subject : `[${email}] ${subject}`,
    html,
    text,
    messageId,
    date: context.now(),
  }
  const raw = await sending.mailer.compose(mail)
  const { news, others } = composed
  return { to: email, language: composed.content.language, subject, text, html, messageId, news, others, raw }
}

async function handOver(context: Context, sending: Sending, work: Work & Ready): Promise<void> {
  const { store, at } = context
  const { claimed, lookedAt, line, message } = work
  const isFirst = claimed.notice.handedAt === undefined
  const giveUp = async () => void (isFirst && (await store.notices.release(claimed, { state: 'due' })))
  if (!(await sending.mayStillSend())) return giveUp()
  const mailOfDay = isFirst ? await takeMail(context, sending) : unlimited
  if (mailOfDay === null) return giveUp()
  if (!(await store.notices.hand(claimed, message))) return mailOfDay.giveBack()
  await at?.('handed')
  if (performance.now() - lookedAt > freshMs) {
    await mailOfDay.giveBack()
    return giveUp()
  }
  claimed.notice.message = message
  const renewing = setInterval(() => void store.notices.renew(claimed).catch(() => {}), sending.renewEveryMs)
  const handed = await line
    .hand({ to: sending.onlyTo ?? message.to, raw: message.raw ?? new Uint8Array() })
    .finally(() => clearInterval(renewing))
  if (handed.kind === 'accepted') {
    await at?.('mail-accepted')
    return finish(context, claimed)
  }
  // Only what the server took, or may have taken, is a mail of the day.
  if (handed.kind !== 'unknown') await mailOfDay.giveBack()
  const outcome = await notAccepted(context, claimed, { handed, isTest: sending.onlyTo !== undefined })
  if (outcome === 'uncertain') return finish(context, claimed, 'nobody knows whether it was sent; it counts as sent')
  await planOrders(context, [claimed.notice.order])
}

const unlimited = { giveBack: async () => {} }

/** One mail of the day's limit, which is given back where it is not handed over after all; null where none is left. */
async function takeMail({ store, shop, now }: Context, { perDay }: Sending): Promise<typeof unlimited | null> {
  if (perDay === undefined) return unlimited
  const day = dayOf(now(), shop.timeZone)
  if (!(await store.shopSettings.takeMail(day, perDay))) return null
  return { giveBack: () => store.shopSettings.giveMailBack(day) }
}

/** Marks the notice as sent; planning its order again moves told, and finds what moved while it was sent. */
async function finish(context: Context, claimed: ClaimedNotice, reason?: string): Promise<void> {
  const { store, log, at } = context
  if (!(await store.notices.end(claimed, 'sent', reason))) return
  await at?.('sent-marked')
  const notice = await store.notices.get(claimed.notice.id)
  if (notice === null) return
  logSent(log, notice)
  await planOrders(context, [notice.order])
}

/** The line that a restored backup is caught up from: order, notice and told values, and no address. */
function logSent(log: Context['log'], { id, order, message, window }: Notice): void {
  const news = message?.news ?? []
  const told = Object.fromEntries(news.map((one) => [one.line, toldValueOf(one)]))
  log.info({ notice: id, order, told, ...(window && { window }) }, saySent(id, news, window ?? false))
}

async function endWithout(context: Context, claimed: ClaimedNotice, reason: string): Promise<void> {
  const isEnded = await context.store.notices.end(claimed, 'superseded', reason)
  if (isEnded) await planOrders(context, [claimed.notice.order])
}
