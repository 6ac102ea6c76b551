import type { Db } from 'mongodb'

export const sendingModes = ['live', 'hold', 'off'] as const
export type SendingMode = (typeof sendingModes)[number]
type SettingDocument = { _id: string; value: unknown }

/** Settings that a person changes while the program runs: today the sending mode and the day of the last full look. */
export async function makeShopSettings(db: Db) {
  const settings = db.collection<SettingDocument>('settings')

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

    setSendingMode: (mode: SendingMode) => set('sending', mode),

    /** True for the one who is first to take this day's full look at all open lines. */
    async takeDailyLook(day: string): Promise<boolean> {
      const filter = { _id: 'daily-look', value: { $lt: day } }
      try {
        const result = await settings.updateOne(filter, { $set: { value: day } }, { upsert: true })
        return result.modifiedCount + result.upsertedCount === 1
      } catch {
        return false
      }
    },
  }
}
