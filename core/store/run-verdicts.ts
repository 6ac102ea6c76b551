import type { Collection, Db, Filter } from 'mongodb'
import { isDuplicate } from './mongo.ts'
import type { Run, RunDocument, RunWhy } from './runs.ts'

/** How a run was seen by who rejects it. */
type Seen = { state: 'due' | 'judging' | 'held'; why?: RunWhy; passed?: boolean }

const ended = { $currentDate: { endedAt: true as const }, $unset: { underWay: '' as const, waiting: '' as const } }

/** What gates and persons say of a run: it passes, is held, approved or rejected. */
export function makeRunVerdicts(db: Db, runs: Collection<RunDocument>, toRun: (document: RunDocument) => Run) {
  const parts = db.collection<{ run: string }>('parts')

  return {
    /**
     * Lets a run through the gates; the first verdict on a run stands, whoever weighs it a second time. False where it is
     * held or ended.
     */
    async pass(id: string): Promise<boolean> {
      const result = await runs.updateOne({ _id: id, state: 'judging' }, { $set: { passed: true } })
      return result.matchedCount === 1
    },

    async hasPassed(id: string): Promise<boolean> {
      return (await runs.countDocuments({ _id: id, state: 'judging', passed: true })) === 1
    },

    /** Holds a run for a person; false where it was let through, or has ended. */
    async hold(id: string, reasons: string[]): Promise<boolean> {
      const filter = { _id: id, state: 'judging' as const, passed: { $exists: false } }
      const result = await runs.updateOne(filter, { ...ended, $set: { state: 'held', reasons } })
      return result.modifiedCount === 1
    },

    /** A person says that a held run is right: it is applied as if it had passed. False where it is no longer held. */
    async approve(id: string): Promise<'approved' | 'not-held' | 'another-under-way' | 'parts-gone'> {
      const { finish } = (await runs.findOne({ _id: id })) ?? {}
      if (finish?.outcome === 'whole' && (await parts.countDocuments({ run: id })) < finish.parts) {
        return (await runs.countDocuments({ _id: id, state: 'held' })) === 1 ? 'parts-gone' : 'not-held'
      }
      const change = {
        state: 'judging' as const,
        passed: true as const,
        approved: true as const,
        underWay: true as const,
      }
      try {
        const result = await runs.updateOne({ _id: id, state: 'held' }, { $set: change, $unset: { endedAt: '' } })
        return result.modifiedCount === 1 ? 'approved' : 'not-held'
      } catch (error) {
        if (isDuplicate(error)) return 'another-under-way'
        throw error
      }
    },

    /** The run of this supplier that waits for a person: one at most stands. */
    async held(supplier: string): Promise<Run[]> {
      return (await runs.find({ supplier, state: 'held' }).sort({ number: -1 }).toArray()).map(toRun)
    },

    /** All runs that wait for a person, of each supplier the newest first. */
    async allHeld(): Promise<Run[]> {
      return (await runs.find({ state: 'held' }).sort({ supplier: 1, number: -1 }).toArray()).map(toRun)
    },

    /**
     * Rejects a run only out of the state that it was seen in; `why` too must be as seen, and a run that was not seen to
     * have passed must not have passed meanwhile: it may be half applied.
     */
    async reject(id: string, reason: string, seen: Seen = { state: 'due' }): Promise<boolean> {
      const { state, why, passed } = seen
      const filter: Filter<RunDocument> = { _id: id, state }
      if (why !== undefined) filter.why = why
      if (passed === false) filter.passed = { $exists: false }
      const result = await runs.updateOne(filter, {
        ...ended,
        $set: { state: 'rejected' },
        $push: { reasons: reason },
      })
      return result.modifiedCount === 1
    },
  }
}
