import type { Db } from 'mongodb'
import type { MailSetup } from '#core/domain/mail-setup.ts'
import type { Policy } from '#core/domain/policy.ts'
import { harmlessTwice, storeTime } from './mongo.ts'

export const sendingModes = ['live', 'hold', 'off'] as const
export type SendingMode = (typeof sendingModes)[number]
type SettingDocument = { _id: string; value: unknown; done?: boolean; begunAt?: Date }

/** After so long a daily look that was begun is taken for given up. */
const givenUpSeconds = 1_800

/** Settings that a person changes while the program runs: today the sending mode and the day of the last full look; whose store it is, and the shop's policy. */
export async function makeShopSettings(db: Db) {
  const settings = db.collection<SettingDocument>('settings')
  const counters = db.collection<{ _id: string; count: number }>('settings')

  async function set(name: string, value: unknown): Promise<void> {
    await settings.updateOne({ _id: name }, { $set: { value } }, { upsert: true })
  }

  return {
    /** `fallback` holds until somebody says otherwise: a new installation stands on hold. */
    async sendingMode(fallback: SendingMode): Promise<SendingMode> {
      const stored = await settings.findOne({ _id: 'sending' })
      return (stored?.value as SendingMode | undefined) ?? fallback
    },

    /** What a new installation begins with; what a person said later stands. */
    async beginSending(mode: SendingMode): Promise<void> {
      await settings.updateOne({ _id: 'sending' }, { $setOnInsert: { value: mode } }, { upsert: true })
    },

    /** Which kind of installation this store belongs to: that of the first who asked, however often it is asked. */
    async installedAs(mode: 'demo' | 'shop'): Promise<'demo' | 'shop'> {
      const document = await settings.findOneAndUpdate(
        { _id: 'installation' },
        { $setOnInsert: { value: mode } },
        { upsert: true, returnDocument: 'after' },
      )
      return (document?.value as 'demo' | 'shop' | undefined) ?? mode
    },

    /** The right to mail the admin, for one at a time; false where another has it. */
    async claimAdminMail(owner: string, seconds: number): Promise<boolean> {
      await harmlessTwice(() => settings.insertOne({ _id: 'admin-mail', value: null }))
      const filter = { _id: 'admin-mail', $expr: { $not: [{ $gt: ['$value.until', '$$NOW'] }] } }
      const claim = [{ $set: { value: { owner, until: storeTime(seconds) } } }]
      return (await settings.updateOne(filter, claim)).modifiedCount === 1
    },

    async releaseAdminMail(owner: string): Promise<void> {
      await settings.updateOne({ _id: 'admin-mail', 'value.owner': owner }, { $set: { value: null } })
    },

    /** How many mails of this day's limit are left. */
    async mailsLeft(day: string, limit: number): Promise<number> {
      const document = await counters.findOne({ _id: `mails/${day}` })
      return Math.max(0, limit - (document?.count ?? 0))
    },

    /** Takes one mail of this day's limit; false where none is left, whoever sends beside us. */
    async takeMail(day: string, limit: number): Promise<boolean> {
      const _id = `mails/${day}`
      await harmlessTwice(() => counters.insertOne({ _id, count: 0 }))
      return (await counters.updateOne({ _id, count: { $lt: limit } }, { $inc: { count: 1 } })).modifiedCount === 1
    },

    async giveMailBack(day: string): Promise<void> {
      await counters.updateOne({ _id: `mails/${day}`, count: { $gt: 0 } }, { $inc: { count: -1 } })
    },

    /** Forgets how many mails went on days before this one. */
    async dropMailCounts(day: string): Promise<void> {
      await counters.deleteMany({ _id: { $gte: 'mails/', $lt: `mails/${day}` } })
    },

    /** What the shop wants its customers to hear, as the notifier was told: for those who say what would come of an order. */
    keepPolicy: (policy: Policy) => set('policy', policy),

    async policy(): Promise<Policy | null> {
      const stored = await settings.findOne({ _id: 'policy' })
      return (stored?.value as Policy | undefined) ?? null
    },

    /** How mails are sent, as the notifier was told: for those who look at the domain's records. */
    keepMailSetup: (setup: MailSetup) => set('mail', setup),

    async mailSetup(): Promise<MailSetup | null> {
      const stored = await settings.findOne({ _id: 'mail' })
      return (stored?.value as MailSetup | undefined) ?? null
    },

    setSendingMode: (mode: SendingMode) => set('sending', mode),

    /**
     * True for the one who is to take this day's full look at all open lines: the first, or another where the first has
     * not come to its end for long.
     */
    async beginDailyLook(day: string): Promise<boolean> {
      const begunLongAgo = { $lt: ['$begunAt', storeTime(-givenUpSeconds)] }
      const isLeft = { value: day, done: false, $expr: begunLongAgo }
      const filter = { _id: 'daily-look', $or: [{ value: { $lt: day } }, isLeft] }
      const begin = [{ $set: { value: day, done: false, begunAt: '$$NOW' } }]
      await harmlessTwice(() => settings.insertOne({ _id: 'daily-look', value: '' }))
      return (await settings.updateOne(filter, begin)).modifiedCount === 1
    },

    async endDailyLook(day: string): Promise<void> {
      await settings.updateOne({ _id: 'daily-look', value: day }, { $set: { done: true } })
    },
  }
}
