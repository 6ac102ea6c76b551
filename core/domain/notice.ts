import type { Availability } from './availability.ts'
import type { MailLanguage } from './language.ts'
import type { NewsKind } from './news.ts'

export const noticeStates = ['due', 'sending', 'sent', 'held', 'superseded', 'suppressed', 'failed'] as const
export type NoticeState = (typeof noticeStates)[number]

/** One line's news, with the run that brought it and the supplier's words; titles are the order's. */
export type PlannedNews = {
  line: string
  kind: NewsKind
  told: Availability
  now: Availability
  /** A delay of what was told as delayed already. */
  again?: true
  /** A person said that this run, which was told of, was wrong. */
  corrects?: string
  run: string
  texts: Record<string, string>
}

/** A mail as it was made up, kept before it is handed to the mail server.  */
export type StoredMessage = {
  to: string
  /** The tester whom it was made up for and goes to instead (MAIL_ONLY_TO): the customer certainly has not had it. */
  onlyTo?: string
  language: MailLanguage
  subject: string
  text: string
  messageId: string
  news: PlannedNews[]
  /** What else the mail shows, by line: dates that were current and told before. */
  others: Record<string, Availability>
  /** Bytes as handed over, html and all: a second try sends the very same. */
  raw?: Uint8Array
}

export type Try = { at: Date; outcome: 'refused' | 'not-handed' | 'unknown'; words: string }

/** One mail to one customer about one order (RULES section 7). */
export type Notice = {
  id: string
  order: string
  n: number
  state: NoticeState
  /** Time of its first unresolved difference; newer values change its content, never its time. */
  since: Date
  dueAt: Date
  news: PlannedNews[]
  /** Rises with every planning that changed it, so that an older view of things cannot end it. */
  rev: number
  message?: StoredMessage
  /** When the message was about to be handed over: from here on it may have been accepted. */
  handedAt?: Date
  /** The window that SMTP leaves open was met: the same message may have gone twice, under the same Message-ID. */
  window?: true
  tries: Try[]
  /** Runs that a person said were wrong while it may have told of them: what it told is wrong once it counts as sent. */
  wrongRuns?: string[]
  reason?: string
  /** The address that was refused for good: another one frees a suppressed notice. */
  refusedAddress?: string
  /** Who is mailed, as a key that equal addresses share and nobody can read. */
  customer?: string
  /** Whether it was let through for being one of few, or by a person's yes to a run or a hold. */
  passedBy?: 'limit' | 'person'
  yes?: string
  /** The hold under which it waits for a person, and since when. */
  hold?: string
  heldAt?: Date
  /** How often a person wanted it to go again: each time it is another message. */
  resent?: number
  endedAt?: Date
}

/** It counts as sent, and nobody knows whether it arrived. */
export function isUncertain({ state, window, reason }: Pick<Notice, 'state' | 'window' | 'reason'>): boolean {
  return state === 'sent' && window === true && reason !== undefined
}
