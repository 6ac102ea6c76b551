import type { Db } from 'mongodb'
import { harmlessTwice } from './mongo.ts'

export type Evidence = {
  run: string
  address: string
  picture?: Buffer
  page?: string
  file?: { name: string; content: Buffer }
  at: Date
}
type EvidenceDocument = Evidence & { _id: string; expiresAt: Date | null }

/** Picture and page of runs; kept while the run is not accepted, and for a bounded time afterwards. */
export async function makeEvidence(db: Db) {
  const evidence = db.collection<EvidenceDocument>('evidence')
  await evidence.createIndexes([{ key: { run: 1 } }, { key: { expiresAt: 1 }, expireAfterSeconds: 0 }])

  return {
    async put(
      n: number,
      { run, address, picture, page, file, keepDays }: Omit<Evidence, 'at'> & { keepDays: number },
    ): Promise<void> {
      const at = new Date()
      const expiresAt = new Date(at.getTime() + keepDays * 86_400_000)
      const document = {
        _id: `${run}/${n}`,
        run,
        address,
        at,
        expiresAt,
        ...(picture && { picture }),
        ...(page && { page }),
        ...(file && { file }),
      }
      await harmlessTwice(() => evidence.insertOne(document))
    },

    async of(run: string): Promise<Evidence[]> {
      const documents = await evidence.find({ run }, { promoteBuffers: true }).sort({ _id: 1 }).toArray()
      return documents.map(({ _id, expiresAt: _expires, ...rest }) => rest)
    },

    async drop(run: string): Promise<void> {
      await evidence.deleteMany({ run })
    },
  }
}
