import type { AnyBulkWriteOperation, Collection } from 'mongodb'
import type { Told, Waived } from '#core/domain/line-state.ts'
import { isInDoubt, pastOf } from '#core/domain/line-state.ts'
import type { Notice } from '#core/domain/notice.ts'
import { fieldOf } from './mongo.ts'
import type { OrderDocument } from './order-document.ts'
import { toOrder } from './order-document.ts'

type Guard = { number: string; looked: number; closed: number }
/** An order wants a look, and when it was asked for. */
export const lookAsked = { $set: { look: true as const }, $inc: { asks: 1 }, $currentDate: { askedAt: true as const } }

/** More of a line's past nobody reads to answer a customer. */
const mostPast = 50

export type LineChange = { since?: Date | null; waived?: Waived | null; told?: Told }

/** What the notifier keeps of the lines of orders: what was told, what is waived, and since when something differs. */
export function makeOrderLines(orders: Collection<OrderDocument>) {
  return {
    /** Writes what planning found of lines; an order that moved on meanwhile is left alone. */
    async saveLines(changes: { guard: Guard; lines: Record<string, LineChange> }[]): Promise<void> {
      const operations = changes.flatMap(({ guard, lines }): AnyBulkWriteOperation<OrderDocument>[] => {
        const set = Object.fromEntries(Object.entries(lines).flatMap(([id, change]) => setsOf(id, change)))
        if (Object.keys(set).length === 0) return []
        const filter = { _id: guard.number, looked: guard.looked, closed: guard.closed }
        const update = { $set: set, $currentDate: { changedAt: true as const } }
        return [{ updateOne: { filter, update: { ...update, ...pushOfPast(lines) } } }]
      })
      if (operations.length > 0) await orders.bulkWrite(operations, { ordered: false })
    },

    /** What these notices told of these lines, and the customer still holds, was wrong; nothing of it is waived any more. */
    async markWrong(told: { order: string; notice: string; line: string }[]): Promise<void> {
      const operations = told.map(({ order, notice, line }): AnyBulkWriteOperation<OrderDocument> => {
        const at = `lines.${fieldOf(line)}`
        const filter = { _id: order, [`${at}.told.notice`]: notice, [`${at}.told.wrong`]: { $exists: false } }
        const change = { [`${at}.told.wrong`]: true, [`${at}.waived`]: null }
        return { updateOne: { filter, update: { $set: change, $currentDate: { changedAt: true } } } }
      })
      if (operations.length > 0) await orders.bulkWrite(operations, { ordered: false })
    },

    /** The second step of ending notices n: `closed` rises and, for a sent one, told moves; repeating it changes nothing. */
    async closeEach(ended: { order: string; n: number; told: Record<string, Told> }[]): Promise<void> {
      const operations = ended.map(({ order, n, told }): AnyBulkWriteOperation<OrderDocument> => {
        const moved = Object.entries(told).flatMap(([id, value]) =>
          setsOf(id, { told: value, waived: null, since: null }),
        )
        const $set = { ...Object.fromEntries(moved), closed: n }
        return {
          updateOne: { filter: { _id: order, closed: n - 1 }, update: { $set, $currentDate: { changedAt: true } } },
        }
      })
      // In their order: of one order's notices the next follows on the one before.
      if (operations.length > 0) await orders.bulkWrite(operations, { ordered: true })
    },

    /** What a notice may have told never arrived, a person says or another address. False where nothing of it is what the customer holds. */
    async takeBack({ id, order }: Pick<Notice, 'id' | 'order'>): Promise<boolean> {
      const stored = await orders.findOne({ _id: order })
      const lines = Object.entries(stored === null ? {} : toOrder(stored).lines).filter(([, { told }]) =>
        isInDoubt(told, id),
      )
      if (lines.length === 0) return false
      const guard = Object.fromEntries(lines.map(([line]) => [`lines.${fieldOf(line)}.told.notice`, id]))
      const sets = lines.flatMap(([line, { told }]) =>
        told ? setsOf(line, { told: heldBefore(told), since: told.at }) : [],
      )
      // Whoever dies right after leaves an order that asks for its look.
      const change = {
        $set: { ...Object.fromEntries(sets), ...lookAsked.$set },
        $inc: lookAsked.$inc,
        $currentDate: { changedAt: true as const, ...lookAsked.$currentDate },
      }
      return (await orders.updateOne({ _id: order, ...guard }, change)).modifiedCount === 1
    },
  }
}

/** How the customer came to hold it is not known any more, and its date is never named; a correction stays one. */
function heldBefore({ value, before = value, at, kind }: Told): Told {
  const how =
    kind === 'correction' ? { source: 'notice' as const, wrong: true as const } : { source: 'assumed' as const }
  return { value: before, at, uncertain: true, ...how }
}

function pushOfPast(lines: Record<string, LineChange>): { $push?: Record<string, object> } {
  const kept = Object.entries(lines).flatMap(([id, change]) => {
    const past = pastOf(change)
    return past.length === 0 ? [] : [[`lines.${fieldOf(id)}.past`, { $each: past, $slice: -mostPast }] as const]
  })
  return kept.length === 0 ? {} : { $push: Object.fromEntries(kept) }
}

function setsOf(id: string, change: LineChange): [string, unknown][] {
  return Object.entries(change).map(([name, value]) => [`lines.${fieldOf(id)}.${name}`, value])
}
