import { PortalChanged } from '#scraper/failure.ts'
import type { Tree } from './records.ts'
import { isBranch, valueAt } from './records.ts'

/** By each path that any record of a list has: how many records in a row are without it, at most. */
export type Gaps = Map<string, number>

export function gapsOf(records: Tree[], paths: string[]): Gaps {
  const present = paths.filter((path) => records.some((record) => hasPath(record, path)))
  return new Map(present.map((path) => [path, longestGap(records, path)]))
}

function longestGap(records: Tree[], path: string): number {
  let [longest, here] = [0, 0]
  for (const record of records) {
    here = hasPath(record, path) ? 0 : here + 1
    longest = Math.max(longest, here)
  }
  return longest
}

/**
 * A key that a record leaves out is blank; one that all records of a further page leave out has changed, unless they are
 * no more than were without it in a row on the first page, or than one.
 */
export function checkGaps(records: Tree[], { gaps, page }: { gaps: Gaps; page: number }): void {
  for (const [path, gap] of gaps) {
    if (records.length <= Math.max(gap, 1) || records.some((record) => hasPath(record, path))) continue
    const keys = [...new Set(records.filter(isBranch).flatMap((record) => Object.keys(record)))].slice(0, 20)
    throw new PortalChanged(
      `page ${page}: none of its ${records.length} records has "${path}", which those of page 1 have; its keys are ${keys.join(', ') || 'none'}. ` +
        'Has the path another name there, or does a part of the portal not work just now?',
    )
  }
}

function hasPath(record: Tree, path: string): boolean {
  return isBranch(record) && valueAt(record, path) !== undefined
}
