import type { AnyBulkWriteOperation, Db, Filter } from 'mongodb'
import type { Availability } from '#core/domain/availability.ts'
import { noticeId } from '#core/domain/ids.ts'
import type { Notice, NoticeState, PlannedNews, Try } from '#core/domain/notice.ts'
import { chunksOf, harmlessTwice, storeTime } from './mongo.ts'
import type { NoticeDocument } from './notice-document.ts'
import { toNotice } from './notice-document.ts'
import { makeNoticeSending } from './notice-sending.ts'
import { makeNoticeWaves } from './notice-waves.ts'

export type FreshNotice = Pick<Notice, 'order' | 'n' | 'since' | 'dueAt' | 'news' | 'customer'>

/** What notice n of an order told of one line. */
export type ToldLine = { order: string; n: number; notice: string; line: string; value: Availability }

/** States of the one open notice that an order may have. */
const openStates: NoticeState[] = ['due', 'sending', 'held', 'suppressed', 'failed']

/** Due once more after a rest: nobody sends it before it was judged with what comes with it (P5). */
const due = { state: 'due' as const, unjudged: true as const, tries: [] as Try[] }
const rested = { reason: '', refusedAddress: '' } as const

export async function makeNotices(db: Db, leaseSeconds: number) {
  const notices = db.collection<NoticeDocument>('notices')
  await notices.createIndexes([
    { key: { order: 1, n: 1 } },
    { key: { state: 1, dueAt: 1, _id: 1 } },
    { key: { closing: 1 }, partialFilterExpression: { closing: true } },
    { key: { 'news.run': 1 } },
    { key: { 'message.news.run': 1 }, sparse: true },
    { key: { since: -1, _id: -1 } },
    { key: { unjudged: 1, dueAt: 1, _id: 1 }, partialFilterExpression: { unjudged: true } },
    { key: { state: 1, endedAt: 1 } },
    { key: { hold: 1 }, sparse: true },
    { key: { yes: 1 }, sparse: true },
  ])

  async function endOpen(
    filter: Filter<NoticeDocument>,
    how: Pick<Notice, 'state' | 'window' | 'reason'>,
  ): Promise<boolean> {
    const state = { $in: openStates.filter((open) => open !== 'sending') }
    const change = { $set: { ...how, closing: true as const }, $currentDate: { endedAt: true as const } }
    return (await notices.updateOne({ ...filter, state }, change)).modifiedCount === 1
  }

  return {
    ...makeNoticeWaves(notices),
    ...makeNoticeSending(notices, leaseSeconds),

    async get(id: string): Promise<Notice | null> {
      const document = await notices.findOne({ _id: id })
      return document && toNotice(document)
    },

    async ofOrder(order: string): Promise<Notice[]> {
      return (
        await notices
          .find({ order }, { projection: { 'message.raw': 0 } })
          .sort({ n: 1 })
          .toArray()
      ).map(toNotice)
    },

    async ofOrders(orders: string[]): Promise<Map<string, Notice[]>> {
      const found = new Map<string, Notice[]>(orders.map((order) => [order, []]))
      for (const chunk of chunksOf(orders)) {
        const cursor = notices
          .find({ order: { $in: chunk } }, { projection: { 'message.raw': 0 } })
          .sort({ order: 1, n: 1 })
        for await (const document of cursor) found.get(document.order)?.push(toNotice(document))
      }
      return found
    },

    /** Message-IDs of the mails that were sent about each of these orders, oldest first. */
    async sentMessageIds(orders: string[]): Promise<Map<string, string[]>> {
      const found = new Map<string, string[]>(orders.map((order) => [order, []]))
      const projection = { order: 1, 'message.messageId': 1 }
      for (const chunk of chunksOf(orders)) {
        const sent = { order: { $in: chunk }, state: 'sent' as const }
        const cursor = notices.find(sent, { projection }).sort({ order: 1, n: 1 })
        for await (const { order, message } of cursor) if (message) found.get(order)?.push(message.messageId)
      }
      return found
    },

    /** The newest first, by the moment of their first difference; `before` is the last one of the page before. */
    async page({
      states,
      before,
      limit,
    }: {
      states: NoticeState[]
      before?: { since: Date; id: string }
      limit: number
    }): Promise<Notice[]> {
      const older = before && [{ since: { $lt: before.since } }, { since: before.since, _id: { $lt: before.id } }]
      const filter: Filter<NoticeDocument> = { state: { $in: states }, ...(older && { $or: older }) }
      const cursor = notices.find(filter, { projection: { 'message.raw': 0 } }).sort({ since: -1, _id: -1 })
      return (await cursor.limit(limit).toArray()).map(toNotice)
    },

    /**
     * A person wants one that rests to go again: it is due. What may have been accepted goes again as it was, all else with
     * a Message-ID of its own.
     */
    async resend(id: string): Promise<boolean> {
      const filter: Filter<NoticeDocument> = { _id: id, state: { $in: ['failed', 'suppressed'] } }
      const result = await notices.updateOne(filter, {
        $set: due,
        $unset: rested,
        $inc: { rev: 1, resent: 1 },
        $currentDate: { dueAt: true },
      })
      return result.modifiedCount === 1
    },

    /** The open notice of each order that has one. */
    async openOf(orders: string[]): Promise<Map<string, Notice>> {
      const found = new Map<string, Notice>()
      for (const chunk of chunksOf(orders)) {
        const filter = { order: { $in: chunk }, state: { $in: openStates } }
        const cursor = notices.find(filter, { projection: { 'message.raw': 0 } })
        for await (const document of cursor) found.set(document.order, toNotice(document))
      }
      return found
    },

    /** Creates notices n = closed + 1; one that is there already meets its `_id` and stays. */
    async create(list: FreshNotice[]): Promise<void> {
      const fresh = { state: 'due' as const, rev: 1, fence: 0, tries: [], unjudged: true as const }
      const documents = list.map((notice) => ({ _id: noticeId(notice.order, notice.n), ...notice, ...fresh }))
      if (documents.length > 0) await harmlessTwice(() => notices.insertMany(documents, { ordered: false }))
    },

    /**
     * Newer content for open notices, never for one that is being sent, and never over a newer planning. One that rested and
     * is `freed` by it is due as a fresh one is: judged with what comes with it, its tries counted anew.
     */
    async change(list: { notice: Notice; news: PlannedNews[]; freed?: boolean; dueAt?: Date }[]): Promise<void> {
      const operations = list.map(({ notice, news, freed, dueAt }): AnyBulkWriteOperation<NoticeDocument> => {
        const filter = {
          _id: notice.id,
          rev: notice.rev,
          state: { $in: openStates.filter((open) => open !== 'sending') },
        }
        const $set = { news, ...(dueAt && { dueAt }), ...(freed && due) }
        const update = { $set, $inc: { rev: 1 }, ...(freed && { $unset: rested }) }
        return { updateOne: { filter, update } }
      })
      if (operations.length > 0) await notices.bulkWrite(operations, { ordered: false })
    },

    /** Those whose address is mailed to again are due again. */
    async freeSuppressed(ids: string[]): Promise<void> {
      const filter: Filter<NoticeDocument> = { _id: { $in: ids }, state: 'suppressed' }
      await notices.updateMany(filter, { $set: due, $unset: rested, $inc: { rev: 1 } })
    },

    /** Orders of notices that wait for an address, in pages. */
    async *suppressed(): AsyncGenerator<{ id: string; order: string }[]> {
      let page: { id: string; order: string }[] = []
      const cursor = notices.find({ state: 'suppressed' }, { projection: { order: 1 } }).sort({ dueAt: 1, _id: 1 })
      for await (const { _id, order } of cursor) {
        page.push({ id: _id, order })
        if (page.length < 500) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    },

    /** Ends an open notice that nobody sends, as nothing of it is due any more; false where it moved on meanwhile. */
    async supersede({ id, rev }: Notice, reason: string): Promise<boolean> {
      return endOpen({ _id: id, rev, handedAt: { $exists: false } }, { state: 'superseded', reason })
    },

    /** Ends an open notice that nobody sends, and whose message may have been accepted; false where it moved on meanwhile. */
    async countAsSent({ id, rev }: Notice, reason: string): Promise<boolean> {
      return endOpen({ _id: id, rev, handedAt: { $exists: true } }, { state: 'sent', window: true, reason })
    },

    /** How many should have been sent so long ago, and the oldest of them. */
    async lateOnes(seconds: number): Promise<{ count: number; oldest: string | null }> {
      const late = { $expr: { $lt: ['$dueAt', storeTime(-seconds)] } }
      const filter: Filter<NoticeDocument> = { state: { $in: ['due', 'sending'] }, ...late }
      const [oldest] = await notices
        .find(filter, { projection: { _id: 1 } })
        .sort({ dueAt: 1, _id: 1 })
        .limit(1)
        .toArray()
      return { count: oldest ? await notices.countDocuments(filter) : 0, oldest: oldest?._id ?? null }
    },

    /** Ended notices whose order may not know it yet: of these orders, or of all. */
    async closing({ orders, limit }: { orders?: string[]; limit: number }): Promise<Notice[]> {
      const filter = { closing: true as const, ...(orders && { order: { $in: orders } }) }
      return (
        await notices
          .find(filter, { projection: { 'message.raw': 0 } })
          .limit(limit)
          .toArray()
      ).map(toNotice)
    },

    /** Takes out of an order's notices who was mailed, and the words; what was told, and when, stays. */
    async anonymise(order: string): Promise<void> {
      const message = { to: '', subject: '', text: '' }
      const set = Object.fromEntries(Object.entries(message).map(([name, value]) => [`message.${name}`, value]))
      const withMessage = { order, message: { $exists: true } }
      await notices.updateMany(withMessage, { $set: set, $unset: { 'message.raw': '' } })
      // A mail server's answer names the address.
      await notices.updateMany(
        { order },
        { $set: { tries: [] }, $unset: { customer: '', refusedAddress: '' }, $inc: { rev: 1 } },
      )
      await notices.updateMany({ order, reason: { $exists: true } }, { $set: { reason: 'the customer was erased' } })
    },

    /** Forgets all notices of an order that is forgotten itself. */
    async dropOf(order: string): Promise<void> {
      await notices.deleteMany({ order })
    },

    async closed(ids: string[]): Promise<void> {
      await notices.updateMany({ _id: { $in: ids } }, { $unset: { closing: '' } })
    },

    /** How many are in any of these states at one moment: asked one by one, a notice that moves between them slips through. */
    async count(...states: NoticeState[]): Promise<number> {
      return notices.countDocuments({ state: { $in: states } })
    },

    /** What mails that were sent told of this run, a line each. */
    async toldOf(run: string): Promise<ToldLine[]> {
      const projection = { order: 1, n: 1, 'message.news': 1 }
      const cursor = notices.find({ state: 'sent', 'message.news.run': run }, { projection }).sort({ _id: 1 })
      const told: ToldLine[] = []
      for await (const { _id: notice, order, n, message } of cursor) {
        for (const { run: of, kind, line, now: value } of message?.news ?? [])
          if (of === run && kind !== 'overdue') told.push({ order, n, notice, line, value })
      }
      return told
    },

    /** This run was wrong: so is what is told of it by whatever is being sent, or may have been accepted, by now. */
    async markWrong(run: string): Promise<void> {
      const mayTell = { $or: [{ state: 'sending' as const }, { handedAt: { $exists: true } }] }
      await notices.updateMany({ state: { $in: openStates }, ...mayTell }, { $addToSet: { wrongRuns: run } })
    },

    /** How many orders have a notice with news that this run brought. */
    async countOfRun(run: string): Promise<number> {
      return notices.countDocuments({ 'news.run': run })
    },
  }
}
