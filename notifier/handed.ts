/** What became of handing a message over; only `unknown` opens the window that SMTP leaves (RULES section 7). */
export type Handed =
  | { kind: 'accepted' }
  | Refused
  | { kind: 'not-handed'; words: string }
  | { kind: 'unknown'; words: string }

/** `mayMeanUs`: the recipient was refused by words that a server says to whom it does not want, too. */
type Refused = { kind: 'refused'; forGood: boolean; aboutAddress: boolean; mayMeanUs?: boolean; words: string }

/** Asked for a message that must not go by an old look: it would have gone later than that, and was not handed over. */
export type Outdated = { kind: 'outdated'; words: string }
export const outdated: Outdated = { kind: 'outdated', words: 'it waited too long for its connection' }

const shortestName = 3

type MailError = Error & { responseCode?: number; command?: string }

/** Phases in which the server speaks of us and not of the message: its refusal there is trouble with the connection. */
const ourPhases = ['CONN', 'EHLO', 'HELO', 'STARTTLS']

/**
 * 451 and 550 bear the same error code, so the server's own number decides; without one, how far the message got. What
 * it says of us (relay, sender, blocklist: enhanced codes x.7.x) is no word about the customer's address. Said of a
 * recipient it may mean us or that one; so may a plain 550, by which some servers say that they do not relay.
 */
export function handedOf(
  error: unknown,
  { isRead, to }: { isRead: boolean; to: string },
): Exclude<Handed, { kind: 'accepted' }> {
  const words = wordsOf(error, to)
  const { responseCode: code, command = '' } = error as MailError
  if (code === undefined || code < 400) return { kind: isRead ? 'unknown' : 'not-handed', words }
  // Not what looks like it in the address of a machine: 192.4.1.7.
  const subject = /(?<![\d.])[45]\.(\d{1,3})\.\d{1,3}(?!\.?\d)/.exec(words)?.[1]
  const isOfUs = ourPhases.includes(command) || command.startsWith('AUTH') || code === 530 || code === 535
  if (isOfUs || (command === 'MAIL FROM' && subject === '7')) return { kind: 'not-handed', words }
  const forGood = code >= 500
  const isRecipient = command === 'RCPT TO'
  const isOfAddress = subject === undefined ? [550, 551, 553].includes(code) : subject === '1' || subject === '2'
  const mayMeanUs = isRecipient && (subject === '7' || (subject === undefined && forGood))
  return { kind: 'refused', forGood, aboutAddress: isRecipient && isOfAddress, ...(mayMeanUs && { mayMeanUs }), words }
}

/** Servers like to repeat the address that they refuse, or only its name; it must not reach a log by that. */
export function wordsOf(error: unknown, to = ''): string {
  const said = error instanceof Error ? error.message : String(error)
  return withoutName(said, to.slice(0, to.lastIndexOf('@')))
    .replaceAll(/[^\s<>"':;,]+@[^\s<>"':;,]+/g, '[address]')
    .slice(0, 300)
}

/** A name as short as a word of theirs tells nobody who it is. */
function withoutName(words: string, name: string): string {
  if (name.length < shortestName) return words
  const literal = name.replaceAll(/[^\w ]/g, String.raw`\$&`)
  return words.replaceAll(new RegExp(String.raw`(?<!\w)${literal}(?!\w)`, 'gi'), '[address]')
}
