import type { Availability } from './availability.ts'
import type { NewsKind } from './news.ts'
import type { Order } from './order.ts'

/** The availability that the customer holds for a line, and how it came to hold it. */
export type Told = {
  value: Availability
  source: 'shop' | 'assumed' | 'notice'
  at: Date
  /** The words that it was read from: the supplier's by column, or the shop's own as `told`. */
  texts?: Record<string, string>
  /** Of a notice: what it said, of which run, in which notice, and what was told before it. */
  kind?: NewsKind
  run?: string
  notice?: string
  before?: Availability
  /** Assumed from a value first seen after the order was placed: its date is never shown (RULES section 7). */
  seenLater?: true
  /** Of a notice that was counted as sent though nobody knows: its date is never named as an old one. */
  uncertain?: true
  /** A person said that the run behind it was wrong, and that those who were told so are to be told again. */
  wrong?: true
}

/** The customer holds it by this notice, or never got it. */
export function isInDoubt(told: Told | null | undefined, notice: string): boolean {
  return told?.notice === notice && told.uncertain === true
}

/** `hold` and `too-few`: a person waived it; the latter only until there are enough pieces for all that wait. */
export const waivedReasons = ['at-intake', 'baseline', 'overdue', 're-read', 'silent', 'hold', 'too-few'] as const
export type WaivedReason = (typeof waivedReasons)[number]
export type Waived = { value: Availability; reason: WaivedReason; at: Date }

/** What was told without a mail, and what was waived: kept for whoever asks later, when it is so no more. */
export type Past =
  | { at: Date; told: Availability; source: 'shop' | 'assumed' }
  | { at: Date; waived: Availability; reason: WaivedReason }

export function pastOf({ told, waived }: { told?: Told | null; waived?: Waived | null }): Past[] {
  return [
    ...(told && told.source !== 'notice' ? [{ at: told.at, told: told.value, source: told.source }] : []),
    ...(waived ? [{ at: waived.at, waived: waived.value, reason: waived.reason }] : []),
  ]
}

/** What the notifier keeps of a line; the shop's own part is never touched by it. */
export type LineState = {
  /** What the line pointed to when it was looked at: only when the shop changes that is the item found again. */
  asked: string
  item: string | null
  told: Told | null
  waived: Waived | null
  /** Looked at before the supplier's first accepted run was applied: that run's values are no news to it (RULES 5). */
  early?: true
  /** Looked at when this run, approved without mailing, was applied already: its silence is not about this line. */
  heard?: string
  /** Since when an unresolved difference stands. */
  since: Date | null
  past?: Past[]
}

/** The shop's part of an order as stored: left-out lines stay as cancelled. `single` tells a single put from bulk. */
export type ShopPart = Order & { rev: number; putAt: Date; single: boolean }

export type StoredOrder = {
  number: string
  shop: ShopPart
  /** Last `rev` that the planner looked at; 0 before the first look. */
  looked: number
  lines: Record<string, LineState>
  /** Somebody asked for a look: the shop by putting it, or who found something out. Stays until it is planned too. */
  look?: true
  /** How often a look was asked for by somebody else than the shop. */
  asks?: number
  /** How many notices of this order have ended. */
  closed: number
  changedAt: Date
}
