import type { AnyBulkWriteOperation, Db, Filter } from 'mongodb'
import { Binary } from 'mongodb'
import { noticeId } from '#core/domain/ids.ts'
import type { Notice, NoticeState, PlannedNews, StoredMessage, Try } from '#core/domain/notice.ts'
import { chunksOf, harmlessTwice, storeTime } from './mongo.ts'
import { makeNoticeWaves } from './notice-waves.ts'

export type NoticeDocument = Omit<Notice, 'id'> & {
  _id: string
  /** Not judged yet together with what comes with it: nobody sends it before (P5). */
  unjudged?: true
  fence: number
  claim?: { owner: string; until: Date }
  /** Ended, but the order's `closed` may not have risen yet: the sweep repeats that step. */
  closing?: true
}
/** A claimed notice, with what every later write of its owner filters on. */
export type ClaimedNotice = { notice: Notice; owner: string; fence: number }

/** How a notice rests that was not accepted. */
export type Release = { state: 'due' | 'suppressed' | 'failed'; dueAt?: Date; reason?: string; refusedAddress?: string }

export type FreshNotice = Pick<Notice, 'order' | 'n' | 'since' | 'dueAt' | 'news' | 'customer'>

/** States of the one open notice that an order may have. */
const openStates: NoticeState[] = ['due', 'sending', 'held', 'suppressed', 'failed']

export async function makeNotices(db: Db, leaseSeconds: number) {
  const notices = db.collection<NoticeDocument>('notices')
  await notices.createIndexes([
    { key: { order: 1, n: 1 } },
    { key: { state: 1, dueAt: 1, _id: 1 } },
    { key: { closing: 1 }, partialFilterExpression: { closing: true } },
    { key: { 'news.run': 1 } },
    { key: { since: -1, _id: -1 } },
    { key: { unjudged: 1, dueAt: 1, _id: 1 }, partialFilterExpression: { unjudged: true } },
    { key: { state: 1, endedAt: 1 } },
    { key: { hold: 1 }, sparse: true },
    { key: { yes: 1 }, sparse: true },
  ])

  async function update(claimed: ClaimedNotice, change: object | object[]): Promise<boolean> {
    const filter = {
      _id: claimed.notice.id,
      state: 'sending' as const,
      fence: claimed.fence,
      'claim.owner': claimed.owner,
    }
    return (await notices.updateOne(filter, change)).matchedCount === 1
  }

  return {
    ...makeNoticeWaves(notices),

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

    /** A person wants one that rests to go again: it is due as any other, with a Message-ID of its own. */
    async resend(id: string): Promise<boolean> {
      const filter: Filter<NoticeDocument> = { _id: id, state: { $in: ['failed', 'suppressed'] } }
      const result = await notices.updateOne(filter, {
        $set: { state: 'due', unjudged: true, tries: [] },
        $unset: { reason: '', refusedAddress: '' },
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

    /** Newer content for open notices, never for one that is being sent, and never over a newer planning. */
    async change(list: { notice: Notice; news: PlannedNews[]; state?: 'due'; dueAt?: Date }[]): Promise<void> {
      const operations = list.map(({ notice, news, ...more }): AnyBulkWriteOperation<NoticeDocument> => {
        const filter = {
          _id: notice.id,
          rev: notice.rev,
          state: { $in: openStates.filter((open) => open !== 'sending') },
        }
        return { updateOne: { filter, update: { $set: { news, ...more }, $inc: { rev: 1 } } } }
      })
      if (operations.length > 0) await notices.bulkWrite(operations, { ordered: false })
    },

    /** Ends an open notice that nobody sends, as nothing of it is due any more; false where it moved on meanwhile. */
    async supersede(notice: Notice, reason: string): Promise<boolean> {
      const filter = {
        _id: notice.id,
        rev: notice.rev,
        state: { $in: openStates.filter((state) => state !== 'sending') },
      }
      const change = { state: 'superseded' as const, reason, closing: true as const }
      return (await notices.updateOne(filter, { $set: change, $currentDate: { endedAt: true } })).modifiedCount === 1
    },

    /** Ids to send now: due ones, and those whose sender's lease is over; oldest first. */
    async dueIds(limit: number): Promise<string[]> {
      const judged = { unjudged: { $exists: false } }
      const due: Filter<NoticeDocument> = { state: 'due', ...judged, $expr: { $lte: ['$dueAt', '$$NOW'] } }
      const left: Filter<NoticeDocument> = { state: 'sending', $expr: { $lt: ['$claim.until', '$$NOW'] } }
      const cursor = notices
        .find({ $or: [left, due] }, { projection: { _id: 1 } })
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit)
      return (await cursor.toArray()).map((document) => document._id)
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

    /** Takes one notice for sending, or takes it over where its sender is gone; null where another has it. */
    async claim(id: string, owner: string): Promise<ClaimedNotice | null> {
      const leaseOver = { state: 'sending' as const, $expr: { $lt: ['$claim.until', '$$NOW'] } }
      const claim = { owner, until: storeTime(leaseSeconds) }
      const document = await notices.findOneAndUpdate(
        { _id: id, $or: [{ state: 'due', unjudged: { $exists: false } }, leaseOver] },
        [{ $set: { state: 'sending', claim, fence: { $add: ['$fence', 1] } } }],
        { returnDocument: 'after' },
      )
      return document && { notice: toNotice(document), owner, fence: document.fence }
    },

    /**
     * The last look at the lease: notes that the message is about to be handed over. False where the lease is over;
     * then nothing may be sent.
     */
    async hand(claimed: ClaimedNotice, message: StoredMessage): Promise<boolean> {
      const { id } = claimed.notice
      const filter: Filter<NoticeDocument> = {
        _id: id,
        state: 'sending',
        fence: claimed.fence,
        $expr: { $gt: ['$claim.until', '$$NOW'] },
      }
      const stored = { ...message, ...(message.raw && { raw: new Binary(message.raw) }) }
      const set = {
        message: { $literal: stored },
        handedAt: '$$NOW',
        claim: { owner: claimed.owner, until: storeTime(leaseSeconds) },
      }
      return (await notices.updateOne(filter, [{ $set: set }])).matchedCount === 1
    },

    /** Keeps the claim while the mail server takes its time. */
    async renew(claimed: ClaimedNotice): Promise<void> {
      await update(claimed, [{ $set: { 'claim.until': storeTime(leaseSeconds) } }])
    },

    /** Lets a message rest that may have been accepted: it stays handed, and is looked at again after the pause. */
    async rest(claimed: ClaimedNotice, pauseSeconds: number): Promise<void> {
      const until = storeTime(pauseSeconds)
      await update(claimed, [{ $set: { 'claim.until': until, dueAt: until } }])
    },

    /** Notes that the window was met: the message may have been accepted once already. */
    async markWindow(claimed: ClaimedNotice): Promise<boolean> {
      return update(claimed, { $set: { window: true } })
    },

    /** First step of ending, by whoever holds the claim. */
    async end(claimed: ClaimedNotice, state: 'sent' | 'superseded', reason?: string): Promise<boolean> {
      const set = { state, closing: true as const, ...(reason === undefined ? {} : { reason }) }
      const unset = { 'message.raw': '', claim: '' }
      return update(claimed, { $set: set, $unset: unset, $currentDate: { endedAt: true } })
    },

    /** A try that certainly was not accepted: no window opened. The notice is due again, or rests as said. */
    async release(claimed: ClaimedNotice, { attempt, ...set }: { attempt?: Try } & Release): Promise<boolean> {
      return update(claimed, {
        $set: set,
        $unset: { claim: '', handedAt: '', 'message.raw': '' },
        ...(attempt && { $push: { tries: attempt } }),
      })
    },

    /** Nobody knows whether the message was accepted: it stays handed, and is looked at after the pause. */
    async leaveOpen(claimed: ClaimedNotice, attempt: Try, pauseSeconds: number): Promise<boolean> {
      const tries = { $concatArrays: ['$tries', [{ $literal: attempt }]] }
      return update(claimed, [{ $set: { tries, window: true, 'claim.until': storeTime(pauseSeconds) } }])
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

    /** Forgets all notices of an order that is forgotten itself. */
    async dropOf(order: string): Promise<void> {
      await notices.deleteMany({ order })
    },

    async closed(id: string): Promise<void> {
      await notices.updateOne({ _id: id }, { $unset: { closing: '' } })
    },

    /** How many are in any of these states at one moment: asked one by one, a notice that moves between them slips through. */
    async count(...states: NoticeState[]): Promise<number> {
      return notices.countDocuments({ state: { $in: states } })
    },

    /** How many orders have a notice with news that this run brought. */
    async countOfRun(run: string): Promise<number> {
      return notices.countDocuments({ 'news.run': run })
    },
  }
}

function toNotice(document: NoticeDocument): Notice {
  const { _id, fence: _fence, claim: _claim, closing: _closing, unjudged: _unjudged, message, ...rest } = document
  if (message === undefined) return { id: _id, ...rest }
  const raw = message.raw instanceof Binary ? message.raw.buffer : message.raw
  return { id: _id, ...rest, message: { ...message, ...(raw && { raw }) } }
}
