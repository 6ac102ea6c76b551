import type { AnyBulkWriteOperation, Collection, Filter } from 'mongodb'
import { chunksOf, storeTime } from './mongo.ts'
import type { NoticeDocument } from './notice-document.ts'
import { leftInSending } from './notice-document.ts'

/** A notice that nobody may send before it was judged together with all that come with it (P5). */
export type Unjudged = { id: string; rev: number; order: string; customer: string; news: NoticeDocument['news'] }
export type Held = { id: string; order: string; customer: string; heldAt: Date }

const hourSeconds = 3_600
/** So many notices are judged, and let through, at once. */
export const mostAtOnce = 5_000
const unjudged: Filter<NoticeDocument> = { unjudged: true, state: 'due', $expr: { $lte: ['$dueAt', '$$NOW'] } }

/** What P5 asks and says of notices: who would be mailed within an hour, and which of them wait for a person. */
export function makeNoticeWaves(notices: Collection<NoticeDocument>) {
  async function customersOf(filter: Filter<NoticeDocument>, most = Infinity): Promise<Set<string>> {
    const found = new Set<string>()
    for await (const document of notices.find(filter, { projection: { customer: 1, order: 1 } })) {
      found.add(document.customer ?? document.order)
      if (found.size >= most) break
    }
    return found
  }

  /** What is not sent yet, judged or not, is put under a hold: for what a person says of all of it. */
  async function holdUnsent(
    list: Pick<Unjudged, 'id' | 'rev'>[],
    { hold, reason }: { hold: string; reason: string },
  ): Promise<void> {
    const operations = list.map(({ id, rev }): AnyBulkWriteOperation<NoticeDocument> => {
      return { updateOne: { filter: { _id: id, rev, ...unsent }, update: putUnder(hold, reason) } }
    })
    if (operations.length > 0) await notices.bulkWrite(operations, { ordered: false })
  }

  async function judge(list: Pick<Unjudged, 'id' | 'rev'>[], change: object | object[]): Promise<void> {
    const operations = list.map(({ id, rev }): AnyBulkWriteOperation<NoticeDocument> => {
      // One that was planned anew meanwhile, or judged by another, is left alone.
      return { updateOne: { filter: { _id: id, rev, state: 'due', unjudged: true }, update: change } }
    })
    if (operations.length > 0) await notices.bulkWrite(operations, { ordered: false })
  }

  return {
    holdUnsent,

    /** All that waits to be sent, whether its time has come or not, and what somebody left in the middle of sending. */
    async allUnsent(): Promise<Pick<Unjudged, 'id' | 'rev' | 'order' | 'customer'>[]> {
      const projection = { rev: 1, order: 1, customer: 1 }
      const documents = await notices.find(unsent, { projection }).sort({ dueAt: 1, _id: 1 }).toArray()
      return documents.map(({ _id, rev, order, customer = order }) => ({ id: _id, rev, order, customer }))
    },

    /**
     * All that is not sent yet waits for a person, also what somebody was sending who is gone; what may have been accepted
     * stays known as such. Again until nothing is left: what is planned anew in between slips through once.
     */
    async holdAllUnsent(hold: string, reason: string): Promise<void> {
      const change = [...putUnder(hold, reason), { $set: { rev: { $add: ['$rev', 1] } } }]
      while ((await notices.updateMany(unsent, change)).modifiedCount > 0);
    },

    /** Due by now and not judged yet; no more than are let through at once. */
    async unjudged(most = mostAtOnce): Promise<Unjudged[]> {
      const projection = { rev: 1, order: 1, customer: 1, news: 1 }
      const documents = await notices.find(unjudged, { projection }).sort({ dueAt: 1, _id: 1 }).limit(most).toArray()
      return documents.map(({ _id, rev, order, customer, news }) => ({
        id: _id,
        rev,
        order,
        customer: customer ?? order,
        news,
      }))
    },

    /** Customers of all that is due by now and not judged yet, however many; counted up to `most`. */
    async customersUnjudged(most: number): Promise<Set<string>> {
      return customersOf(unjudged, most)
    },

    /**
     * Customers who were mailed within the last hour or are about to be, or whose notices were held then, without those
     * whom a person said yes to. Read after the unjudged ones: who is let through in between is in one of both.
     */
    async customersWithinHour(): Promise<Set<string>> {
      const hourAgo = storeTime(-hourSeconds)
      const notByPerson = { passedBy: { $ne: 'person' as const } }
      return customersOf({
        $or: [
          { state: { $in: ['due', 'sending'] }, unjudged: { $exists: false }, ...notByPerson },
          { state: 'sent', $expr: { $gte: ['$endedAt', hourAgo] }, ...notByPerson },
          { state: 'held', $expr: { $gte: ['$heldAt', hourAgo] }, hold: { $exists: true } },
        ],
      })
    },

    /** Customers whom this yes of a person, to a run or a hold, let through already. */
    async customersBy(yes: string): Promise<Set<string>> {
      return customersOf({ yes })
    },

    /** Lets them be sent; `yes` is the run or hold that a person approved. */
    async pass(list: Pick<Unjudged, 'id' | 'rev'>[], yes?: string): Promise<void> {
      const set = yes === undefined ? { passedBy: 'limit' as const } : { passedBy: 'person' as const, yes }
      await judge(list, { $set: set, $unset: { unjudged: '' } })
    },

    async holdAll(
      list: Pick<Unjudged, 'id' | 'rev'>[],
      { hold, reason }: { hold: string; reason: string },
    ): Promise<void> {
      await judge(list, putUnder(hold, reason))
    },

    async heldUnder(hold: string): Promise<Held[]> {
      const projection = { order: 1, customer: 1, heldAt: 1 }
      const documents = await notices.find({ state: 'held', hold }, { projection }).sort({ _id: 1 }).toArray()
      return documents.map(({ _id, order, customer, heldAt }) => ({
        id: _id,
        order,
        customer: customer ?? order,
        heldAt: heldAt ?? new Date(0),
      }))
    },

    /** Holds that some notice names, whatever became of the holds. */
    async holdsNamed(): Promise<string[]> {
      return (await notices.distinct('hold', { state: 'held', hold: { $exists: true } })) as string[]
    },

    /** A person's yes to these very notices. */
    async free(ids: string[], hold: string): Promise<void> {
      const set = { state: 'due' as const, passedBy: 'person' as const, yes: hold }
      for (const chunk of chunksOf(ids)) {
        await notices.updateMany(
          { _id: { $in: chunk }, state: 'held', hold },
          { $set: set, $unset: { hold: '', heldAt: '', reason: '' }, $inc: { rev: 1 } },
        )
      }
    },
  }
}

/** Due, or in the middle of being sent with nobody at it. */
const unsent: Filter<NoticeDocument> = { $or: [{ state: 'due' }, leftInSending] }

/** How a notice comes to wait for a person, whatever it was before. */
function putUnder(hold: string, reason: string): object[] {
  return [
    { $set: { state: 'held', hold, reason: { $literal: reason }, heldAt: '$$NOW' } },
    { $unset: ['unjudged', 'claim'] },
  ]
}
