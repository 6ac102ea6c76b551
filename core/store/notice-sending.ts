import type { AnyBulkWriteOperation, Collection, Filter, WithId } from 'mongodb'
import { Binary } from 'mongodb'
import type { Notice, StoredMessage, Try } from '#core/domain/notice.ts'
import { storeTime } from './mongo.ts'
import type { NoticeDocument } from './notice-document.ts'
import { leaseOver, nobody, toNotice } from './notice-document.ts'

/** A claimed notice, with what every later write of its owner filters on. */
export type ClaimedNotice = { notice: Notice; owner: string; fence: number }

export type Ending = { claimed: ClaimedNotice; state: 'sent' | 'superseded'; reason?: string }

/** How a notice rests that was not accepted. */
export type Release = { state: 'due' | 'suppressed' | 'failed'; dueAt?: Date; reason?: string; refusedAddress?: string }

/** Sending one notice: claimed with a lease, handed over, and ended or released by whoever holds the claim. */
export function makeNoticeSending(notices: Collection<NoticeDocument>, leaseSeconds: number) {
  let claims = 0

  async function change(claimed: ClaimedNotice, update: object | object[]): Promise<void> {
    await notices.updateOne(heldBy(claimed), update)
  }

  /** One round trip for all of them, each a write of its own; true where all were met. */
  async function updateEach(operations: { filter: Filter<NoticeDocument>; update: object | object[] }[]) {
    const list = operations.map((updateOne) => ({ updateOne })) as AnyBulkWriteOperation<NoticeDocument>[]
    return (await notices.bulkWrite(list, { ordered: false })).matchedCount === list.length
  }

  async function byId(filter: Filter<NoticeDocument>): Promise<Map<string, WithId<NoticeDocument>>> {
    return new Map((await notices.find(filter).toArray()).map((document) => [document._id, document]))
  }

  async function idsOf(filter: Filter<NoticeDocument>, limit: number): Promise<string[]> {
    const cursor = notices.find(filter, { projection: { _id: 1 } }).sort({ dueAt: 1, _id: 1 })
    return (await cursor.limit(limit).toArray()).map((document) => document._id)
  }

  return {
    /** Ids to send now: due ones, and those whose sender's lease is over; oldest first. */
    async dueIds(limit: number): Promise<string[]> {
      const judged = { unjudged: { $exists: false } }
      const isDue: Filter<NoticeDocument> = { state: 'due', ...judged, $expr: { $lte: ['$dueAt', '$$NOW'] } }
      return idsOf({ $or: [leaseOver, isDue] }, limit)
    },

    /** Ids of those only whose sender's lease is over. */
    async leftIds(limit: number): Promise<string[]> {
      return idsOf(leaseOver, limit)
    },

    /** Takes each of these notices for sending, or takes it over where its sender is gone; null where another has it. */
    async claimEach(ids: readonly string[], name: string): Promise<(ClaimedNotice | null)[]> {
      // A name of its own tells what this claim took from what the same process took before.
      const owner = `${name}/${++claims}`
      const mayBeTaken = { $or: [{ state: 'due' as const, unjudged: { $exists: false } }, leaseOver] }
      const claim = { owner, until: storeTime(leaseSeconds) }
      // What another process noted as its handing over must not pass for ours.
      const take = [{ $set: { state: 'sending', claim, fence: { $add: ['$fence', 1] } } }, { $unset: 'claim.hand' }]
      await updateEach(ids.map((_id) => ({ filter: { _id, ...mayBeTaken }, update: take })))
      const taken = await byId({ _id: { $in: [...ids] }, state: 'sending', 'claim.owner': owner })
      return ids.map((id) => {
        const document = taken.get(id)
        return document === undefined ? null : { notice: toNotice(document), owner, fence: document.fence }
      })
    },

    /**
     * The last look at each lease: notes that the message is about to be handed over. False where the lease is over; then
     * nothing may be sent.
     */
    async handEach(list: readonly { claimed: ClaimedNotice; message: StoredMessage }[]): Promise<boolean[]> {
      const hand = ++claims
      const operations = list.map(({ claimed, message }) => {
        const stored = { ...message, ...(message.raw && { raw: new Binary(message.raw) }) }
        const claim = { owner: claimed.owner, until: storeTime(leaseSeconds), hand }
        const set = { message: { $literal: stored }, handedAt: '$$NOW', claim }
        return { filter: { ...heldBy(claimed), ...leaseStands }, update: [{ $set: set }] }
      })
      if (await updateEach(operations)) return list.map(() => true)
      const ours = { _id: { $in: list.map(({ claimed }) => claimed.notice.id) }, 'claim.hand': hand }
      const handed = await byId(ours)
      return list.map(({ claimed }) => handed.get(claimed.notice.id)?.claim?.owner === claimed.owner)
    },

    /** Keeps a claim that stands, while the mail server takes its time. */
    async renew(claimed: ClaimedNotice): Promise<void> {
      const update = [{ $set: { 'claim.until': storeTime(leaseSeconds) } }]
      await notices.updateOne({ ...heldBy(claimed), ...leaseStands }, update)
    },

    /** Lets a message rest that may have been accepted: it stays handed, and is looked at again after the pause. */
    async rest(claimed: ClaimedNotice, pauseSeconds: number): Promise<void> {
      await change(claimed, [{ $set: restFor(pauseSeconds) }])
    },

    /** What was made up for a tester says nothing of the customer: the notice is due as if it had never been tried. */
    async beginAnew(claimed: ClaimedNotice): Promise<void> {
      const set = { state: 'due' as const, tries: [] }
      await change(claimed, { $set: set, $unset: { claim: '', handedAt: '', window: '', 'message.raw': '' } })
    },

    /** Notes that the window was met: the message may have been accepted once already. */
    async markWindow(claimed: ClaimedNotice): Promise<void> {
      await change(claimed, { $set: { window: true } })
    },

    /** First step of ending, by whoever holds the claim; false where it holds it no longer. */
    async endEach(list: readonly Ending[]): Promise<boolean[]> {
      const operations = list.map(({ claimed, state, reason }) => {
        const isUncertain = state === 'sent' && reason !== undefined
        const why = { ...(reason !== undefined && { reason }), ...(isUncertain && { window: true as const }) }
        const $set = { state, closing: true as const, ...why }
        // What was noted as handed over and did not go after all was not.
        const notHanded = state === 'superseded' && claimed.notice.handedAt === undefined
        const $unset = { claim: '', ...(notHanded && { handedAt: '', 'message.raw': '' }) }
        return { filter: heldBy(claimed), update: { $set, $unset, $currentDate: { endedAt: true as const } } }
      })
      if (await updateEach(operations)) return list.map(() => true)
      const ended = await byId({ _id: { $in: list.map(({ claimed }) => claimed.notice.id) } })
      // Who takes a notice over raises its fence: what ended under ours was ended by us.
      return list.map(({ claimed: { notice, fence }, state }) => {
        const document = ended.get(notice.id)
        return document?.state === state && document.fence === fence
      })
    },

    /**
     * The notice is due again, or rests as said: this claim certainly had nothing accepted. What may have been accepted
     * under an earlier one stays known as such.
     */
    async release(claimed: ClaimedNotice, { attempt, ...set }: { attempt?: Try } & Release): Promise<void> {
      const notHanded = claimed.notice.handedAt === undefined
      await change(claimed, {
        $set: set,
        $unset: { claim: '', ...(notHanded && { handedAt: '', 'message.raw': '' }) },
        ...(attempt && { $push: { tries: attempt } }),
      })
    },

    /** Nobody knows whether the message was accepted: it stays handed, and is looked at after the pause. */
    async leaveOpen(claimed: ClaimedNotice, attempt: Try, pauseSeconds: number): Promise<void> {
      const tries = { $concatArrays: ['$tries', [{ $literal: attempt }]] }
      await change(claimed, [{ $set: { tries, window: true, ...restFor(pauseSeconds) } }])
    },
  }
}

function restFor(seconds: number) {
  const until = storeTime(seconds)
  return { claim: { owner: nobody, until }, dueAt: until }
}

const leaseStands = { $expr: { $gt: ['$claim.until', '$$NOW'] } }

function heldBy({ notice, owner, fence }: ClaimedNotice) {
  return { _id: notice.id, state: 'sending' as const, fence, 'claim.owner': owner }
}
