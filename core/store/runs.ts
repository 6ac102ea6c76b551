import type { Db, Filter } from 'mongodb'
import type { FailureKind, MessageOf } from '#core/domain/messages.ts'
import { isDuplicate } from './mongo.ts'
import type { RunPreview } from './run-previews.ts'
import { makeRunHistory } from './run-history.ts'
import { makeRunVerdicts } from './run-verdicts.ts'

export const runStates = [
  'due',
  'requested',
  'collecting',
  'judging',
  'accepted',
  'held',
  'rejected',
  'failed',
] as const
export type RunState = (typeof runStates)[number]
export type RunWhy = 'schedule' | 'person' | 'confirmation'
export type RunFinish = MessageOf<'run.finished'>
export type RunStep = MessageOf<'run.progress'>['step']

export type RunCounts = {
  items: number
  changes: number
  unreadable: number
  /** Known items that it did not have: those that count as missing by now, and the others. */
  missing: number
  absent: number
  notices: number
}

export type Forecast = { customers: number; rev: number }
/** `silent`: what becomes due by it is waived instead of mailed. */
/** `rev`: the count that was shown, so that a later yes to the same number is another one. */
export type Approval = { customers: number; silent?: true; rev?: number }

export type Run = {
  id: string
  supplier: string
  state: RunState
  why: RunWhy
  /** Only tried: it is read and judged, moves nothing and mails nobody. */
  dry?: true
  trial?: Trial
  tick?: Date
  dueAt: Date
  /** A confirming run is not requested before then. */
  notBefore?: Date
  number?: number
  requestedAt?: Date
  /** Past this the run has failed, whatever its scraper says later. */
  deadline?: Date
  step?: RunStep
  pages?: number
  rows?: number
  finish?: RunFinish
  endedAt?: Date
  appliedAt?: Date
  counts?: RunCounts
  reasons: string[]
  /** A person said that it is right, though gates held it, and how many customers it was to mail by what they were shown. */
  approved?: true
  approval?: Approval
  /** Of a held one: customers that it would mail, as counted last; `rev` rises with every count. */
  forecast?: Forecast
  /** Why it failed, whoever said so: its scraper, or the notifier by the clock. */
  failure?: FailureKind
}
/** What a dry run would have come to: why it would have waited for a person, and whom it would have mailed. */
export type Trial = RunPreview & { held: string[]; customers: number; orders: string[] }

/** What is asked for, before it is known whether another run waits already. */
type Proposed = Pick<Run, 'id' | 'supplier' | 'why' | 'tick' | 'notBefore'>
export type RunDocument = Omit<Run, 'id'> & {
  _id: string
  underWay?: true
  waiting?: true
  waitingDry?: true
  isBegun?: true
  passed?: true
  laterFinishes?: number
}

const stillOpen: RunState[] = ['requested', 'collecting', 'judging']
const steps: RunStep[] = ['started', 'signing-in', 'signed-in', 'reading']

export async function makeRuns(db: Db) {
  const runs = db.collection<RunDocument>('runs')
  await runs.createIndexes([
    // At most one run of a supplier under way, and one waiting: the store itself refuses a second.
    { key: { supplier: 1 }, name: 'one-under-way', unique: true, partialFilterExpression: { underWay: true } },
    { key: { supplier: 1 }, name: 'one-waiting', unique: true, partialFilterExpression: { waiting: true } },
    { key: { supplier: 1, dueAt: -1, _id: -1 } },
    { key: { supplier: 1 }, name: 'one-dry-waiting', unique: true, partialFilterExpression: { waitingDry: true } },
    // The unique ones begin with the supplier: they find nothing for a look at all suppliers.
    { key: { underWay: 1 }, name: 'under-way', partialFilterExpression: { underWay: true } },
    { key: { waiting: 1 }, name: 'waiting', partialFilterExpression: { waiting: true } },
    { key: { waitingDry: 1 }, name: 'waiting-dry', partialFilterExpression: { waitingDry: true } },
    { key: { supplier: 1, tick: 1 } },
    { key: { supplier: 1, requestedAt: -1 } },
    { key: { supplier: 1, number: -1 } },
    { key: { supplier: 1 }, name: 'held', partialFilterExpression: { state: 'held' } },
    { key: { failure: 1, endedAt: 1 }, sparse: true },
    { key: { dueAt: -1, _id: -1 } },
    { key: { endedAt: 1 }, sparse: true },
  ])

  async function get(id: string): Promise<Run | null> {
    const document = await runs.findOne({ _id: id })
    return document && toRun(document)
  }

  async function end(id: string, from: RunState[], change: Partial<RunDocument>): Promise<boolean> {
    const result = await runs.updateOne(
      { _id: id, state: { $in: from } },
      { $set: change, $currentDate: { endedAt: true }, $unset: { underWay: '', waiting: '', waitingDry: '' } },
    )
    return result.modifiedCount === 1
  }

  return {
    ...makeRunHistory(runs, toRun),
    ...makeRunVerdicts(db, runs, toRun),
    get,

    /** Stores a proposal; where one of this supplier waits already, that one is found instead. */
    async propose(run: Proposed): Promise<Run> {
      const { id, ...rest } = run
      const document: RunDocument = { _id: id, ...rest, state: 'due', dueAt: new Date(), waiting: true, reasons: [] }
      try {
        await runs.insertOne(document)
        return toRun(document)
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      const stored = (await get(id)) ?? (await this.askedFor(run))
      // The one that waited was requested in between: then there is room for this one.
      return stored ?? this.propose(run)
    },

    /** A dry run waits beside the others, and takes the place of none; where one waits already, that one is found. */
    async proposeDry({ id, supplier }: Pick<Run, 'id' | 'supplier'>): Promise<Run> {
      const fresh = { supplier, why: 'person' as const, dry: true as const, state: 'due' as const, reasons: [] }
      const document: RunDocument = { _id: id, ...fresh, dueAt: new Date(), waitingDry: true }
      try {
        await runs.insertOne(document)
        return toRun(document)
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      return (await this.waitingDry(supplier)) ?? this.proposeDry({ id, supplier })
    },

    async waitingDry(supplier: string): Promise<Run | null> {
      const document = await runs.findOne({ supplier, waitingDry: true })
      return document && toRun(document)
    },

    /**
     * The one that waits. What keeps the schedule back does not keep it back once a person asked for it too; one that
     * waits to confirm becomes the person's or the schedule's, and waits no longer.
     */
    async askedFor({ supplier, why, tick }: Proposed): Promise<Run | null> {
      const filter: Filter<RunDocument> = { supplier, waiting: true }
      if (why === 'confirmation') return this.waiting(supplier)
      if (why === 'schedule') filter.why = 'confirmation'
      const change = { $set: { why, ...(tick && { tick }) }, $unset: { notBefore: '' as const } }
      const document = await runs.findOneAndUpdate(filter, change, { returnDocument: 'after' })
      return document === null ? this.waiting(supplier) : toRun(document)
    },

    async waiting(supplier: string): Promise<Run | null> {
      const document = await runs.findOne({ supplier, waiting: true })
      return document && toRun(document)
    },

    async underWay(supplier: string): Promise<Run | null> {
      const document = await runs.findOne({ supplier, underWay: true })
      return document && toRun(document)
    },

    async allWaiting(): Promise<Run[]> {
      return (await runs.find({ $or: [{ waiting: true }, { waitingDry: true }] }).toArray()).map(toRun)
    },

    async allUnderWay(): Promise<Run[]> {
      return (await runs.find({ underWay: true }).toArray()).map(toRun)
    },

    /** From due to requested; false where another of the supplier is under way, or this one is no longer due. */
    async request(
      id: string,
      { number, requestedAt, deadline }: { number: number; requestedAt: Date; deadline: Date },
    ): Promise<boolean> {
      const change = { state: 'requested' as const, number, requestedAt, deadline, underWay: true as const }
      try {
        const result = await runs.updateOne(
          { _id: id, state: 'due' },
          {
            $set: change,
            $unset: { waiting: '', waitingDry: '' },
          },
        )
        return result.modifiedCount === 1
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },

    /** Notes how far the reading is; pages and rows only grow, whatever order the messages come in. */
    async progress(id: string, { step, pages, rows }: { step: RunStep; pages: number; rows: number }): Promise<void> {
      const later = steps.slice(steps.indexOf(step) + 1)
      await runs.updateOne(
        { _id: id, state: { $in: ['requested', 'collecting'] } },
        { $set: { state: 'collecting' }, $max: { pages, rows } },
      )
      // Of a run that failed meanwhile too: whether it had submitted credentials is what P8 asks for.
      const filter = { _id: id, state: { $in: ['collecting' as const, 'failed' as const] }, step: { $nin: later } }
      await runs.updateOne(filter, { $set: { step } })
    },

    /** The first finish stands; what comes later for a run is counted and ignored. */
    async finish(id: string, finish: RunFinish): Promise<boolean> {
      const result = await runs.updateOne(
        { _id: id, state: { $in: ['requested', 'collecting'] }, finish: { $exists: false } },
        { $set: { finish, state: 'collecting' } },
      )
      if (result.modifiedCount === 0) await runs.updateOne({ _id: id }, { $inc: { laterFinishes: 1 } })
      return result.modifiedCount === 1
    },

    /** Its scraper has begun: from now on the seconds of the reading itself count. */
    async begun(id: string, deadline: Date): Promise<void> {
      await runs.updateOne(
        { _id: id, state: { $in: ['requested', 'collecting'] }, isBegun: { $exists: false } },
        { $set: { deadline, isBegun: true } },
      )
    },

    async beginJudging(id: string): Promise<boolean> {
      const result = await runs.updateOne({ _id: id, state: 'collecting' }, { $set: { state: 'judging' } })
      return result.modifiedCount === 1
    },

    async accept(id: string, counts: RunCounts): Promise<boolean> {
      return end(id, ['judging'], { state: 'accepted', counts, appliedAt: new Date() })
    },

    /** A run that is being judged can fail no more. */
    async fail(id: string, { kind, words }: { kind: FailureKind; words: string }): Promise<boolean> {
      return end(id, ['requested', 'collecting'], { state: 'failed', failure: kind, reasons: [`${kind}: ${words}`] })
    },

    /** Newest first; `before` is the last one of the page before. */
    async page({
      supplier,
      before,
      limit,
    }: {
      supplier?: string
      before?: { dueAt: Date; id: string }
      limit: number
    }): Promise<Run[]> {
      const filter: Filter<RunDocument> = {}
      if (supplier !== undefined) filter.supplier = supplier
      if (before !== undefined)
        filter.$or = [{ dueAt: { $lt: before.dueAt } }, { dueAt: before.dueAt, _id: { $lt: before.id } }]
      return (await runs.find(filter).sort({ dueAt: -1, _id: -1 }).limit(limit).toArray()).map(toRun)
    },

    /** Runs that should have begun or ended by now, by the store's clock. */
    async pastDeadline(): Promise<Run[]> {
      const filter = {
        underWay: true as const,
        state: { $in: stillOpen.slice(0, 2) },
        $expr: { $lt: ['$deadline', '$$NOW'] },
      }
      return (await runs.find(filter).toArray()).map(toRun)
    },
  }
}

function toRun({
  _id,
  underWay: _underWay,
  waiting: _waiting,
  laterFinishes: _later,
  isBegun: _begun,
  passed: _passed,
  ...rest
}: RunDocument): Run {
  return { id: _id, ...rest }
}
