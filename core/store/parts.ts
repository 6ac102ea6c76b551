import type { Db } from 'mongodb'
import type { Observation } from '#core/domain/messages.ts'
import { harmlessTwice } from './mongo.ts'

type PartDocument = { _id: string; run: string; part: number; observations: Observation[]; at: Date }

/** Staged observations of runs that are not judged yet; swept when their run has ended. */
export async function makeParts(db: Db) {
  const parts = db.collection<PartDocument>('parts')
  await parts.createIndexes([{ key: { run: 1, part: 1 } }, { key: { at: 1 }, expireAfterSeconds: 30 * 86_400 }])

  return {
    async put(run: string, part: number, observations: Observation[]): Promise<void> {
      await harmlessTwice(() => parts.insertOne({ _id: `${run}/${part}`, run, part, observations, at: new Date() }))
    },

    async count(run: string): Promise<number> {
      return parts.countDocuments({ run })
    },

    /** The observations of a run, part after part, so that no run has to fit into memory; of all parts, or of these only. */
    async *of(run: string, only?: number[]): AsyncGenerator<{ part: number; observations: Observation[] }> {
      const filter = { run, ...(only && { part: { $in: only } }) }
      // Parts are large: a few of them at a time.
      for await (const { part, observations } of parts.find(filter).sort({ part: 1 }).batchSize(4)) {
        yield { part, observations }
      }
    },

    async drop(run: string): Promise<void> {
      await parts.deleteMany({ run })
    },
  }
}
