import type { Availability, Expected } from './availability.ts'
import { hasEnd, sameAvailability } from './availability.ts'

/** Kinds of change in the order in which they are tried: the first that fits (RULES section 3). */
export const changeKinds = [
  'discontinued',
  'sold-out',
  'arrived',
  'back',
  'undated',
  'dated',
  'delayed',
  'earlier',
  'widened',
  'refined',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** What became of an availability, or null where nothing changed for a customer. */
export function changeKind(before: Availability, after: Availability): ChangeKind | null {
  if (sameAvailability(before, after)) return null
  switch (after.kind) {
    case 'discontinued':
      return 'discontinued'
    case 'sold-out':
      return 'sold-out'
    case 'in-stock':
      return 'arrived'
    case 'on-request':
      return isGone(before) ? 'back' : 'undated'
    case 'expected':
      return isGone(before) ? 'back' : kindOfDate(before, after)
    default:
      return after satisfies never
  }
}

function isGone(availability: Availability): boolean {
  return availability.kind === 'sold-out' || availability.kind === 'discontinued'
}

function kindOfDate(before: Availability, after: Expected): ChangeKind {
  if (before.kind === 'on-request') return 'dated'
  if (before.kind !== 'expected') return 'delayed'
  // What had an end and has none now is neither better nor more exact, whatever its first day.
  if (hasEnd(before) && !hasEnd(after)) return after.from > before.to ? 'delayed' : 'widened'
  if (after.to > before.to) return after.from >= before.from ? 'delayed' : 'widened'
  return after.from < before.from ? 'earlier' : 'refined'
}
