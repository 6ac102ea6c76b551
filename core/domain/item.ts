import type { Availability, Day } from './availability.ts'
import type { LeadTime } from './grammar/lead-time.ts'

/** The stay of one text in one column. `lastSeen` is set when the text went away; a return within 14 days continues it. */
export type Saying = { text: string; anchor: Day; grammar: number; lastSeen?: Date }

/**
 * A lead time that counts from the day of each order (`relative: 'order-day'`), and since when it is said. As understood
 * when it was read: what an order is told hangs on no list of sayings, and on no later definition.
 */
export type ByOrder = { leadTime: LeadTime; since: Day }

/** What texts were read as, each column from its anchor: with these they are read anew, whatever was said since. */
export type Said = {
  availability: Availability
  texts: Record<string, string>
  anchors: Record<string, Day>
  /** What each order's own days come from; those of `availability` count from the saying. */
  byOrder?: ByOrder
}

/**
 * A value that an item has or had, with the texts that it was read from. `reread` is what it was before the same texts
 * were read anew: no run saw anything else, so nobody is told of it who was not to be told before.
 */
export type Value = Said & {
  since: Date
  run: string
  reread?: Value | null
  /** Number of the only run that has read it so far, of an item that nobody waited for: no line is due on it yet. */
  unconfirmed?: number
}

/** A readable value that waits to be read a second time; *now* stays meanwhile (RULES section 2, "Confirmation"). */
export type Pending = Said & {
  /** The run that read it, and its number: only a run with a higher one confirms it. */
  run: string
  number: number
  /** Since when anything has been pending without a break, whatever its values. */
  since: Date
  /** By when a second reading is to be expected; absent where that cannot be said. */
  until?: Date
}

/** Marks stand beside *now* and never replace it (RULES section 2). */
export type ItemMarks = {
  unreadable?: { said: string; since: Date; run: string }
  /** Whole runs did not have it: since when, and in how many of the schedule; it counts as missing by `isMissing` only. */
  missing?: { since: Date; lastConfirmedAt: Date; run: string; runs: number }
  /** The code came with a title that no longer resembles the one it had: its news waits for a person. */
  retitled?: { was: string; since: Date; run: string }
}

/** As much of an item as tells whether an observation of it says anything new. */
export type ItemSight = Pick<Item, 'texts' | 'title' | 'ean' | 'marks'> & {
  pending?: unknown
  now: Pick<Value, 'unconfirmed'> | null
}

/** One article of one supplier with its history in short; the whole history is in its changes. */
export type Item = {
  id: string
  supplier: string
  code: string
  ean?: string
  title: string
  /** Raw texts of all columns as last seen: equal ones need no reading. */
  texts: Record<string, string>
  sayings: Record<string, Saying[]>
  now: Value | null
  previous: Value | null
  pending?: Pending
  marks: ItemMarks
  /** Number of the last run that made any difference to this item. */
  run: number
}
