import { setTimeout as wait } from 'node:timers/promises'
import type { StoredMessage } from '#core/domain/notice.ts'
import type { Context } from './context.ts'
import { finish } from './end-notice.ts'
import type { Handed, Outdated } from './handed.ts'
import { outdated } from './handed.ts'
import { notAccepted } from './not-accepted.ts'
import type { Ready } from './prepare-mail.ts'
import { isFirst, makeMailOfDay, noteHanded, prepareMail } from './prepare-mail.ts'
import type { Rounds } from './rounds.ts'
import type { Line, Sending, Work } from './sending.ts'

/** A look that is older than this is too old to send by; each time that it is taken again, twice as much. */
const freshMs = 1_000
const mostLooks = 3
/** How often a store that is away is asked to take back that a message was about to be handed over, once a second. */
const mostTries = 5

/**
 * Sends one due notice: claim, last look, hand over, mark, move told. Every step may be the last before a kill. A
 * connection is held only for the message itself, and what waited for one too long is looked at again. Tells what came of
 * handing it over, where it came to that.
 */
export async function sendNotice(
  context: Context,
  { sending, rounds }: { sending: Sending; rounds: Rounds },
  id: string,
): Promise<Handed | null> {
  const claimed = await rounds.claim(id)
  if (claimed === null) return null
  await context.at?.('notice-claimed')
  const work = { context, sending, rounds, claimed, mailOfDay: makeMailOfDay(context, sending.perDay) }
  const tried = await sending.ahead(async () => {
    if (!(await sending.mayStillSend())) return giveUp(work)
    const ready = await prepareMail(work)
    return ready && sending.next(() => renewed(work, () => tryHanding(work, ready)))
  })
  if (tried === null) return null
  await settle(work, tried)
  return tried.handed
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
    if (await sending.mayStillSend()) return await noteAndHand(work, ready)
  } catch (error) {
    // Whatever it was, nothing was handed over by then.
    await giveUp(work)
    throw error
  }
  return giveUp(work)
}

async function noteAndHand(work: Work, ready: Ready): Promise<Tried | null> {
  const { sending } = work
  const isNoted = !sending.isAway()
  if (isNoted && !(await noteHanded(work, ready))) return null
  return sending.withLine((line) => handOver(work, { ready, isNoted }, line))
}

type Noting = { ready: Ready; isNoted: boolean }

/**
 * Hands the message over on a free connection, by a look that is fresh when it goes: every step before may have taken
 * long, and meanwhile another may have told something newer.
 */
async function handOver(work: Work, { ready: first, isNoted }: Noting, line: Line): Promise<Tried | null> {
  const { sending } = work
  const isFresh = ageOf(first) <= freshMs
  sending.waited(!isFresh)
  // What is too old is not noted first, as it goes no further.
  let ready = isNoted || !isFresh ? first : await noted(work, first)
  for (let looks = 1; ready !== null; looks += 1) {
    if (!(await sending.mayStillSend())) return giveUp(work)
    // A store that is slow would let nothing go otherwise; our lease stands as long, as it was noted after the look.
    const withinMs = Math.min(freshMs * 2 ** (looks - 1), 3 * sending.renewEveryMs)
    const handed = await handWithin(work, { ready, withinMs }, line)
    if (handed.kind !== 'outdated') return { message: ready.message, handed }
    if (looks === mostLooks) return giveUp(work)
    ready = await lookAgain(work)
  }
  return null
}

async function handWithin(
  { claimed }: Work,
  { ready, withinMs }: { ready: Ready; withinMs: number },
  line: Line,
): Promise<Handed | Outdated> {
  const { to, onlyTo = to, raw = new Uint8Array() } = ready.message
  const mayGo = () => ageOf(ready) <= withinMs
  if (!mayGo()) return outdated
  claimed.notice.message = ready.message
  return line
    .hand({ to: onlyTo, raw }, mayGo)
    .catch((error: unknown) => ({ kind: 'unknown' as const, words: String(error) }))
}

async function lookAgain(work: Work): Promise<Ready | null> {
  await work.mailOfDay.giveBack()
  const ready = await prepareMail(work)
  return ready && noted(work, ready)
}

async function noted(work: Work, ready: Ready): Promise<Ready | null> {
  return (await noteHanded(work, ready)) ? ready : null
}

function ageOf({ lookedAt }: Ready): number {
  return performance.now() - lookedAt
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
