import type { Availability } from './availability.ts'
import type { ChangeKind } from './change.ts'
import { changeKinds } from './change.ts'
import type { MailLanguage } from './language.ts'

/** What a notice can say of a line: a change of told to now, or one of two things that are no change. */
export const newsKinds = [...changeKinds, 'overdue', 'correction'] as const
export type NewsKind = ChangeKind | 'overdue' | 'correction'

/** One line's news: the customer holds `told` (null where it may not be shown as such), and is to hear `now`. */
export type LineNews = {
  line: string
  title: string
  quantity: number
  kind: NewsKind
  told: Availability | null
  now: Availability
  /** A delay of what we had to tell was delayed already. */
  again?: true
}

/** A line without news. `availability` is null where the customer's knowledge isn't current: then no date is shown. */
export type OtherLine = { line: string; title: string; quantity: number; availability: Availability | null }

/** All that a mail says, before any wording (RULES section 7: which dates it may show). */
export type NoticeContent = {
  order: { number: string; url?: string }
  customer: { name?: string }
  language: MailLanguage
  news: LineNews[]
  others: OtherLine[]
  /** Where the customer opts out of what is not needed; absent where all that the mail says is. */
  unsubscribeUrl?: string
}
