import type { Db, Filter } from 'mongodb'
import type { SupplierDeclaration } from '#core/domain/supplier.ts'
import { isDuplicate, storeTime } from './mongo.ts'
import type { ReadBy } from './rereads.ts'
import { makeRereads } from './rereads.ts'
import { makeSupplierPauses } from './supplier-pauses.ts'

/** `retired`: for good; nothing of it is mailed any more, and nobody is reminded of it. */
export type Paused = { since: Date; because: string; retired?: true }
/** Who applies which run; a claim past `until` (by the store's clock) may be taken over. */
export type Applying = {
  run: string
  number: number
  owner: string
  fence: number
  until: Date
  /** What was the last accepted run before this one; null makes this one the baseline. */
  before: LastAccepted | null
  /** The definition that the run was claimed with: who takes over reads by the same. */
  declaration: SupplierDeclaration
  /** The grammar of whoever began: one with an older grammar does not take over. */
  grammar?: number
}
/** The portal keeps us out: how many runs in a row met that, by which of them it is known, and until when we stay away. */
export type BlockedBy = { times: number; until: Date; run: string }
/** When a person resumed the supplier, and the last run before that: rows of troubles begin anew there. */
export type Resumed = { at: Date; number: number }
export type LastAccepted = { run: string; number: number; requestedAt: Date; rows: number }

export type Supplier = {
  id: string
  declaration: SupplierDeclaration
  /** When it was declared for the first time. */
  knownSince: Date
  /** Since when its schedule is the present one. */
  scheduledSince: Date
  paused: Paused | null
  resumed: Resumed | null
  blocked: BlockedBy | null
  lastAccepted: LastAccepted | null
  applying: Applying | null
  /** The first accepted run, whose news nobody is told; `done` once it was applied to the end. */
  baseline: { run: string; done: boolean } | null
  /** By which definition and grammar its stored texts were read; null before the first accepted run. */
  readBy: ReadBy | null
  /** The last run that a person approved without mailing; `done` once it was applied to the end. */
  silent: { run: string; done: boolean } | null
}
/** What documents of an earlier version lack. */
type Later = 'knownSince' | 'scheduledSince' | 'resumed' | 'blocked' | 'readBy' | 'silent'
export type SupplierDocument = Omit<Supplier, 'id' | Later> &
  Partial<Pick<Supplier, Later>> & { _id: string; runCounter: number; fence: number; declaredAt: Date } & {
    /** It was retired or resumed, and its orders may not be planned by that yet: the sweep repeats that step. */
    toPlan?: string
  }
export type Claim = Pick<Applying, 'owner' | 'fence' | 'before' | 'declaration'> & { grammar: number }

const fresh = {
  runCounter: 0,
  fence: 0,
  paused: null,
  resumed: null,
  blocked: null,
  lastAccepted: null,
  applying: null,
  baseline: null,
  readBy: null,
  silent: null,
}

export async function makeSuppliers(db: Db, leaseSeconds: number) {
  const suppliers = db.collection<SupplierDocument>('suppliers')

  /** Notes too when its schedule became another: only from then on can it be missed. */
  async function redeclare(filter: Filter<SupplierDocument>, declaration: SupplierDeclaration): Promise<boolean> {
    const { cron } = declaration.schedule
    const change = { $set: { declaration }, $currentDate: { declaredAt: true as const } }
    const rescheduled = await suppliers.updateOne(
      { ...filter, 'declaration.schedule.cron': { $ne: cron } },
      { ...change, $currentDate: { ...change.$currentDate, scheduledSince: true } },
    )
    return rescheduled.matchedCount === 1 || (await suppliers.updateOne(filter, change)).matchedCount === 1
  }

  return {
    ...makeRereads(suppliers, leaseSeconds),
    ...makeSupplierPauses(suppliers),
    leaseSeconds,

    async get(id: string): Promise<Supplier | null> {
      const document = await suppliers.findOne({ _id: id })
      return document && toSupplier(document)
    },

    async getMany(ids: string[]): Promise<Supplier[]> {
      return (await suppliers.find({ _id: { $in: ids } }).toArray()).map(toSupplier)
    },

    async list(): Promise<Supplier[]> {
      return (await suppliers.find().sort({ _id: 1 }).toArray()).map(toSupplier)
    },

    /**
     * Stores a declaration. A lower number never replaces a higher one; the same number with another hash is a clash,
     * and the stored one stands.
     */
    async declare(declaration: SupplierDeclaration): Promise<'new' | 'raised' | 'same' | 'older' | 'clash'> {
      const id = declaration.supplier
      const declaredAt = new Date()
      try {
        await suppliers.insertOne({ _id: id, declaration, declaredAt, knownSince: declaredAt, ...fresh })
        return 'new'
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      if (await redeclare({ _id: id, 'declaration.number': { $lt: declaration.number } }, declaration)) return 'raised'
      const same = { _id: id, 'declaration.number': declaration.number, 'declaration.hash': declaration.hash }
      // Schedule, gates and the like are not part of the hash, and may change under the same number.
      if (await redeclare(same, declaration)) return 'same'
      const stored = await suppliers.findOne({ _id: id })
      return stored && stored.declaration.number > declaration.number ? 'older' : 'clash'
    },

    /** The only order of a supplier's runs: a counter that never goes back. */
    async nextRunNumber(id: string): Promise<number> {
      const document = await suppliers.findOneAndUpdate(
        { _id: id },
        { $inc: { runCounter: 1 } },
        { returnDocument: 'after' },
      )
      if (document === null) throw new Error(`supplier ${id} is not declared`)
      return document.runCounter
    },

    /** Notes that a run was kept out; the same run is noted once. */
    async block(id: string, blocked: BlockedBy): Promise<void> {
      await suppliers.updateOne({ _id: id, 'blocked.run': { $ne: blocked.run } }, { $set: { blocked } })
    },

    async unblock(id: string): Promise<void> {
      await suppliers.updateOne({ _id: id, blocked: { $ne: null } }, { $set: { blocked: null } })
    },

    /**
     * Takes the right to apply a run, or takes it over from one who is gone. The checks that no later run was accepted,
     * that it was read by the declared definition, that nobody reads by a newer grammar and that its supplier is not
     * retired are one update with the start of applying. Null where another applies, or a check fails.
     */
    async claimApply(
      run: {
        id: string
        supplier: string
        number: number
        requestedAt: Date
        rows: number
        hash: string
        grammar: number
        silent?: boolean
      },
      owner: string,
    ): Promise<Claim | null> {
      const notNewer = { $not: { $gt: run.grammar } }
      const nobodyApplies = {
        applying: null,
        'paused.retired': { $exists: false },
        'declaration.hash': run.hash,
        'declaration.grammar': notNewer,
        $or: [{ lastAccepted: null }, { 'lastAccepted.number': { $lt: run.number } }],
      }
      const isOver = { $expr: { $lt: ['$applying.until', '$$NOW'] } }
      // During a supplier's first run `readBy` says nothing yet.
      const leaseOver = { 'applying.run': run.id, 'applying.grammar': notNewer, ...isOver }
      const accepted = { run: run.id, number: run.number, requestedAt: run.requestedAt, rows: run.rows }
      const isFresh = { $eq: [{ $ifNull: ['$applying', null] }, null] }
      const before = { $cond: [isFresh, { $ifNull: ['$lastAccepted', null] }, '$applying.before'] }
      const fence = { $add: ['$fence', 1] }
      const declaration = { $cond: [isFresh, '$declaration', '$applying.declaration'] }
      const grammar = { $cond: [isFresh, run.grammar, { $ifNull: ['$applying.grammar', run.grammar] }] }
      const isFirst = { $eq: [{ $ifNull: ['$lastAccepted', null] }, null] }
      const baseline = { $cond: [isFirst, { run: run.id, done: false }, { $ifNull: ['$baseline', null] }] }
      const isSilent = { $and: [isFresh, { $literal: run.silent === true }] }
      const silent = { $cond: [isSilent, { run: run.id, done: false }, { $ifNull: ['$silent', null] }] }
      const applying = {
        run: run.id,
        number: run.number,
        owner,
        fence,
        until: storeTime(leaseSeconds),
        before,
        declaration,
        grammar,
      }
      const filter: Filter<SupplierDocument> = {
        _id: run.supplier,
        'readBy.grammar': notNewer,
        $or: [nobodyApplies, leaseOver],
      }
      const document = await suppliers.findOneAndUpdate(
        filter,
        [
          { $set: { applying, baseline, silent } },
          { $set: { fence: '$applying.fence', lastAccepted: accepted, blocked: null } },
        ],
        {
          returnDocument: 'after',
        },
      )
      return document?.applying
        ? {
            owner,
            fence: document.applying.fence,
            before: document.applying.before,
            declaration: document.applying.declaration,
            grammar: document.applying.grammar ?? run.grammar,
          }
        : null
    },

    /** Lengthens the lease; false where the claim was lost, and then nothing more may be written under it. */
    async renewClaim(id: string, claim: Pick<Claim, 'owner' | 'fence'>): Promise<boolean> {
      const filter = { _id: id, 'applying.owner': claim.owner, 'applying.fence': claim.fence }
      const result = await suppliers.updateOne(filter, [{ $set: { 'applying.until': storeTime(leaseSeconds) } }])
      return result.matchedCount === 1
    },

    /** `readBy` counts for the first accepted run only: later ones find all texts read by what they were judged by. */
    async endApply(id: string, claim: Claim, readBy: ReadBy): Promise<boolean> {
      const filter = { _id: id, 'applying.owner': claim.owner, 'applying.fence': claim.fence }
      const isBaseline = { $eq: ['$baseline.run', '$applying.run'] }
      const baseline = { $cond: [isBaseline, { run: '$baseline.run', done: true }, '$baseline'] }
      const isSilent = { $eq: ['$silent.run', '$applying.run'] }
      const silent = { $cond: [isSilent, { run: '$silent.run', done: true }, { $ifNull: ['$silent', null] }] }
      const result = await suppliers.updateOne(filter, [
        { $set: { baseline, silent, readBy: { $ifNull: ['$readBy', readBy] } } },
        { $set: { applying: null } },
      ])
      return result.matchedCount === 1
    },

    /** Whether any run is being applied, even by one who is gone: another goes on with it. */
    async isAnyApplied(): Promise<boolean> {
      return (await suppliers.findOne({ applying: { $ne: null } }, { projection: { _id: 1 } })) !== null
    },

    /** Runs whose applying was begun and whose lease is over: for the sweep. */
    async abandonedApplies(): Promise<string[]> {
      const filter = { applying: { $ne: null }, $expr: { $lt: ['$applying.until', '$$NOW'] } }
      const documents = await suppliers.find(filter).project<{ applying: Applying }>({ applying: 1 }).toArray()
      return documents.map((document) => document.applying.run)
    },
  }
}

function toSupplier(document: SupplierDocument): Supplier {
  const { _id, declaration, declaredAt, paused, lastAccepted, applying, baseline } = document
  const { knownSince = declaredAt, resumed = null, blocked = null, readBy = null, silent = null } = document
  const { scheduledSince = knownSince } = document
  return {
    id: _id,
    declaration,
    knownSince,
    scheduledSince,
    paused,
    resumed,
    blocked,
    lastAccepted,
    applying,
    baseline,
    readBy,
    silent,
  }
}
