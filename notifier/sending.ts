import type { MailLanguage } from '#core/domain/language.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import type { ClaimedNotice } from '#core/store/notice-sending.ts'
import type { Context } from './context.ts'
import type { Mailer } from './mailer.ts'
import type { Rounds } from './rounds.ts'

export type Line = Awaited<ReturnType<Mailer['open']>>
/** What mails are made of, and how they are sent. */
export type Mailing = {
  mailer: Pick<Mailer, 'compose'>
  render(content: NoticeContent): { subject: string; html: string; text: string }
  from: string
  /** Whom an answer reaches, if not the sender. */
  replyTo?: string
  /** Link by which a customer opts out of what is not needed, in their language; none where customers cannot reach us. */
  unsubscribeLink?(email: string, language: MailLanguage): string
  /** Every mail goes there instead, if given. */
  onlyTo?: string
  /** Mails in a day of the shop, if limited. */
  perDay?: number
  /** How often the claim is renewed while the mail server takes its time. */
  renewEveryMs: number
}

/** Whose turn it is: how many mails are made ready, and who has a connection to the mail server. */
export type Turns = {
  /** Some mails a connection are looked at and worded ahead. */
  ahead<T>(prepare: () => Promise<T>): Promise<T>
  /** Tells whether a mail that was ready had to wait for its connection too long. */
  waited(tooLong: boolean): void
  /** Few mails a connection are noted as handed over at a time: what a kill leaves unsure is little. */
  next<T>(send: () => Promise<T>): Promise<T>
  /** While the mail server is away nothing is noted before it answers. */
  isAway(): boolean
  /** Lends a connection that is free and answers, for one message; throws MailServerAway. */
  withLine<T>(use: (line: Line) => Promise<T>): Promise<T>
}

export type Sending = Mailing & Turns & { mayStillSend(): Promise<boolean> }

/** One notice that is being sent, and what its steps work with. */
export type Work = {
  context: Context
  sending: Sending
  rounds: Rounds
  claimed: ClaimedNotice
  mailOfDay: MailOfDay
}

/** One mail of the day's limit: taken before a message is handed over, and given back where it is not after all. */
export type MailOfDay = { take(): Promise<boolean>; giveBack(): Promise<void> }
