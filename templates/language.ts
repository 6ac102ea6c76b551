import type { Availability, Precision } from '#core/domain/availability.ts'
import type { NewsKind } from '#core/domain/news.ts'
import type { Interval } from './calendar.ts'

/** The forms that an interval of days takes in a language: standing alone, and in a sentence. */
export type DateForms = {
  /** "polovina ledna 2027". All that stands alone is so plain that our own grammar reads it. */
  alone: string
  /** With the mark `from`: "od poloviny ledna 2027". */
  since: string
  /** With the mark `about`: "přibližně v polovině ledna 2027"; of a range as short as it can be said. */
  circa: string
  /** "v polovině ledna 2027" */
  when: string
  /** With the mark `from`: "nejdříve v polovině ledna 2027". */
  earliest: string
  /** With the mark `about`: "přibližně v polovině ledna 2027". */
  near: string
}

/** The forms that a language must give; the others are made of them where it gives none. */
export type CoreForms = Pick<DateForms, 'alone' | 'since' | 'when'> & Partial<Pick<DateForms, 'circa' | 'near'>>

/** What a line's news comes to for the customer; it decides what happens next. */
export const outcomes = ['arrived', 'dated', 'undated', 'sold-out', 'discontinued'] as const
export type Outcome = (typeof outcomes)[number]

/** What the news of several lines has in common, for the headline; `gone` is sold out and discontinued together. */
export type Group = Outcome | 'overdue' | 'back' | 'gone' | 'correction' | 'mixed'

/** The tone of a mail, by all of its news. */
export type Mood = 'good' | 'bad' | 'mixed' | 'neutral' | 'correction'

/** How one kind of news is said. */
export type KindWords = {
  /** The news in a few words, for subject and heading; `now` is how things stand, standing alone. */
  headline(now: string): string
  /** What it means for the customer; `now` is how things stand, as a sentence. */
  explain(now: string): string
}

/** Order and customer, in the words that open a mail. */
export type Opening = { order: string; name: string | null }

/** All that a mail language must say: a file in `languages/` each, and the compiler lists what one lacks. */
export type Phrases = {
  dates: Record<Precision, (interval: Interval) => DateForms>
  /** An availability without a date, standing alone. */
  states: Record<Exclude<Availability['kind'], 'expected'>, string>
  /** What a shop once said of a line as "in stock": its own shelf or its supplier's, we don't know. */
  wasInStock: string
  sentences: Record<Exclude<Availability['kind'], 'expected'>, string> & { expected(when: string): string }
  kinds: Record<NewsKind, KindWords>
  /** A delay of what we had to tell was delayed already. */
  delayedAgain: KindWords
  /** News that cannot be compared, for the customer may never have seen the old value. */
  untold: { dated: KindWords; undated: KindWords }
  /** Who sold out offers it again, and says no date. */
  backUndated: KindWords
  /** The headline where several lines have news. */
  several: Record<Group, (count: number) => string>
  /** Shown as new where a date has passed without any word. */
  noNewDate: string
  subject(order: string, headline: string): string
  /** The order, in a subject that is about one line of several: at a glance it would seem to be about all. */
  ofOne(order: string): string
  greeting(name: string | null): string
  opening: Record<Mood, (about: Opening) => string>
  headings: { news: string; others: string; next: string; ask: string }
  labels: { told: string; now: string; unchanged: string }
  /** What happens next; `label` names the lines that are meant where a mail has more than one outcome. */
  next: Record<Outcome, { label: string; text: string }>
  ask: { contact: string; reply: string }
  orderLink: string
  /** Why the customer gets this mail, in the footer. */
  reason(order: string, shop: string): string
  /** The link below it, where the mail says what is not needed. */
  unsubscribe: string
}

/** Picks a plural form by the language's own rule; `#` stands for the number. */
export function makePlural(locale: string): (forms: PluralForms) => (count: number) => string {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (forms) => (count) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count))
}

export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
