import type { Db } from 'mongodb'
import { itemId } from '#core/domain/ids.ts'
import type { Link } from '#core/domain/link.ts'
import { chunksOf } from './mongo.ts'

type LinkDocument = { _id: string; items: Link['items']; ids: string[]; changedAt: Date }
export type StoredLink = Link & { changedAt: Date }

/** Which items of suppliers the shop's products are, by the shop's own word. */
export async function makeLinks(db: Db) {
  const links = db.collection<LinkDocument>('links')
  await links.createIndexes([{ key: { ids: 1 } }])

  return {
    async get(product: string): Promise<StoredLink | null> {
      const document = await links.findOne({ _id: product })
      return document && toLink(document)
    },

    async put({ product, items }: Link): Promise<'created' | 'replaced'> {
      const ids = items.map(({ supplier, code }) => itemId(supplier, code))
      const change = { $set: { items, ids }, $currentDate: { changedAt: true as const } }
      const result = await links.updateOne({ _id: product }, change, { upsert: true })
      return result.upsertedCount === 1 ? 'created' : 'replaced'
    },

    /** False where there was none. */
    async remove(product: string): Promise<boolean> {
      return (await links.deleteOne({ _id: product })).deletedCount === 1
    },

    /** Products that one of these items is linked to. */
    async productsOf(items: string[]): Promise<string[]> {
      const products = new Set<string>()
      for (const chunk of chunksOf(items)) {
        const cursor = links.find({ ids: { $in: chunk } }, { projection: { _id: 1 } })
        for await (const document of cursor) products.add(document._id)
      }
      return [...products]
    },

    /** In the order of products; `after` is the last one of the page before. */
    async page({ after, limit }: { after?: string; limit: number }): Promise<StoredLink[]> {
      const filter = after === undefined ? {} : { _id: { $gt: after } }
      return (await links.find(filter).sort({ _id: 1 }).limit(limit).toArray()).map(toLink)
    },
  }
}

function toLink({ _id, items, changedAt }: LinkDocument): StoredLink {
  return { product: _id, items, changedAt }
}
