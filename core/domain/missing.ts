import type { ItemMarks } from './item.ts'

/** So many accepted runs of the schedule without an item, and it is missing (RULES section 2). */
export const missingAfterRuns = 3

export type Absence = NonNullable<ItemMarks['missing']>
type Without = { run: { id: string; requestedAt: Date; why: string }; lastHad: Date }

/** Missing is neither sold out nor unreadable nor a run that failed: whole runs, one after the other, did not have it. */
export function isMissing(marks: ItemMarks | undefined): boolean {
  return (marks?.missing?.runs ?? 0) >= missingAfterRuns
}

/** The mark after another whole run without the item; null where it says nothing more than the one before. */
export function absentIn(before: Absence | undefined, { run, lastHad }: Without): Absence | null {
  // What a person asks for, and a second reading, may come minutes after the first: they prove nothing more.
  const counted = run.why === 'schedule' ? 1 : 0
  if (before === undefined) return { since: run.requestedAt, lastConfirmedAt: lastHad, run: run.id, runs: counted }
  if (counted === 0 || before.runs >= missingAfterRuns) return null
  return { ...before, run: run.id, runs: before.runs + counted }
}
