import type { Availability, Day } from './availability.ts'

/** The stay of one text in one column. `lastSeen` is set when the text went away; a return within 14 days continues it. */
export type Saying = { text: string; anchor: Day; grammar: number; lastSeen?: Date }

/**
 * A value that an item has or had, with the texts that it was read from. `reread` is what it was before the same texts
 * were read anew: no run saw anything else, so nobody is told of it who was not to be told before.
 */
export type Value = {
  availability: Availability
  texts: Record<string, string>
  since: Date
  run: string
  reread?: Value | null
  /** Its lead times count from the day of each order (`relative: 'order-day'`); what stands here counts from its saying. */
  byOrder?: true
  /** Number of the only run that has read it so far, of an item that nobody waited for: no line is due on it yet. */
  unconfirmed?: number
}

/** A readable value that waits to be read a second time; *now* stays meanwhile (RULES section 2, "Confirmation"). */
export type Pending = {
  availability: Availability
  texts: Record<string, string>
  byOrder?: true
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
