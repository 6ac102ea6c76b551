import type { Collection, Filter } from 'mongodb'
import type { FailureKind } from '#core/domain/messages.ts'
import { storeTime } from './mongo.ts'
import type { Run, RunDocument } from './runs.ts'

/** What a run that was interrupted said before it died may lie behind its end in the queue, by no more than this. */
const settleSeconds = 5
/** A run that kills its scraper must not go round for ever. */
const mostTriesOfTick = 3
/** Failures that leave their tick as it was: nothing was read, and the portal has nothing to do with it. */
const leftTick: Filter<RunDocument>[] = [
  { failure: 'not-started' },
  { failure: 'interrupted', $expr: { $lt: ['$endedAt', storeTime(-settleSeconds)] } },
]

/** What earlier runs of a supplier say of the next one: whether its tick had its run, and how signing in went. */
export function makeRunHistory(runs: Collection<RunDocument>, toRun: (document: RunDocument) => Run) {
  return {
    /**
     * Whether this tick is not worth another run: one waits for it, or was requested for it or later. One that was
     * interrupted or never begun leaves its tick as it was, but for so many times only.
     */
    async coversTick(supplier: string, tick: Date, { except = '' } = {}): Promise<boolean> {
      const ofTick: Filter<RunDocument> = {
        supplier,
        _id: { $ne: except },
        dry: { $exists: false },
        $or: [{ requestedAt: { $gte: tick } }, { tick, state: { $ne: 'rejected' } }],
      }
      if ((await runs.findOne({ ...ofTick, $nor: leftTick }, { projection: { _id: 1 } })) !== null) return true
      return (await runs.countDocuments({ ...ofTick, failure: 'interrupted' })) >= mostTriesOfTick
    },

    /** How many runs there were for this very tick: the next one's place among them. */
    async countOfTick(supplier: string, tick: Date): Promise<number> {
      return runs.countDocuments({ supplier, tick })
    },

    /** Runs of the schedule that were interrupted since then: their ticks may be worth another. */
    async interruptedSince(since: Date): Promise<Run[]> {
      const filter = { failure: 'interrupted' as const, endedAt: { $gte: since }, tick: { $exists: true } }
      return (await runs.find(filter).sort({ endedAt: 1, _id: 1 }).toArray()).map(toRun)
    },

    /**
     * The last two runs, newest first, that tell how signing in goes: those that got past it, and those that ended by one
     * of these failures between submit and answer. Dry ones too: they submit the same credentials.
     */
    async signIns(
      supplier: string,
      { before, after, open }: { before?: number; after: number; open: FailureKind[] },
    ): Promise<Run[]> {
      const telling: Filter<RunDocument>[] = [
        { step: { $in: ['signed-in', 'reading'] } },
        { 'finish.outcome': 'whole' },
        { step: 'signing-in', failure: { $in: open } },
      ]
      const number = { $gt: after, ...(before !== undefined && { $lt: before }) }
      return (await runs.find({ supplier, number, $or: telling }).sort({ number: -1 }).limit(2).toArray()).map(toRun)
    },

    /** Whether a run that was requested after this one has failed. */
    async failedAfter(supplier: string, number: number): Promise<boolean> {
      const later = { supplier, number: { $gt: number }, state: 'failed' as const }
      return (await runs.findOne(later, { projection: { _id: 1 } })) !== null
    },

    /** Forgets runs that ended before then. */
    async dropEnded(before: Date): Promise<number> {
      return (await runs.deleteMany({ endedAt: { $lt: before }, state: { $ne: 'held' } })).deletedCount
    },

    /** The run before this one, by number: for troubles that count in a row. A dry one ends rejected, and is none. */
    async before(supplier: string, number: number): Promise<Run | null> {
      const [document] = await runs
        .find({ supplier, number: { $lt: number }, dry: { $exists: false } })
        .sort({ number: -1 })
        .limit(1)
        .toArray()
      return document ? toRun(document) : null
    },
  }
}
