import type { Try } from '#core/domain/notice.ts'
import type { ClaimedNotice } from '#core/store/notice-sending.ts'
import { askWhetherSent } from './ask-whether-sent.ts'
import type { Context } from './context.ts'
import type { Handed } from './handed.ts'
import { MailServerAway } from './mail-connections.ts'

type NotAccepted = Exclude<Handed, { kind: 'accepted' }>
type Answer = Exclude<NotAccepted, { kind: 'not-handed' }>
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
  // With MAIL_ONLY_TO the server speaks of the test address, and says nothing of the customer's.
  if (handed.kind === 'not-handed' || (isTest && handed.kind === 'refused' && handed.aboutAddress))
    return waitForServer(context, claimed, handed.words)
  if (handed.kind === 'unknown' || claimed.notice.handedAt !== undefined) return inWindow(context, claimed, handed)
  await refused(context, claimed, handed)
  return 'settled'
}

/** A later try's answer says nothing of the first one's: the message rests and goes again, byte for byte. */
async function inWindow(context: Context, claimed: ClaimedNotice, handed: Answer): Promise<'settled' | 'uncertain'> {
  const { store, pauses, now } = context
  const { id, tries } = claimed.notice
  const attempt = { at: now(), outcome: handed.kind, words: handed.words }
  const alike = tries.filter(({ outcome }) => outcome === handed.kind)
  const isOver =
    handed.kind === 'unknown' ? alike.length + 1 >= mostUnknown : handed.forGood || isGivenUp(alike, attempt)
  if (isOver) {
    await askWhetherSent(context, id, handed.words)
    return 'uncertain'
  }
  const lostSeconds = Math.min(pauses.windowSeconds * 4 ** alike.length, longestBackoffMs / 1000)
  const pauseSeconds = handed.kind === 'unknown' ? lostSeconds : backoffMs(pauses, alike) / 1000
  await store.notices.leaveOpen(claimed, attempt, pauseSeconds)
  return 'settled'
}

/** Trouble with the connection counts as no try and suppresses nobody. */
async function waitForServer({ store, pauses, now }: Context, claimed: ClaimedNotice, words: string): Promise<never> {
  if (claimed.notice.handedAt !== undefined) await store.notices.rest(claimed, pauses.awayMs / 1000)
  else await store.notices.release(claimed, { state: 'due', dueAt: new Date(now().getTime() + pauses.awayMs) })
  throw new MailServerAway(words)
}

function isGivenUp(refusals: Try[], { at }: Try): boolean {
  return at.getTime() - (refusals[0]?.at ?? at).getTime() > givenUpAfterMs
}

function backoffMs({ refusedMs }: Context['pauses'], refusals: Try[]): number {
  return Math.min(refusedMs * 2 ** refusals.length, longestBackoffMs)
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
  if (!forGood && !isGivenUp(refusals, attempt)) {
    const dueAt = new Date(at.getTime() + backoffMs(pauses, refusals))
    await store.notices.release(claimed, { attempt, state: 'due', dueAt })
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
