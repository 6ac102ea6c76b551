import type { Collection, Filter } from 'mongodb'
import type { StoredOrder } from '#core/domain/line-state.ts'
import { chunksOf, fieldOf } from './mongo.ts'
import type { OrderDocument } from './order-document.ts'
import { toOrder } from './order-document.ts'

/** Orders in lists and numbers: for people, for the daily look, and for what is forgotten. */
export function makeOrderLists(orders: Collection<OrderDocument>) {
  return {
    /** Orders of which no line is open any more, unchanged since then. */
    async closedBefore(moment: Date, limit: number): Promise<StoredOrder[]> {
      const filter = { changedAt: { $lt: moment }, 'shop.lines.status': { $nin: ['open', 'secured'] } }
      const cursor = orders.find(filter as Filter<OrderDocument>).sort({ changedAt: 1, _id: 1 })
      return (await cursor.limit(limit).toArray()).map(toOrder)
    },

    /** Forgets an order, unless it changed meanwhile. */
    async drop({ number, changedAt }: StoredOrder): Promise<boolean> {
      return (await orders.deleteOne({ _id: number, changedAt })).deletedCount === 1
    },

    /** How many orders have an open line on any item of this supplier. */
    async countOpenOf(supplier: string): Promise<number> {
      const projection = { items: 1, lines: 1, 'shop.lines': 1 }
      let count = 0
      for await (const document of orders.find(
        { items: { $gte: `${supplier}/`, $lt: `${supplier}0` } },
        { projection },
      ))
        if ([...openItems(document)].some((item) => item.startsWith(`${supplier}/`))) count += 1
      return count
    },

    /** Numbers of orders with an open line and any line on an item of this supplier. */
    async openOf(supplier: string): Promise<string[]> {
      const ofSupplier = { $elemMatch: { $gte: `${supplier}/`, $lt: `${supplier}0` } }
      const filter = { items: ofSupplier, 'shop.lines.status': 'open' as const }
      return (await orders.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id)
    },

    /** All orders of one address, however it is written. Looks through all orders. */
    async ofCustomer(email: string): Promise<StoredOrder[]> {
      const isTheirs = {
        $expr: { $eq: [{ $toLower: { $trim: { input: '$shop.customer.email' } } }, email.trim().toLowerCase()] },
      }
      return (await orders.find(isTheirs).sort({ _id: 1 }).toArray()).map(toOrder)
    },

    /**
     * Takes out who the customer is, and mutes the order; what was told stays, so that an order that the shop puts again
     * is no new one. False where it changed meanwhile.
     */
    async anonymise({ number, shop }: StoredOrder, email: string): Promise<boolean> {
      const language = shop.customer.language
      const customer = { email, ...(language && { language }) }
      const $set = { 'shop.customer': customer, 'shop.muted': true, 'shop.rev': shop.rev + 1, look: true as const }
      const filter = { _id: number, 'shop.rev': shop.rev }
      const change = { $set, $unset: { 'shop.url': '' as const }, $currentDate: { changedAt: true as const } }
      return (await orders.updateOne(filter, change)).modifiedCount === 1
    },

    /** How many orders have an open line on each of these items. */
    async openOn(list: string[]): Promise<Map<string, number>> {
      const counts = new Map<string, number>()
      const projection = { items: 1, lines: 1, 'shop.lines': 1 }
      for (const chunk of chunksOf(list)) {
        for await (const document of orders.find({ items: { $in: chunk } }, { projection })) {
          for (const item of openItems(document)) counts.set(item, (counts.get(item) ?? 0) + 1)
        }
      }
      return counts
    },

    async *allNumbers(): AsyncGenerator<string> {
      for await (const document of orders.find({}, { projection: { _id: 1 } }).sort({ _id: 1 })) yield document._id
    },

    /** Orders with a line that waits for goods and whose customer wants to hear of it. */
    async countOpen(): Promise<number> {
      return orders.countDocuments({ 'shop.lines.status': 'open', 'shop.muted': { $ne: true } })
    },

    async count(): Promise<number> {
      return orders.estimatedDocumentCount()
    },

    /** In the order of their last change; `after` is the last one of the page before. */
    async page({
      since,
      after,
      limit,
    }: {
      since?: Date
      after?: { changedAt: Date; number: string }
      limit: number
    }): Promise<StoredOrder[]> {
      const filters: Filter<OrderDocument>[] = []
      if (since !== undefined) filters.push({ changedAt: { $gte: since } })
      if (after !== undefined) {
        const later = [
          { changedAt: { $gt: after.changedAt } },
          { changedAt: after.changedAt, _id: { $gt: after.number } },
        ]
        filters.push({ $or: later })
      }
      const filter = filters.length > 0 ? { $and: filters } : {}
      return (await orders.find(filter).sort({ changedAt: 1, _id: 1 }).limit(limit).toArray()).map(toOrder)
    },
  }
}

/** Items that at least one open line of the order waits for. */
function openItems({ lines, shop }: Pick<OrderDocument, 'lines' | 'shop'>): Set<string> {
  const open = shop.lines.filter(({ status }) => status === 'open').map(({ id }) => lines[fieldOf(id)]?.item)
  return new Set(open.filter((item) => item != null))
}
