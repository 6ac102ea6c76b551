import type { Collection, Db } from 'mongodb'
import type { Sent } from '#core/domain/sent-line.ts'
import { fieldOf, isDuplicate } from './mongo.ts'
import type { NoticeDocument } from './notice-document.ts'
import type { OrderDocument } from './order-document.ts'

export type RestoredOutcome = 'caught-up' | 'known' | 'unknown-order'

/** Mails that went after a backup was taken: the store that was restored from it learns of them from the log. */
export function makeRestored(db: Db) {
  const orders: Collection<OrderDocument> = db.collection('orders')
  const notices: Collection<NoticeDocument> = db.collection('notices')

  return {
    /**
     * What a mail told counts as told, and its notice as sent; repeating it changes nothing. Oldest first: an order's
     * notices end one after the other.
     */
    async catchUp({ notice, at, told }: Sent): Promise<RestoredOutcome> {
      const [order, n] = [notice.slice(0, notice.lastIndexOf('/')), Number(notice.slice(notice.lastIndexOf('/') + 1))]
      const stored = await orders.findOne({ _id: order }, { projection: { lines: 1, closed: 1 } })
      if (stored === null) return 'unknown-order'
      const set = Object.entries(told).flatMap(([line, value]) => {
        const state = stored.lines[fieldOf(line)]
        if (state === undefined || (value === null && state.told === null)) return []
        const since = { value: value ?? state.told?.value, source: 'notice', at: new Date(at), notice }
        const before = state.told && value !== null ? { before: state.told.value } : { kind: 'overdue' }
        const path = `lines.${fieldOf(line)}`
        return [
          [`${path}.told`, { ...since, ...before }],
          [`${path}.waived`, null],
          [`${path}.since`, null],
        ] as const
      })
      const change = { $set: { ...Object.fromEntries(set), closed: n }, $currentDate: { changedAt: true as const } }
      const isNew = (await orders.updateOne({ _id: order, closed: { $lt: n } }, change)).modifiedCount === 1
      await endNotice({ order, n, notice, at: new Date(at) })
      return isNew ? 'caught-up' : 'known'
    },
  }

  async function endNotice({ order, n, notice, at }: { order: string; n: number; notice: string; at: Date }) {
    const ended = { state: 'sent' as const, reason: 'it went after the backup: known from the log', endedAt: at }
    const fresh = { order, n, since: at, dueAt: at, news: [], rev: 1, fence: 0, tries: [] }
    const unset = { unjudged: '', claim: '', hold: '', 'message.raw': '' } as const
    const open = { _id: notice, state: { $nin: ['sent' as const, 'superseded' as const] } }
    if ((await notices.updateOne(open, { $set: ended, $unset: unset, $inc: { rev: 1 } })).matchedCount === 1) return
    try {
      await notices.insertOne({ _id: notice, ...fresh, ...ended })
    } catch (error) {
      if (!isDuplicate(error)) throw error // It ended before the backup.
    }
  }
}
