import type { Availability, Day } from './availability.ts'
import { daysBetween } from './grammar/calendar.ts'
import type { Item, Value } from './item.ts'
import type { LineState, Told } from './line-state.ts'
import type { Policy } from './policy.ts'

type Situation = {
  state: LineState
  item: Item | undefined
  supplier: { baseline: string | null; lastHeard?: Date }
  policy: Pick<Policy, 'overdueAfterDays'>
  today: Day
}

/** The last day of an interval is over. */
export function isPast(value: Availability, today: Day): boolean {
  return value.kind === 'expected' && value.to < today
}

/**
 * Whether the customer is to hear that the date they hold has passed without a word: some days after it, once for what
 * was told, and only where the supplier was read since then and says the same still.
 */
export function isOverdueNews(told: Told, now: Value, { state, item, supplier, policy, today }: Situation): boolean {
  const value = now.availability
  if (policy.overdueAfterDays === null || told.kind === 'overdue') return false
  if (told.value.kind !== 'expected' || value.kind !== 'expected') return false
  const passed = told.value.to > value.to ? told.value.to : value.to
  if (daysBetween(passed, today) < policy.overdueAfterDays) return false
  if (item === undefined || item.marks.unreadable !== undefined || item.marks.missing !== undefined) return false
  if (supplier.lastHeard === undefined || dayInUtc(supplier.lastHeard) <= passed) return false
  // What a first run or a reading anew brings is no news, what passes later is (P7).
  const isSilent = (state.early && now.run === supplier.baseline) || now.reread !== undefined
  return !(isSilent && value.to < dayInUtc(now.since))
}

function dayInUtc(moment: Date): Day {
  return moment.toISOString().slice(0, 10)
}
