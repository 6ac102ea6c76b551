import type { Db } from 'mongodb'
import type { Availability } from '#core/domain/availability.ts'

export type ItemHoldReason = 'sold-out' | 'discontinued' | 'too-few' | 'left-stock' | 'title'
export type ItemHold = {
  id: string
  item: string
  because: ItemHoldReason
  value: Availability
  state: 'open' | 'approved' | 'waived' | 'ended'
  openedAt: Date
}
type HoldDocument = Omit<ItemHold, 'id'> & { _id: string }

/** What waits for a person. Holds of runs and of notices join those of items when judging comes. */
export async function makeHolds(db: Db) {
  const holds = db.collection<HoldDocument>('holds')
  await holds.createIndexes([{ key: { state: 1, openedAt: 1, _id: 1 } }])

  return {
    async ofItems(items: string[]): Promise<Map<string, ItemHold>> {
      const documents = await holds.find({ _id: { $in: items.map(idOf) } }).toArray()
      return new Map(documents.map((document) => [document.item, toHold(document)]))
    },

    /** One hold an item: other news takes the place of what was held. */
    async open(item: string, because: ItemHoldReason, value: Availability): Promise<void> {
      const fresh = { item, because, value, state: 'open' as const, openedAt: new Date() }
      await holds.replaceOne({ _id: idOf(item) }, fresh, { upsert: true })
    },

    async end(item: string): Promise<void> {
      await holds.updateOne({ _id: idOf(item), state: 'open' }, { $set: { state: 'ended' } })
    },

    async openOnes(): Promise<ItemHold[]> {
      return (await holds.find({ state: 'open' }).sort({ openedAt: 1, _id: 1 }).toArray()).map(toHold)
    },
  }
}

function idOf(item: string): string {
  return `item/${item}`
}

function toHold({ _id, ...rest }: HoldDocument): ItemHold {
  return { id: _id, ...rest }
}
