import type { Db } from 'mongodb'
import type { Observation } from '#core/domain/messages.ts'
import { harmlessTwice } from './mongo.ts'

type Part = { run: string; part: number; observations: Observation[] }
type PartDocument = Part & { _id: string; expiresAt: Date }

/** Staged observations of runs that are not judged yet; swept when their run has ended. */
export async function makeParts(db: Db) {
  const parts = db.collection<PartDocument>('parts')
  await parts.createIndexes([{ key: { run: 1, part: 1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }])

  return {
    async put({ run, part, observations }: Part, keepDays: number): Promise<void> {
      const expiresAt = new Date(Date.now() + keepDays * 86_400_000)
      await harmlessTwice(() => parts.insertOne({ _id: `${run}/${part}`, run, part, observations, expiresAt }))
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
