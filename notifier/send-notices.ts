import { setTimeout as wait } from 'node:timers/promises'
import type { StoredMessage } from '#core/domain/notice.ts'
import type { Context } from './context.ts'
import { finish } from './end-notice.ts'
import type { Handed } from './mail-connections.ts'
import { notAccepted } from './not-accepted.ts'
import type { Ready } from './prepare-mail.ts'
import { isFirst, makeMailOfDay, noteHanded, prepareMail } from './prepare-mail.ts'
import type { Rounds } from './rounds.ts'
import type { Line, Sending, Work } from './sending.ts'

/** A look that is older than this is too old to send by: look again. */
const freshMs = 1_000
/** How often a store that is away is asked to take back that a message was about to be handed over, once a second. */
const mostTries = 5

/**
 * Sends one due notice: claim, last look, hand over, mark, move told. Every step may be the last before a kill. A
 * connection is held only for the message itself, and what waited for one too long is looked at again.
 */
export async function sendNotice(
  context: Context,
  { sending, rounds }: { sending: Sending; rounds: Rounds },
  id: string,
): Promise<void> {
  const claimed = await rounds.claim(id)
  if (claimed === null) return
  await context.at?.('notice-claimed')
  const work = { context, sending, rounds, claimed, mailOfDay: makeMailOfDay(context, sending.perDay) }
  const tried = await sending.ahead(async () => {
    const ready = await prepareMail(work)
    return ready && sending.next(() => renewed(work, () => tryHanding(work, ready)))
  })
  if (tried !== null) await settle(work, tried)
}

type Tried = { message: StoredMessage; handed: Handed }

/** Keeps the claim while the mail server takes its time. What only waits for its turn is let go with its lease. */
async function renewed<T>({ context, sending, claimed }: Work, act: () => Promise<T>): Promise<T> {
  const renewing = setInterval(() => void context.store.notices.renew(claimed).catch(() => {}), sending.renewEveryMs)
  return act().finally(() => clearInterval(renewing))
}

async function tryHanding(work: Work, ready: Ready): Promise<Tried | null> {
  const { sending } = work
  try {
    const isNoted = !sending.isAway()
    if (isNoted && !(await noteHanded(work, ready))) return null
    return await sending.withLine((line) => handOver(work, { ready, isNoted }, line))
  } catch (error) {
    // Whatever it was, nothing was handed over by then.
    await giveUp(work)
    throw error
  }
}

/** Hands the message over on a free connection: by a look that is fresh, else by one that is taken now. */
async function handOver(
  work: Work,
  { ready: first, isNoted }: { ready: Ready; isNoted: boolean },
  line: Line,
): Promise<Tried | null> {
  const { sending, mailOfDay } = work
  const isFresh = performance.now() - first.lookedAt <= freshMs
  sending.waited(!isFresh)
  let ready: Ready | null = first
  if (!isFresh) {
    await mailOfDay.giveBack()
    ready = await prepareMail(work)
  }
  if (ready === null) return null
  if (!(isNoted && isFresh) && !(await noteHanded(work, ready))) return null
  if (!(await sending.mayStillSend())) return giveUp(work)
  const { message } = ready
  work.claimed.notice.message = message
  const handed = await line
    .hand({ to: message.onlyTo ?? message.to, raw: message.raw ?? new Uint8Array() })
    .catch((error: unknown) => ({ kind: 'unknown' as const, words: String(error) }))
  return { message, handed }
}

/** It certainly was not sent by us: due again, unless it may have been accepted before. */
async function giveUp({ context, claimed, mailOfDay }: Work): Promise<null> {
  for (let tries = 1; ; tries += 1) {
    try {
      await mailOfDay.giveBack()
      if (isFirst(claimed)) await context.store.notices.release(claimed, { state: 'due' })
      return null
    } catch (error) {
      if (tries === mostTries) throw error
      await wait(1_000)
    }
  }
}

async function settle(work: Work, { message, handed }: Tried): Promise<void> {
  const { context, sending, rounds, claimed, mailOfDay } = work
  if (handed.kind === 'accepted') {
    await context.at?.('mail-accepted')
    return finish(work, message)
  }
  // Only what the server took, or may have taken, is a mail of the day.
  if (handed.kind !== 'unknown') await mailOfDay.giveBack()
  const outcome = await notAccepted(context, claimed, { handed, isTest: sending.onlyTo !== undefined })
  if (outcome === 'uncertain') return finish(work, message, 'nobody knows whether it was sent; it counts as sent')
  await rounds.plan(claimed.notice.order)
}
