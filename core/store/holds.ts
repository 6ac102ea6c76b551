import type { Db, Filter } from 'mongodb'
import type { Availability } from '#core/domain/availability.ts'
import { isDuplicate } from './mongo.ts'
import { makeNoticeHolds } from './notice-holds.ts'
import { makeRunPreviews } from './run-previews.ts'

export type ItemHoldReason = 'sold-out' | 'discontinued' | 'too-few' | 'left-stock' | 'title'
export type ItemHold = {
  id: string
  item: string
  because: ItemHoldReason
  value: Availability
  /** The run that brought what is held: the same value said later anew is another matter. */
  run: string
  state: 'open' | 'approved' | 'waived' | 'ended'
  openedAt: Date
  /** Whom it concerns, as counted last; `rev` rises with every count. */
  customers?: number
  pieces?: number
  rev?: number
  /** Decided, but the orders may not be planned by it yet: the sweep repeats that step. */
  toPlan?: true
}
type HoldDocument = Omit<ItemHold, 'id'> & { _id: string }

/** What waits for a person: `item/…` news, `run/…` what is shown of a held run, `cause/…` notices. */
export async function makeHolds(db: Db) {
  const holds = db.collection<HoldDocument>('holds')
  await holds.createIndexes([
    { key: { state: 1, openedAt: 1, _id: 1 } },
    { key: { toPlan: 1 }, partialFilterExpression: { toPlan: true } },
  ])

  async function insert(fresh: HoldDocument): Promise<boolean> {
    try {
      await holds.insertOne(fresh)
      return true
    } catch (error) {
      if (!isDuplicate(error)) throw error
      return false
    }
  }

  return {
    ...makeRunPreviews(db),
    ...makeNoticeHolds(db),

    async ofItems(items: string[]): Promise<Map<string, ItemHold>> {
      const documents = await holds.find({ _id: { $in: items.map(itemHoldId) } }).toArray()
      return new Map(documents.map((document) => [document.item, toHold(document)]))
    },

    /**
     * One hold an item: other news takes the place of what was held. `seen` is the hold as it was when the news was judged;
     * false where it is another by now, or a person has decided.
     */
    async open(item: string, held: Pick<ItemHold, 'because' | 'value' | 'run'>, seen?: ItemHold): Promise<boolean> {
      const fresh = { item, ...held, state: 'open' as const, openedAt: new Date() }
      if (seen === undefined) return insert({ _id: itemHoldId(item), ...fresh, rev: 1 })
      const unset = { customers: '', pieces: '', toPlan: '' } as const
      const change = { $set: fresh, $unset: unset, $inc: { rev: 1 } }
      return (await holds.updateOne(asSeen(seen), change)).modifiedCount === 1
    },

    /** Ends this very hold, as it was seen, open or decided: what was said of it counts no longer. */
    async end(hold: ItemHold): Promise<void> {
      await holds.updateOne(asSeen(hold), { $set: { state: 'ended' }, $unset: { toPlan: '' } })
    },

    /** Notes whom an open hold concerns. */
    async count(item: string, { customers, pieces }: { customers: number; pieces: number }): Promise<void> {
      const change = { $set: { customers, pieces }, $inc: { rev: 1 } }
      await holds.updateOne({ _id: itemHoldId(item), state: 'open' }, change)
    },

    /** What a person says of news: of this very value, and where they name it, by this number of customers. */
    async decide(
      {
        item,
        because,
        value,
        run,
        customers,
      }: Pick<ItemHold, 'item' | 'because' | 'value' | 'run'> & { customers?: number },
      state: 'approved' | 'waived',
    ): Promise<boolean> {
      const filter = {
        _id: itemHoldId(item),
        state: 'open' as const,
        because,
        value,
        run,
        ...(customers !== undefined && { customers }),
      }
      const result = await holds.updateOne(filter, { $set: { state, toPlan: true } })
      return result.modifiedCount === 1
    },

    async toPlan(): Promise<ItemHold[]> {
      return (await holds.find({ toPlan: true, item: { $exists: true } }).toArray()).map(toHold)
    },

    async planned(item: string): Promise<void> {
      await holds.updateOne({ _id: itemHoldId(item) }, { $unset: { toPlan: '' } })
    },

    async openOnes(): Promise<ItemHold[]> {
      const filter = { state: 'open' as const, item: { $exists: true } }
      return (await holds.find(filter).sort({ openedAt: 1, _id: 1 }).toArray()).map(toHold)
    },
  }
}

function asSeen({ id, because, value, run, state }: ItemHold): Filter<HoldDocument> {
  return { _id: id, because, value, run, state }
}

export function itemHoldId(item: string): string {
  return `item/${item}`
}

function toHold({ _id, ...rest }: HoldDocument): ItemHold {
  return { id: _id, ...rest }
}
