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

export async function makeChanges(db: Db) {
  const changes = db.collection<ChangeDocument>('changes')
  await changes.createIndexes([{ key: { supplier: 1, code: 1, number: -1 } }, { key: { run: 1 } }])

  return {
    async add(list: Change[]): Promise<void> {
      if (list.length === 0) return
      const documents = list.map((change) => ({ _id: `${change.run}/${change.code}`, ...change }))
      await harmlessTwice(() => changes.insertMany(documents, { ordered: false }))
    },

    /** Newest first; `before` is the number of the last one of the page before. */
    async history({
      supplier,
      code,
      before,
      limit,
    }: {
      supplier: string
      code: string
      before?: number
      limit: number
    }): Promise<Change[]> {
      const filter: Filter<ChangeDocument> = { supplier, code }
      if (before !== undefined) filter.number = { $lt: before }
      const documents = await changes.find(filter).sort({ number: -1 }).limit(limit).toArray()
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
        .sort({ number: -1 })
        .limit(1)
        .toArray()
      if (then) return { value: then.after, known: true }
      const [first] = await changes.find({ supplier, code }).sort({ number: 1 }).limit(1).toArray()
      return first ? { value: first.after, known: false } : null
    },

    async countOf(run: string): Promise<number> {
      return changes.countDocuments({ run, kind: { $ne: null } })
    },
  }
}
