import type { Db, Filter } from 'mongodb'
import type { ChangeKind } from '#core/domain/change.ts'
import type { Value } from '#core/domain/item.ts'
import { harmlessTwice } from './mongo.ts'

/** What one accepted run made of one item. `kind` is null for the first value ever, and where only a title moved on. */
export type Change = {
  run: string
  number: number
  supplier: string
  code: string
  title: string
  kind: ChangeKind | null
  before: Value | null
  after: Value
  at: Date
}
type ChangeDocument = Change & { _id: string }
/** Where in an item's history a change stands. */
export type ChangePlace = Pick<Change, 'number' | 'at' | 'run'>

/** A re-reading has the number of the run whose texts it read anew: it comes after it. */
const newestFirst = { number: -1, at: -1, _id: -1 } as const
const oldestFirst = { number: 1, at: 1, _id: 1 } as const

export async function makeChanges(db: Db) {
  const changes = db.collection<ChangeDocument>('changes')
  await changes.createIndexes([{ key: { supplier: 1, code: 1, ...newestFirst } }, { key: { run: 1 } }])

  return {
    async add(list: Change[]): Promise<void> {
      if (list.length === 0) return
      const documents = list.map((change) => ({ _id: changeId(change), ...change }))
      await harmlessTwice(() => changes.insertMany(documents, { ordered: false }))
    },

    /** Newest first; `before` is the place of the last one of the page before. */
    async history({
      supplier,
      code,
      before,
      limit,
    }: {
      supplier: string
      code: string
      before?: ChangePlace
      limit: number
    }): Promise<Change[]> {
      const filter = { supplier, code, ...(before && isBefore(before, code)) }
      const documents = await changes.find(filter).sort(newestFirst).limit(limit).toArray()
      return documents.map(({ _id, ...change }) => change)
    },

    /** The value that an item had at a moment, else the first that it ever had afterwards; null where there is none. */
    async valueAt({
      supplier,
      code,
      moment,
    }: {
      supplier: string
      code: string
      moment: Date
    }): Promise<{ value: Value; known: boolean } | null> {
      const [then] = await changes
        .find({ supplier, code, at: { $lte: moment } })
        .sort(newestFirst)
        .limit(1)
        .toArray()
      if (then) return { value: then.after, known: true }
      const [first] = await changes.find({ supplier, code }).sort(oldestFirst).limit(1).toArray()
      return first ? { value: first.after, known: false } : null
    },

    async countOf(run: string): Promise<number> {
      return changes.countDocuments({ run, kind: { $ne: null } })
    },
  }
}

function changeId({ run, code }: Pick<Change, 'run' | 'code'>): string {
  return `${run}/${code}`
}

function isBefore({ number, at, run }: ChangePlace, code: string): Filter<ChangeDocument> {
  const sooner = [{ at: { $lt: at } }, { at, _id: { $lt: changeId({ run, code }) } }]
  return { number: { $lte: number }, $or: [{ number: { $lt: number } }, ...sooner.map((one) => ({ number, ...one }))] }
}
