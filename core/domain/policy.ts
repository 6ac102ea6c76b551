import type { Expected, Precision } from './availability.ts'
import { hasEnd } from './availability.ts'
import type { NewsKind } from './news.ts'
import type { QuietHours } from './quiet-hours.ts'

/** What the shop wants its customers to hear of, and when. */
export type Policy = {
  /** Kinds of news that are mailed; others stay in the history. Overdue is mailed where `overdueAfterDays` says so. */
  mailed: Record<Exclude<NewsKind, 'overdue'>, boolean>
  /** A date that moved by no more days than this, at both ends, is no change for the customer. */
  toleranceDays: Record<Precision, number>
  /** Whether good news waits for the digest like any other. */
  goodNews: 'at-once' | 'digest'
  /** How long an order's news is collected for one mail, from the first of it on. */
  digestHours: number
  /** When no mail leaves, by the clock of the shop. */
  quiet: QuietHours | null
  /** At most one mail per order in so many hours, unless it says `arrived` or corrects another. */
  mailEveryHours: number
  /** So many days after the date that a customer holds has passed without a word they hear that it is late. */
  overdueAfterDays: number | null
}

export const noTolerance: Policy['toleranceDays'] = {
  day: 0,
  week: 0,
  third: 0,
  month: 0,
  quarter: 0,
  half: 0,
  season: 0,
  year: 0,
  range: 0,
}

/**
 * What a shop has that says nothing else: its customers hear of every move, by day, in few mails. Nothing is kept from
 * them without the shop's word.
 */
export const defaultPolicy: Policy = {
  mailed: {
    discontinued: true,
    'sold-out': true,
    arrived: true,
    back: true,
    undated: true,
    dated: true,
    delayed: true,
    earlier: true,
    widened: true,
    refined: true,
    correction: true,
  },
  toleranceDays: noTolerance,
  goodNews: 'at-once',
  digestHours: 2,
  quiet: { from: 20 * 60, to: 8 * 60 },
  mailEveryHours: 24,
  overdueAfterDays: null,
}

/**
 * Whether both ends of an interval moved by no more than the shop's tolerance: that of the more exact of the two, so
 * that a day that becomes a month is no small shift. To lose or get an end is none either.
 */
export function withinTolerance(told: Expected, now: Expected, days: Policy['toleranceDays']): boolean {
  if (hasEnd(told) !== hasEnd(now)) return false
  const most = Math.min(days[told.precision], days[now.precision])
  return daysApart(told.from, now.from) <= most && daysApart(told.to, now.to) <= most
}

function daysApart(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000
}
