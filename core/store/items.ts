import type { AnyBulkWriteOperation, Db, Filter } from 'mongodb'
import type { Day } from '#core/domain/availability.ts'
import type { Item, ItemSight, Said, Value } from '#core/domain/item.ts'
import { missingAfterRuns } from '#core/domain/missing.ts'
import { plainCode } from '#core/domain/near-match.ts'
import { chunksOf, isDuplicate } from './mongo.ts'

type ItemDocument = Omit<Item, 'id'> & {
  _id: string
  unplanned?: true
  /** The code as `plainCode` has it, for people who look for one that they know otherwise written. */
  plain?: string
}

const pageLength = 500

export async function makeItems(db: Db) {
  const items = db.collection<ItemDocument>('items')
  await items.createIndexes([
    { key: { supplier: 1, code: 1 } },
    { key: { ean: 1 }, sparse: true },
    { key: { plain: 1 }, sparse: true },
    { key: { 'now.availability.to': 1, _id: 1 }, sparse: true },
    {
      key: { 'marks.missing.runs': 1, supplier: 1 },
      partialFilterExpression: { 'marks.missing.runs': { $exists: true } },
    },
    { key: { 'pending.number': 1 }, sparse: true },
    { key: { 'pending.since': 1 }, sparse: true },
    { key: { supplier: 1, run: 1 }, name: 'unplanned', partialFilterExpression: { unplanned: true } },
  ])

  return {
    async get(id: string): Promise<Item | null> {
      const document = await items.findOne({ _id: id })
      return document && toItem(document)
    },

    /** The same in short, for what is only compared. */
    async sights(ids: string[]): Promise<Map<string, ItemSight>> {
      const found = new Map<string, ItemSight>()
      const projection = { texts: 1, title: 1, ean: 1, marks: 1, 'pending.number': 1, 'now.unconfirmed': 1 }
      for (const chunk of chunksOf(ids)) {
        const cursor = items.find({ _id: { $in: chunk } }, { projection, batchSize: chunk.length })
        for await (const { _id, ...sight } of cursor) found.set(_id, sight)
      }
      return found
    },

    async getMany(ids: Iterable<string>): Promise<Map<string, Item>> {
      const found = new Map<string, Item>()
      for (const chunk of chunksOf([...new Set(ids)])) {
        for await (const document of items.find({ _id: { $in: chunk } })) found.set(document._id, toItem(document))
      }
      return found
    },

    async byEan(ean: string): Promise<Item[]> {
      return (await items.find({ ean }).sort({ _id: 1 }).limit(20).toArray()).map(toItem)
    },

    /** Items with one of these EANs or, written plainly, codes; as many as a person may look through. */
    async near({ eans, codes }: { eans: string[]; codes: string[] }): Promise<Item[]> {
      const filters = [
        ...[...chunksOf(eans)].map((chunk) => ({ ean: { $in: chunk } })),
        ...[...chunksOf(codes)].map((chunk) => ({ plain: { $in: chunk } })),
      ]
      const found = new Map<string, Item>()
      for (const filter of filters) {
        const cursor = items.find(filter).sort({ _id: 1 }).limit(500)
        for await (const document of cursor) found.set(document._id, toItem(document))
      }
      return [...found.values()].sort((a, b) => a.id.localeCompare(b.id))
    },

    /** Items whose expected days are over, the longest overdue first; `after` is the last one of the page before. */
    async *overdue(today: Day, after?: { to: Day; id: string }): AsyncGenerator<Item> {
      const filter: Filter<ItemDocument> = { 'now.availability.to': { $lt: today } }
      const later = [
        { 'now.availability.to': { $gt: after?.to } },
        { 'now.availability.to': after?.to, _id: { $gt: after?.id } },
      ] as Filter<ItemDocument>[]
      const cursor = items.find(after === undefined ? filter : { $and: [filter, { $or: later }] })
      for await (const document of cursor.sort({ 'now.availability.to': 1, _id: 1 })) yield toItem(document)
    },

    /**
     * Writes items as one run left them: value, previous value, run number and "not planned" in one update each, guarded
     * by a smaller run number. An item that this or a later run wrote already is left alone.
     */
    async writeDifferences(differences: { item: Item; planned: boolean }[]): Promise<void> {
      if (differences.length === 0) return
      const operations = differences.map(({ item, planned }): AnyBulkWriteOperation<ItemDocument> => {
        const { id, ...rest } = item
        const replacement = { ...rest, plain: plainCode(item.code), ...(planned ? {} : { unplanned: true as const }) }
        return { replaceOne: { filter: { _id: id, run: { $lt: item.run } }, replacement, upsert: true } }
      })
      try {
        await items.bulkWrite(operations, { ordered: false })
      } catch (error) {
        // The upsert of an item that was written already meets its _id: exactly the case that the guard is for.
        if (!isDuplicate(error)) throw error
      }
    },

    /** All items of a supplier, page after page. */
    async *all(supplier: string): AsyncGenerator<Item[]> {
      yield* pagesOf(items.find({ supplier }).sort({ supplier: 1, code: 1 }))
    },

    /** Writes items as a re-reading left them, only where no run wrote them since. What was not planned stays so. */
    async writeReread(list: { item: Item; planned: boolean }[]): Promise<void> {
      const operations = list.map(({ item, planned }): AnyBulkWriteOperation<ItemDocument> => {
        const { id, run, pending, now, previous, marks, sayings } = item
        const left = planned ? {} : { unplanned: true as const }
        const $set = { now, previous, marks, sayings, ...left, ...(pending && { pending }) }
        const update = pending === undefined ? { $set, $unset: { pending: '' as const } } : { $set }
        return { updateOne: { filter: { _id: id, run }, update } }
      })
      if (operations.length > 0) await items.bulkWrite(operations, { ordered: false })
    },

    /** A person says that the title which this run brought is right: from then on it is the one that others must resemble. */
    async acceptTitle(id: string, run: string): Promise<void> {
      await items.updateOne({ _id: id, 'marks.retitled.run': run }, { $unset: { 'marks.retitled': '' } })
    },

    /** Items that this run changed and whose orders nobody has planned yet. */
    async *unplanned(supplier: string, run: number): AsyncGenerator<Item[]> {
      yield* pagesOf(items.find({ supplier, run, unplanned: true }).sort({ _id: 1 }))
    },

    /** Items that some run or re-reading changed before, and whose orders nobody has planned yet, in pages. */
    async *leftUnplanned(supplier: string, upTo = Number.MAX_SAFE_INTEGER): AsyncGenerator<Item[]> {
      const filter = { supplier, unplanned: true as const, run: { $lte: upTo } }
      yield* pagesOf(items.find(filter).sort({ _id: 1 }))
    },

    /** Clears "not planned", only where the run's number still stands. */
    async clearUnplanned(ids: string[], run: number): Promise<void> {
      for (const chunk of chunksOf(ids)) {
        await items.updateMany({ _id: { $in: chunk }, run }, { $unset: { unplanned: '' } })
      }
    },

    /** Codes of all items of a supplier, with the marks that a run is judged by, in no order. */
    async *codesOf(supplier: string): AsyncGenerator<{ code: string; absentRuns?: number; unreadable: boolean }> {
      const projection = { _id: 0, code: 1, 'marks.missing.runs': 1, 'marks.unreadable.since': 1 }
      // Batches of sixteen megabytes would be a hundred thousand of these.
      for await (const { code, marks } of items.find({ supplier }, { projection, batchSize: 2_000 })) {
        const { missing, unreadable } = marks
        yield { code, unreadable: unreadable !== undefined, ...(missing && { absentRuns: missing.runs }) }
      }
    },

    /** Ids of the items of a supplier that count as missing. */
    async missing(supplier: string): Promise<string[]> {
      const filter = { supplier, 'marks.missing.runs': { $gte: missingAfterRuns } }
      return (
        await items
          .find(filter, { projection: { _id: 1 } })
          .sort({ _id: 1 })
          .toArray()
      ).map(({ _id }) => _id)
    },

    /** Whether a value that this run read waits to be read again. */
    async hasPending(supplier: string, number: number): Promise<boolean> {
      const filter = { supplier, 'pending.number': number }
      return (await items.findOne(filter, { projection: { _id: 1 } })) !== null
    },

    /** Items of which something is pending, or has been since before then, in pages. */
    async *pending(before?: Date): AsyncGenerator<Item[]> {
      const since = before === undefined ? { $exists: true } : { $lt: before }
      yield* pagesOf(items.find({ 'pending.since': since }).sort({ 'pending.since': 1, _id: 1 }))
    },

    async countOf(supplier: string): Promise<number> {
      return items.countDocuments({ supplier })
    },
  }
}

async function* pagesOf(documents: AsyncIterable<ItemDocument>): AsyncGenerator<Item[]> {
  let page: Item[] = []
  for await (const document of documents) {
    page.push(toItem(document))
    if (page.length < pageLength) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

function toItem({ _id, unplanned: _unplanned, plain: _plain, now, previous, pending, ...rest }: ItemDocument): Item {
  const { sayings } = rest
  return {
    id: _id,
    ...rest,
    now: now && valueWithAnchors(now, sayings),
    previous: previous && valueWithAnchors(previous, sayings),
    ...(pending && { pending: withAnchors(pending, sayings) }),
  }
}

function valueWithAnchors({ reread, ...value }: Value, sayings: Item['sayings']): Value {
  const known = withAnchors(value, sayings)
  return { ...known, ...(reread !== undefined && { reread: reread && valueWithAnchors(reread, sayings) }) }
}

/** Values that were stored before they kept their anchors are taken as read by the present sayings, for all alike. */
function withAnchors<S extends Said>(said: S, sayings: Item['sayings']): S {
  if ((said.anchors as Said['anchors'] | undefined) !== undefined) return said
  const { byOrder: _byOrder, ...rest } = said
  const anchors = Object.entries(sayings).flatMap(([column, [present]]) => (present ? [[column, present.anchor]] : []))
  return { ...rest, anchors: Object.fromEntries(anchors) } as unknown as S
}
