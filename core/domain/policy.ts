import type { Expected } from './availability.ts'
import type { NewsKind } from './news.ts'

/** What the shop wants its customers to hear of. */
export type Policy = {
  /** Kinds of news that are mailed; others stay in the history. */
  mailed: Record<NewsKind, boolean>
  /** A date that moved by no more days than this, at both ends, is no change for the customer. */
  toleranceDays: number
}

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
    overdue: false,
    correction: true,
  },
  toleranceDays: 0,
}

/** Whether both ends of an interval moved by no more than the shop's tolerance. */
export function withinTolerance(told: Expected, now: Expected, toleranceDays: number): boolean {
  return daysApart(told.from, now.from) <= toleranceDays && daysApart(told.to, now.to) <= toleranceDays
}

function daysApart(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000
}
