import type { Db } from 'mongodb'

/** Notices that wait for a person, as too many customers would be mailed within an hour: one hold a cause. */
export type NoticesHold = {
  id: string
  /** A run, or the hour of a planning, such as `planning/2026-11-27T16`. */
  cause: string
  words: string
  state: 'open' | 'approved' | 'waived' | 'ended'
  openedAt: Date
  /** When a person waived it: what joined it later is not meant. */
  waivedAt?: Date
  toWaive?: true
}
type NoticesHoldDocument = Omit<NoticesHold, 'id'> & { _id: string }

export function makeNoticeHolds(db: Db) {
  const holds = db.collection<NoticesHoldDocument>('holds')
  const isOfNotices = { cause: { $exists: true } }

  return {
    /** Opens the hold of a cause, or opens it anew; true where nobody waited for it before. */
    async openNotices(cause: string, words: string): Promise<boolean> {
      const _id = causeHoldId(cause)
      const fresh = { cause, words, state: 'open' as const, openedAt: new Date() }
      const before = await holds.findOneAndUpdate(
        { _id },
        [
          {
            $set: {
              cause,
              words: { $literal: words },
              state: 'open',
              openedAt: { $cond: [{ $eq: ['$state', 'open'] }, '$openedAt', fresh.openedAt] },
            },
          },
        ],
        { upsert: true, returnDocument: 'before' },
      )
      return before?.state !== 'open'
    },

    async ofNotices(id: string): Promise<NoticesHold | null> {
      const document = await holds.findOne({ _id: id, ...isOfNotices })
      return document && toHold(document)
    },

    async openOfNotices(): Promise<NoticesHold[]> {
      const filter = { state: 'open' as const, ...isOfNotices }
      return (await holds.find(filter).sort({ openedAt: 1, _id: 1 }).toArray()).map(toHold)
    },

    async endNotices(id: string, state: 'approved' | 'ended'): Promise<boolean> {
      return (await holds.updateOne({ _id: id, state: 'open' }, { $set: { state } })).modifiedCount === 1
    },

    /** A person wants none of them mailed; the notifier waives their lines. */
    async waiveNotices(id: string): Promise<boolean> {
      const change = {
        $set: { state: 'waived' as const, toWaive: true as const },
        $currentDate: { waivedAt: true as const },
      }
      return (await holds.updateOne({ _id: id, state: 'open' }, change)).modifiedCount === 1
    },

    async toWaive(): Promise<NoticesHold[]> {
      return (await holds.find({ toWaive: true }).toArray()).map(toHold)
    },

    async waivedAll(id: string): Promise<void> {
      await holds.updateOne({ _id: id }, { $unset: { toWaive: '' } })
    },
  }
}

export function causeHoldId(cause: string): string {
  return `cause/${cause}`
}

/** All that had gathered when a person let mails go out. */
export const goLiveCause = 'go-live'
export const goLiveHoldId = causeHoldId(goLiveCause)

function toHold({ _id, ...rest }: NoticesHoldDocument): NoticesHold {
  return { id: _id, ...rest }
}
