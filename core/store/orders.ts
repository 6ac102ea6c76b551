import type { AnyBulkWriteOperation, Db, Filter } from 'mongodb'
import type { LineState, StoredOrder } from '#core/domain/line-state.ts'
import { wantsOf } from '#core/domain/line-wants.ts'
import type { Order } from '#core/domain/order.ts'
import { chunksOf, fieldOf, isDuplicate, storeTime } from './mongo.ts'
import type { OrderDocument } from './order-document.ts'
import { toOrder } from './order-document.ts'
import { lookAsked, makeOrderLines } from './order-lines.ts'
import { makeOrderLists } from './order-lists.ts'

export async function makeOrders(db: Db) {
  const orders = db.collection<OrderDocument>('orders')
  await orders.createIndexes([
    { key: { look: 1, _id: 1 }, name: 'to-look', partialFilterExpression: { look: true } },
    { key: { items: 1 } },
    { key: { wanted: 1 }, sparse: true },
    { key: { 'shop.lines.product': 1 }, sparse: true },
    { key: { changedAt: 1, _id: 1 } },
    { key: { 'shop.lines.status': 1, 'shop.muted': 1 }, name: 'open' },
  ])

  async function get(number: string): Promise<StoredOrder | null> {
    const document = await orders.findOne({ _id: number })
    return document && toOrder(document)
  }

  return {
    ...makeOrderLists(orders),
    ...makeOrderLines(orders),
    get,

    async getMany(numbers: string[]): Promise<StoredOrder[]> {
      const found: StoredOrder[] = []
      for (const chunk of chunksOf(numbers)) {
        found.push(...(await orders.find({ _id: { $in: chunk } }).toArray()).map(toOrder))
      }
      return found
    },

    /**
     * Writes the shop's part only. An older `updatedAt` than stored changes nothing. A line left out stays as cancelled.
     * `single` is false for bulk and import.
     */
    async put(order: Order, { single }: { single: boolean }): Promise<'created' | 'replaced' | 'older'> {
      for (;;) {
        const stored = await orders.findOne({ _id: order.number }, { projection: { shop: 1 } })
        if (stored === null) {
          if (await create(order, single)) return 'created'
          continue
        }
        if (isOlder(order, stored.shop)) return 'older'
        const shop = {
          ...order,
          lines: withLeftOut(order, stored.shop),
          rev: stored.shop.rev + 1,
          putAt: new Date(),
          single,
        }
        const filter = { _id: order.number, 'shop.rev': stored.shop.rev }
        const change = { $set: { shop, look: true as const }, $currentDate: { changedAt: true as const } }
        if ((await orders.updateOne(filter, change)).modifiedCount === 1) return 'replaced'
      }
    },

    /** How many wait for a look that was asked for so long ago; what cannot be planned is told elsewhere. */
    async lateToLook(seconds: number): Promise<number> {
      const asked = { $max: ['$shop.putAt', '$askedAt'] }
      return orders.countDocuments({
        look: true,
        ill: { $exists: false },
        $expr: { $lt: [asked, storeTime(-seconds)] },
      })
    },

    /** In the order of their numbers, those after this one. */
    async toLook(limit: number, beyond = ''): Promise<string[]> {
      const filter = { look: true as const, _id: { $gt: beyond } }
      const documents = await orders
        .find(filter, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray()
      return documents.map((document) => document._id)
    },

    /** Whether a look is still to come that may bring news; from one that cannot be planned nobody expects any. */
    async awaitsLook(): Promise<boolean> {
      const filter = { look: true as const, ill: { $exists: false } }
      return (await orders.findOne(filter, { projection: { _id: 1 } })) !== null
    },

    /** It could not be looked at or planned: it waits for another look, and is not waited for. False where that is known. */
    async markIll(number: string): Promise<boolean> {
      const change = { $set: { look: true as const, ill: true as const } }
      return (await orders.updateOne({ _id: number, ill: { $exists: false } }, change)).modifiedCount === 1
    },

    /**
     * Notes what a look at an order found: `fresh` lines whole; of lines that have their item still, only how they point to
     * it by now, for planning, or a person, may change the rest meanwhile. It waits for its look still, until it is
     * planned. False where the shop or another notifier was faster.
     */
    async saveLook(
      order: StoredOrder,
      fresh: Record<string, LineState>,
      asked: Record<string, string> = {},
    ): Promise<boolean> {
      const found = { ...order.lines, ...fresh }
      const items = [...new Set(Object.values(found).flatMap((line) => (line.item === null ? [] : [line.item])))]
      const wanted = order.shop.lines.flatMap((line) => (found[line.id]?.item === null ? wantsOf(line) : []))
      const lines = Object.fromEntries([
        ...Object.entries(fresh).map(([id, line]) => [`lines.${fieldOf(id)}`, line]),
        ...Object.entries(asked).map(([id, pointed]) => [`lines.${fieldOf(id)}.asked`, pointed]),
      ])
      const filter = { _id: order.number, looked: order.looked, 'shop.rev': order.shop.rev, closed: order.closed }
      const set = { ...lines, looked: order.shop.rev, items, wanted, look: true as const }
      const change = { $set: set, $currentDate: { changedAt: true as const } }
      return (await orders.updateOne(filter, change)).modifiedCount === 1
    },

    /** Looked at and planned: only now is the look done, unless it was asked for again meanwhile. */
    async lookDone(looked: StoredOrder[]): Promise<void> {
      const operations = looked.map(({ number, shop, asks }): AnyBulkWriteOperation<OrderDocument> => {
        const filter = { _id: number, 'shop.rev': shop.rev, asks: asks ?? { $exists: false } }
        return { updateOne: { filter, update: { $unset: { look: '', ill: '' } } } }
      })
      if (operations.length > 0) await orders.bulkWrite(operations, { ordered: false })
    },

    /** Asks for another look, as a put would. */
    async askLook(numbers: string[]): Promise<void> {
      for (const chunk of chunksOf(numbers)) {
        await orders.updateMany({ _id: { $in: chunk } }, lookAsked)
      }
    },

    /** Numbers of orders that have a line on one of these items. */
    async withItems(items: string[]): Promise<string[]> {
      return distinctIds((chunk) => ({ items: { $in: chunk } }), items)
    },

    /** Numbers of orders with an open line that names this product of the shop, whether its item was found or not. */
    async withProduct(product: string): Promise<string[]> {
      return distinctIds(
        () => ({ 'shop.lines': { $elemMatch: { product, status: 'open' } }, 'shop.lines.product': product }),
        [product],
      )
    },

    /** Those of these items that an open line waits for. */
    async awaited(items: string[]): Promise<Set<string>> {
      const awaited = new Set<string>()
      for (const chunk of chunksOf(items)) {
        const wanted = new Set(chunk)
        const filter = { items: { $in: chunk }, 'shop.lines.status': 'open' as const }
        const projection = { lines: 1, 'shop.lines.id': 1, 'shop.lines.status': 1 }
        for await (const { lines, shop } of orders.find(filter, { projection })) {
          for (const { id, status } of shop.lines) {
            const item = lines[fieldOf(id)]?.item
            if (status === 'open' && item && wanted.has(item)) awaited.add(item)
          }
        }
      }
      return awaited
    },

    async wanting(wanted: string[]): Promise<string[]> {
      return distinctIds((chunk) => ({ wanted: { $in: chunk } }), wanted)
    },

    /** How many pieces of an item open lines wait for. */
    async openQuantity(item: string): Promise<number> {
      let quantity = 0
      for await (const document of orders.find({ items: item })) {
        const order = toOrder(document)
        for (const line of order.shop.lines) {
          if (line.status === 'open' && order.lines[line.id]?.item === item) quantity += line.quantity
        }
      }
      return quantity
    },
  }

  async function create(order: Order, single: boolean): Promise<boolean> {
    const shop = { ...order, rev: 1, putAt: new Date(), single }
    const fresh = { looked: 0, lines: {}, closed: 0, changedAt: new Date() }
    try {
      await orders.insertOne({ _id: order.number, shop, look: true, ...fresh })
      return true
    } catch (error) {
      if (!isDuplicate(error)) throw error
      return false
    }
  }

  async function distinctIds(filter: (chunk: string[]) => Filter<OrderDocument>, list: string[]): Promise<string[]> {
    const numbers = new Set<string>()
    for (const chunk of chunksOf(list)) {
      for await (const document of orders.find(filter(chunk), { projection: { _id: 1 } })) numbers.add(document._id)
    }
    return [...numbers]
  }
}

function isOlder(order: Order, stored: Order): boolean {
  if (order.updatedAt === undefined || stored.updatedAt === undefined) return false
  return Date.parse(order.updatedAt) < Date.parse(stored.updatedAt)
}

function withLeftOut(order: Order, stored: Order): Order['lines'] {
  const ids = new Set(order.lines.map((line) => line.id))
  const leftOut = stored.lines.filter((line) => !ids.has(line.id))
  return [...order.lines, ...leftOut.map((line) => ({ ...line, status: 'cancelled' as const }))]
}
