import type { Context } from './context.ts'
import { finish } from './end-notice.ts'
import type { Handed } from './mail-connections.ts'
import { MailServerAway } from './mail-connections.ts'
import { notAccepted } from './not-accepted.ts'
import type { Ready } from './prepare-mail.ts'
import { isFirst, prepareMail } from './prepare-mail.ts'
import type { Rounds } from './rounds.ts'
import type { Line, Sending, Work } from './sending.ts'

/** A look that is older than this is too old to send by: look again. */
const freshMs = 1_000

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
  const work = { context, sending, rounds, claimed }
  const renewing = setInterval(() => void context.store.notices.renew(claimed).catch(() => {}), sending.renewEveryMs)
  const tried = await sending.inTurn(() => trySending(work)).finally(() => clearInterval(renewing))
  if (tried !== null) await settle(work, tried)
}

type Tried = { ready: Ready; handed: Handed }

/** Makes the message ready, and hands it over as soon as a connection is free. */
async function trySending(work: Work): Promise<Tried | null> {
  const ready = await prepareMail(work)
  if (ready === null) return null
  try {
    return await work.sending.withLine((line) => handOver(work, ready, line))
  } catch (error) {
    // No connection came about: nothing was handed over.
    if (error instanceof MailServerAway) await giveUp(work, ready)
    throw error
  }
}

/** Hands the message over on a free connection, by a look that is fresh. */
async function handOver(work: Work, first: Ready, line: Line): Promise<Tried | null> {
  const { sending } = work
  let ready = first
  for (;;) {
    if (!(await sending.mayStillSend())) return giveUp(work, ready)
    if (performance.now() - ready.lookedAt <= freshMs) break
    await ready.mailOfDay.giveBack()
    const again = await prepareMail(work)
    if (again === null) return null
    ready = again
  }
  sending.waited(ready !== first)
  const { message } = ready
  work.claimed.notice.message = message
  const handed = await line.hand({ to: sending.onlyTo ?? message.to, raw: message.raw ?? new Uint8Array() })
  return { ready, handed }
}

/** It certainly was not sent by us: due again, unless it may have been accepted before. */
async function giveUp({ context, claimed }: Work, { mailOfDay }: Ready): Promise<null> {
  await mailOfDay.giveBack()
  if (isFirst(claimed)) await context.store.notices.release(claimed, { state: 'due' })
  return null
}

async function settle(work: Work, { ready: { message, mailOfDay }, handed }: Tried): Promise<void> {
  const { context, sending, rounds, claimed } = work
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
