import type { MailLanguage } from '#core/domain/language.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import type { ClaimedNotice } from '#core/store/notice-sending.ts'
import type { Context } from './context.ts'
import type { Mailer } from './mailer.ts'
import type { Rounds } from './rounds.ts'

export type Line = Awaited<ReturnType<Mailer['open']>>
export type Sending = {
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
  mayStillSend(): Promise<boolean>
  /** Few mails a connection are made ready and handed over at a time: what a kill leaves unsure is little. */
  inTurn<T>(send: () => Promise<T>): Promise<T>
  /** Tells whether a mail that was ready had to wait for its connection too long. */
  waited(tooLong: boolean): void
  /** Lends a connection that is free and answers, for one message; throws MailServerAway. */
  withLine<T>(use: (line: Line) => Promise<T>): Promise<T>
}

/** One notice that is being sent, and what its steps work with. */
export type Work = { context: Context; sending: Sending; rounds: Rounds; claimed: ClaimedNotice }
