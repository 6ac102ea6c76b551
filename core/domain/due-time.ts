import type { LineState } from './line-state.ts'
import type { NewsKind } from './news.ts'
import type { Policy } from './policy.ts'
import { outOfQuiet } from './quiet-hours.ts'

export type DueRules = {
  kinds: readonly NewsKind[]
  /** When the customer was last mailed about this order. */
  lastMailAt: Date | null
  policy: Policy
  timeZone: string
}

const hourMs = 3_600_000
const goodNews: ReadonlySet<NewsKind> = new Set(['arrived', 'earlier', 'back', 'dated'])
/** What must not wait for another mail's day to be over. */
const unlimited: ReadonlySet<NewsKind> = new Set(['arrived', 'correction'])

/** When a notice is due whose first difference stands since then: as early as the most urgent of its news may go. */
export function dueTime(since: Date, rules: DueRules): Date {
  return earliest(rules, (kind) => (isCollected(kind, rules.policy) ? later(since, rules.policy.digestHours) : since))
}

/** The first moment from this one on at which a mail with such news may leave, whatever was planned before. */
export function mayLeaveAt(moment: Date, rules: DueRules): Date {
  return earliest(rules, () => moment)
}

/** When the customer was last mailed about this order, as its lines remember it. */
export function lastMailAt(lines: Record<string, LineState>): Date | null {
  const told = Object.values(lines).flatMap((line) => (line.told?.source === 'notice' ? [line.told.at] : []))
  return told.length === 0 ? null : told.reduce((a, b) => (a > b ? a : b))
}

function earliest({ kinds, lastMailAt: last, policy, timeZone }: DueRules, from: (kind: NewsKind) => Date): Date {
  const free = last !== null && policy.mailEveryHours > 0 ? later(last, policy.mailEveryHours) : null
  const times = kinds.map((kind) => {
    const begin = from(kind)
    return free !== null && free > begin && !unlimited.has(kind) ? free : begin
  })
  return outOfQuiet(
    times.reduce((a, b) => (a < b ? a : b)),
    policy.quiet,
    timeZone,
  )
}

function isCollected(kind: NewsKind, policy: Policy): boolean {
  if (kind === 'correction') return false
  return policy.goodNews === 'digest' || !goodNews.has(kind)
}

function later(moment: Date, hours: number): Date {
  return new Date(moment.getTime() + hours * hourMs)
}
