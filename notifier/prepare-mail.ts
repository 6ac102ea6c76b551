import { dayOf } from '#core/domain/day.ts'
import type { StoredMessage } from '#core/domain/notice.ts'
import { isNeeded } from '#core/domain/opt-out.ts'
import type { ClaimedNotice } from '#core/store/notice-sending.ts'
import { restUntil } from './due-at.ts'
import type { Context } from './context.ts'
import type { Composed } from './make-message.ts'
import { contentOf, messageIdOf, threadOf } from './make-message.ts'
import { meetWindow, waitForAddress } from './meet-window.ts'
import { CannotLook } from './rounds.ts'
import { endWithout } from './end-notice.ts'
import type { Sight } from './rounds.ts'
import type { MailOfDay, Sending, Work } from './sending.ts'

/** A message by a look at this moment (milliseconds of the process). */
export type Ready = { message: StoredMessage; lookedAt: number }

/** The last look, and the message that comes of it; null where nothing is to be sent, which is settled by then. */
export async function prepareMail(work: Work): Promise<Ready | null> {
  const { notice } = work.claimed
  const lookedAt = performance.now()
  const sight = await lookOrFailed(work)
  if (sight === 'failed') return null
  if (sight === null || sight.order.closed >= notice.n)
    return endWithout(work, 'its order is gone or has a later notice')
  const { message: stored, handedAt } = notice
  if (handedAt !== undefined && stored !== undefined && wasForTester(stored, work.sending)) return beginAnew(work)
  const message =
    handedAt !== undefined && stored?.raw !== undefined
      ? await meetWindow(work, sight, stored)
      : await freshMessage(work, sight)
  return message && { message, lookedAt }
}

/** Only what still goes to the same tester may go again. */
function wasForTester({ onlyTo }: StoredMessage, sending: Sending): boolean {
  return onlyTo !== undefined && onlyTo !== sending.onlyTo
}

/** The customer certainly has not had what a tester got: it is due to them in a message of its own. */
async function beginAnew({ context, rounds, claimed }: Work): Promise<null> {
  await context.store.notices.beginAnew(claimed)
  await rounds.plan(claimed.notice.order)
  return null
}

async function lookOrFailed(work: Work): Promise<Sight | null | 'failed'> {
  try {
    return await work.rounds.look(work.claimed.notice.order)
  } catch (error) {
    if (!(error instanceof CannotLook)) throw error
    await fail(work, error)
    return 'failed'
  }
}

async function freshMessage(work: Work, sight: Sight): Promise<StoredMessage | null> {
  const { context, rounds, claimed } = work
  const composed = contentOf(sight, context.shop, context.now())
  if (composed === null) return endWithout(work, 'nothing of it is due any more')
  const { order, suppressed } = sight
  const rest = restUntil(context, order, composed.news)
  if (rest !== null) {
    await context.store.notices.release(claimed, { state: 'due', dueAt: rest })
    await rounds.plan(order.number)
    return null
  }
  if (suppressed !== null) return waitForAddress(work, sight, suppressed)
  await context.at?.('looked')
  return messageOrFailed(work, sight, composed)
}

/** A notice that cannot be worded would fail at every try: it waits for a person instead. */
async function messageOrFailed(work: Work, sight: Sight, composed: Composed): Promise<StoredMessage | null> {
  try {
    return await makeMessage(work, sight, composed)
  } catch (error) {
    await fail(work, error)
    return null
  }
}

async function fail({ context, claimed }: Work, error: unknown): Promise<void> {
  const words = error instanceof Error ? error.message : String(error)
  const hint = 'A defect of ours: please report it'
  await context.incidents.open({ kind: 'notice-failed', subject: claimed.notice.id, words, hint })
  await context.store.notices.release(claimed, { state: 'failed', reason: words })
}

async function makeMessage(work: Work, { order, earlier }: Sight, composed: Composed): Promise<StoredMessage> {
  const { context, sending, claimed } = work
  const { email, name } = order.shop.customer
  const unsubscribe = unsubscribeFor(sending, email, composed)
  const optOut = unsubscribe !== undefined && { unsubscribeUrl: unsubscribe }
  const { subject, html, text } = sending.render({ ...composed.content, ...optOut })
  const messageId = messageIdOf(claimed.notice, sending.from, sending.onlyTo)
  const address = sending.onlyTo ?? email
  const mail = {
    from: sending.from,
    to: { address, ...(name === undefined ? {} : { name }) },
    subject: sending.onlyTo === undefined ? subject : `[${email}] ${subject}`,
    html,
    text,
    messageId,
    date: context.now(),
    ...threadOf(order.number, earlier, sending.from),
    ...(unsubscribe !== undefined && { unsubscribe }),
    ...(sending.replyTo !== undefined && { replyTo: sending.replyTo }),
  }
  const raw = await sending.mailer.compose(mail)
  const { news, others } = composed
  const { language } = composed.content
  const addressed = { to: email, ...(sending.onlyTo !== undefined && { onlyTo: sending.onlyTo }) }
  return { ...addressed, language, subject, text, messageId, news, others, raw }
}

/** Only of what is not needed can a customer be rid; with MAIL_ONLY_TO whoever clicks is not the customer. */
function unsubscribeFor({ unsubscribeLink, onlyTo }: Sending, email: string, { content, news }: Composed) {
  if (unsubscribeLink === undefined || onlyTo !== undefined || news.every(isNeeded)) return undefined
  return unsubscribeLink(email, content.language)
}

/** Takes a mail of the day, and looks at the lease for the last time; false where it is not to be sent now. */
export async function noteHanded({ context, rounds, claimed, mailOfDay }: Work, { message }: Ready): Promise<boolean> {
  if (isFirst(claimed) && !(await mailOfDay.take())) {
    await context.store.notices.release(claimed, { state: 'due' })
    return false
  }
  if (await rounds.hand({ claimed, message })) {
    await context.at?.('handed')
    return true
  }
  await mailOfDay.giveBack()
  return false
}

/** Not one that may have been accepted before this process claimed it. */
export function isFirst({ notice }: ClaimedNotice): boolean {
  return notice.handedAt === undefined
}

/** `perDay`: mails in a day of the shop, if limited. */
export function makeMailOfDay({ store, shop, now }: Context, perDay: number | undefined): MailOfDay {
  let taken: string | null = null
  return {
    async take() {
      if (perDay === undefined) return true
      const day = dayOf(now(), shop.timeZone)
      if (!(await store.shopSettings.takeMail(day, perDay))) return false
      taken = day
      return true
    },
    async giveBack() {
      if (taken === null) return
      const day = taken
      taken = null
      await store.shopSettings.giveMailBack(day)
    },
  }
}
