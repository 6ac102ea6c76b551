import type { ClaimedNotice } from '#core/store/notice-sending.ts'
import type { Context } from './context.ts'
import type { Handed } from './handed.ts'
import { MailServerAway } from './mail-connections.ts'

type NotAccepted = Exclude<Handed, { kind: 'accepted' }>
type Refused = Extract<Handed, { kind: 'refused' }>

const longestBackoffMs = 3_600_000
const givenUpAfterMs = 24 * 3_600_000
/** After so many lost answers nobody will ever know: more tries would only be more copies. */
const mostUnknown = 6

/**
 * What certainly was not accepted opens no window. Says `uncertain` where nobody will ever know whether the message was
 * taken: then it counts as sent.
 */
export async function notAccepted(
  context: Context,
  claimed: ClaimedNotice,
  { handed, isTest }: { handed: NotAccepted; isTest: boolean },
): Promise<'settled' | 'uncertain'> {
  const { notice } = claimed
  if (handed.kind === 'unknown' || notice.handedAt !== undefined) return inWindow(context, claimed, handed)
  // With MAIL_ONLY_TO the server speaks of the test address, and says nothing of the customer's.
  if (handed.kind === 'not-handed' || (isTest && handed.aboutAddress))
    return waitForServer(context, claimed, handed.words)
  await refused(context, claimed, handed)
  return 'settled'
}

/** A later try's answer says nothing of the first one's: the message rests and goes again, byte for byte. */
async function inWindow(
  { store, incidents, pauses, now }: Context,
  claimed: ClaimedNotice,
  handed: NotAccepted,
): Promise<'settled' | 'uncertain'> {
  const { id, tries } = claimed.notice
  const isForGood = handed.kind === 'refused' && handed.forGood
  if (isForGood || tries.length + 1 >= mostUnknown) {
    const hint = 'Ask the mail server whether it took the message; it counts as sent, and goes again only by a resend'
    await incidents.open({
      kind: 'window',
      subject: id,
      words: `nobody knows whether it was sent: ${handed.words}`,
      hint,
    })
    return 'uncertain'
  }
  const pauseSeconds = Math.min(pauses.windowSeconds * 4 ** tries.length, 3_600)
  await store.notices.leaveOpen(claimed, { at: now(), outcome: handed.kind, words: handed.words }, pauseSeconds)
  return 'settled'
}

/** Trouble with the connection counts as no try and suppresses nobody. */
async function waitForServer({ store, pauses, now }: Context, claimed: ClaimedNotice, words: string): Promise<never> {
  await store.notices.release(claimed, { state: 'due', dueAt: new Date(now().getTime() + pauses.awayMs) })
  throw new MailServerAway(words)
}

/** 4xx: again with backoff up to a day. 5xx for the address: suppressed. Else failed, for a person. */
async function refused(
  context: Context,
  claimed: ClaimedNotice,
  { forGood, aboutAddress, words }: Refused,
): Promise<void> {
  const { store, incidents, log, pauses, now } = context
  const { id, tries, message } = claimed.notice
  const at = now()
  const attempt = { at, outcome: 'refused' as const, words }
  const refusals = tries.filter((one) => one.outcome === 'refused')
  const isGivenUp = at.getTime() - (refusals[0]?.at ?? at).getTime() > givenUpAfterMs
  if (!forGood && !isGivenUp) {
    const backoff = Math.min(pauses.refusedMs * 2 ** refusals.length, longestBackoffMs)
    await store.notices.release(claimed, { attempt, state: 'due', dueAt: new Date(at.getTime() + backoff) })
    return
  }
  if (forGood && aboutAddress && message !== undefined) {
    const reason = `the mail server refused the address: ${words}`
    await store.people.suppress(message.to, reason)
    await store.notices.release(claimed, { attempt, state: 'suppressed', reason, refusedAddress: message.to })
    log.warn({ notice: id }, `${id} suppressed · the address was refused for good`)
    return
  }
  await incidents.open({
    kind: 'notice-failed',
    subject: id,
    words,
    hint: `Mend what the mail server says, then: npm run avizo -- resend ${id}`,
  })
  await store.notices.release(claimed, { attempt, state: 'failed', reason: words })
}
