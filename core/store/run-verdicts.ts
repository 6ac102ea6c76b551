import type { Collection, Db, Filter } from 'mongodb'
import { isDuplicate } from './mongo.ts'
import type { Approval, Run, RunDocument, RunWhy, Trial } from './runs.ts'

export type ApproveOutcome = 'approved' | 'not-held' | 'another-under-way' | 'parts-gone' | 'other-number'

/** How a run was seen by who rejects it. */
type Seen = { state: 'due' | 'judging' | 'held'; why?: RunWhy; passed?: boolean }

const ended = {
  $currentDate: { endedAt: true as const },
  $unset: { underWay: '' as const, waiting: '' as const, waitingDry: '' as const },
}

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

    /**
     * Holds a run for a person, and takes back the approval that it was weighed with; false where it was let through, has
     * ended, or was approved since: a slower notifier's weighing is older than what the person said.
     */
    async hold({ id, approval }: Pick<Run, 'id' | 'approval'>, reasons: string[], customers = 0): Promise<boolean> {
      const filter: Filter<RunDocument> = { _id: id, state: 'judging', passed: { $exists: false } }
      if (approval === undefined) filter.approval = { $exists: false }
      else filter['approval.rev'] = approval.rev ?? { $exists: false }
      const result = await runs.updateOne(filter, {
        ...ended,
        $unset: { ...ended.$unset, approved: '', approval: '' },
        $set: { state: 'held', reasons, 'forecast.customers': customers },
        $inc: { 'forecast.rev': 1 },
      })
      return result.modifiedCount === 1
    },

    /** Ends a dry run with what it would have come to. */
    async endDry(id: string, trial: Trial): Promise<boolean> {
      const change = { state: 'rejected' as const, reasons: ['a dry run: nothing of it counts'], trial }
      return (
        (await runs.updateOne({ _id: id, state: 'judging', dry: true }, { ...ended, $set: change })).modifiedCount === 1
      )
    },

    /** How many customers a held run would mail by now. */
    async forecast(id: string, customers: number): Promise<boolean> {
      const change = { $set: { 'forecast.customers': customers }, $inc: { 'forecast.rev': 1 } }
      return (await runs.updateOne({ _id: id, state: 'held' }, change)).modifiedCount === 1
    },

    /**
     * A person says that a held run is right, and how many customers they were shown: by another number it is refused.
     * Who takes it up to apply it counts once more, and then lets it pass, or holds it again.
     */
    async approve(id: string, { customers, silent }: Partial<Approval> = {}): Promise<ApproveOutcome> {
      const run = await runs.findOne({ _id: id })
      if (run?.state !== 'held') return 'not-held'
      const { finish, forecast } = run
      if (finish?.outcome === 'whole' && (await parts.countDocuments({ run: id })) < finish.parts) return 'parts-gone'
      const shown = customers ?? forecast?.customers ?? 0
      if (shown !== (forecast?.customers ?? 0)) return 'other-number'
      const change = {
        state: 'judging' as const,
        approved: true as const,
        approval: { customers: shown, ...(silent && { silent }), ...(forecast && { rev: forecast.rev }) },
        underWay: true as const,
      }
      const filter: Filter<RunDocument> = { _id: id, state: 'held' }
      if (forecast !== undefined) filter['forecast.customers'] = shown
      try {
        const result = await runs.updateOne(filter, { $set: change, $unset: { endedAt: '' } })
        if (result.modifiedCount === 1) return 'approved'
        return (await runs.countDocuments({ _id: id, state: 'held' })) === 1 ? 'other-number' : 'not-held'
      } catch (error) {
        if (isDuplicate(error)) return 'another-under-way'
        throw error
      }
    },

    /** Of these runs those that a person approved, with the number of customers they were shown. */
    async approvals(ids: string[]): Promise<Map<string, number>> {
      const filter = { _id: { $in: ids }, approval: { $exists: true }, 'approval.silent': { $ne: true as const } }
      const documents = await runs.find(filter, { projection: { approval: 1 } }).toArray()
      return new Map(documents.map(({ _id, approval }) => [_id, approval?.customers ?? 0]))
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
