import type { Collection, Filter } from 'mongodb'
import { Binary } from 'mongodb'
import type { Notice, StoredMessage, Try } from '#core/domain/notice.ts'
import { storeTime } from './mongo.ts'
import type { NoticeDocument } from './notice-document.ts'
import { toNotice } from './notice-document.ts'

/** A claimed notice, with what every later write of its owner filters on. */
export type ClaimedNotice = { notice: Notice; owner: string; fence: number }

/** How a notice rests that was not accepted. */
export type Release = { state: 'due' | 'suppressed' | 'failed'; dueAt?: Date; reason?: string; refusedAddress?: string }

/** Sending one notice: claimed with a lease, handed over, and ended or released by whoever holds the claim. */
export function makeNoticeSending(notices: Collection<NoticeDocument>, leaseSeconds: number) {
  async function update(claimed: ClaimedNotice, change: object | object[]): Promise<boolean> {
    const filter = {
      _id: claimed.notice.id,
      state: 'sending' as const,
      fence: claimed.fence,
      'claim.owner': claimed.owner,
    }
    return (await notices.updateOne(filter, change)).matchedCount === 1
  }

  const left: Filter<NoticeDocument> = { state: 'sending', $expr: { $lt: ['$claim.until', '$$NOW'] } }

  async function idsOf(filter: Filter<NoticeDocument>, limit: number): Promise<string[]> {
    const cursor = notices.find(filter, { projection: { _id: 1 } }).sort({ dueAt: 1, _id: 1 })
    return (await cursor.limit(limit).toArray()).map((document) => document._id)
  }

  return {
    /** Ids to send now: due ones, and those whose sender's lease is over; oldest first. */
    async dueIds(limit: number): Promise<string[]> {
      const judged = { unjudged: { $exists: false } }
      const isDue: Filter<NoticeDocument> = { state: 'due', ...judged, $expr: { $lte: ['$dueAt', '$$NOW'] } }
      return idsOf({ $or: [left, isDue] }, limit)
    },

    /** Ids of those only whose sender's lease is over. */
    async leftIds(limit: number): Promise<string[]> {
      return idsOf(left, limit)
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
  }
}
