import { itemId } from '#core/domain/ids.ts'
import { absentIn, isMissing, missingAfterRuns } from '#core/domain/missing.ts'
import { chunksOf } from '#core/store/mongo.ts'
import type { RunCounts } from '#core/store/runs.ts'
import type { NumberedRun } from './apply-run.ts'
import type { Context } from './context.ts'
import type { Absent } from './weigh-run.ts'

const mostNamed = 5

type Applied = {
  run: NumberedRun
  /** Known items that the run did not have. */
  absent: Absent[]
  /** When the last accepted run before it was requested. */
  before: Date | null
  keepClaim(): Promise<void>
}

/**
 * Marks items that the whole run did not have, until they count as missing; only what the mark says anew is written. Gives
 * how many are missing by now, and how many only absent.
 */
export async function markMissing(
  { store }: Context,
  { run, absent, before, keepClaim }: Applied,
): Promise<Pick<RunCounts, 'missing' | 'absent'>> {
  const without: string[] = []
  const counts = { missing: 0, absent: 0 }
  for (const { code, absentRuns } of absent) {
    if (absentRuns !== undefined && absentRuns >= missingAfterRuns) counts.missing += 1
    else without.push(itemId(run.supplier, code))
  }
  for (const chunk of chunksOf(without)) {
    const items = [...(await store.items.getMany(chunk)).values()]
    const differences = items.flatMap((item) => {
      const mark =
        item.run < run.number ? absentIn(item.marks.missing, { run, lastHad: before ?? run.requestedAt }) : null
      const marked = mark === null ? item : { ...item, run: run.number, marks: { ...item.marks, missing: mark } }
      counts[isMissing(marked.marks) ? 'missing' : 'absent'] += 1
      return mark === null ? [] : [{ item: marked, planned: true }]
    })
    await store.items.writeDifferences(differences)
    await keepClaim()
  }
  return counts
}

/** An incident as long as open orders wait for something that is missing; customers hear nothing of it. */
export async function tellMissing({ store, incidents }: Context, supplier: string): Promise<void> {
  const awaited = [...(await store.orders.awaited(await store.items.missing(supplier)))].sort()
  if (awaited.length === 0) return incidents.recovered('missing', supplier)
  const codes = awaited.slice(0, mostNamed).map((id) => id.slice(supplier.length + 1))
  const more = awaited.length > codes.length ? ` and ${awaited.length - codes.length} more` : ''
  const words = `open orders wait for what is no longer in its table: ${codes.join(', ')}${more}`
  const hint =
    'Ask the supplier; an article under a new code is linked, or its orders are given the new one, by the shop'
  await incidents.open({ kind: 'missing', subject: supplier, words, hint })
}
