import type { Item } from './item.ts'
import type { SupplierDeclaration } from './supplier.ts'

export const unstableAfterMs = 24 * 3_600_000

/**
 * Pending without a break for more than a day, whatever its values. Where the next run of the schedule is to confirm, it
 * must have had its chance.
 */
export function isUnstable({ pending }: Item, declaration: SupplierDeclaration, now: Date): boolean {
  if (pending === undefined) return false
  const { confirm, schedule } = declaration
  const chanceMs = confirm === 'next-run' ? (schedule.longestGapSeconds ?? 0) * 2_000 : 0
  return now.getTime() - pending.since.getTime() > Math.max(unstableAfterMs, chanceMs)
}
