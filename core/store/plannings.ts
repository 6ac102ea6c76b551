import { randomUUID } from 'node:crypto'
import type { Db } from 'mongodb'
import { storeTime } from './mongo.ts'

type PlanningDocument = { _id: string; until: Date }

const leaseSeconds = 30

/** Large plannings that are under way: until they end, nobody knows how many customers a wave of notices has. */
export function makePlannings(db: Db) {
  const settings = db.collection<PlanningDocument>('settings')

  async function lengthen(_id: string): Promise<void> {
    await settings.updateOne({ _id }, [{ $set: { until: storeTime(leaseSeconds) } }], { upsert: true })
  }

  return {
    /** `renew` before its lease is over; `end` it in any case. One that dies is over with its lease. */
    async begin(): Promise<{ renew(): Promise<void>; end(): Promise<void> }> {
      const _id = `planning/${randomUUID()}`
      await lengthen(_id)
      return { renew: () => lengthen(_id), end: async () => void (await settings.deleteOne({ _id })) }
    },

    async isAnyUnderWay(): Promise<boolean> {
      const filter = { _id: { $gte: 'planning/', $lt: 'planning0' }, $expr: { $gt: ['$until', '$$NOW'] } }
      return (await settings.findOne(filter, { projection: { _id: 1 } })) !== null
    },

    /** Those of processes that died: they mean nothing any more. */
    async dropOver(): Promise<void> {
      const filter = { _id: { $gte: 'planning/', $lt: 'planning0' }, $expr: { $lt: ['$until', '$$NOW'] } }
      await settings.deleteMany(filter)
    },
  }
}
