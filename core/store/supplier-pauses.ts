import { randomUUID } from 'node:crypto'
import type { Collection } from 'mongodb'
import type { SupplierDocument } from './suppliers.ts'

/** A supplier that was retired or resumed since its orders were planned; `asked` is of that very time. */
export type ToPlan = { id: string; asked: string }

/** Whether a supplier is read at all, by a person's word or because its sign-in may lock an account. */
export function makeSupplierPauses(suppliers: Collection<SupplierDocument>) {
  return {
    async pause(id: string, because: string): Promise<boolean> {
      const paused = { since: new Date(), because }
      const result = await suppliers.updateOne({ _id: id, paused: null }, { $set: { paused } })
      return result.modifiedCount === 1
    },

    /** Paused for good, whether it is paused already or not. */
    async retire(id: string, because: string): Promise<void> {
      const paused = { since: new Date(), because, retired: true as const }
      const filter = { _id: id, 'paused.retired': { $exists: false } }
      await suppliers.updateOne(filter, { $set: { paused, toPlan: randomUUID() } })
    },

    async resume(id: string): Promise<boolean> {
      const resumed = { at: '$$NOW', number: '$runCounter' }
      const toPlan = { $cond: [{ $eq: ['$paused.retired', true] }, randomUUID(), '$toPlan'] }
      const result = await suppliers.updateOne({ _id: id, paused: { $ne: null } }, [
        { $set: { paused: null, resumed, toPlan } },
      ])
      return result.modifiedCount === 1
    },

    async toPlan(): Promise<ToPlan[]> {
      const cursor = suppliers.find({ toPlan: { $exists: true } }, { projection: { toPlan: 1 } })
      return (await cursor.toArray()).flatMap(({ _id: id, toPlan: asked }) =>
        asked === undefined ? [] : { id, asked },
      )
    },

    /** Only what was asked for: whoever resumes meanwhile what is being retired asks anew. */
    async planned({ id, asked }: ToPlan): Promise<void> {
      await suppliers.updateOne({ _id: id, toPlan: asked }, { $unset: { toPlan: '' } })
    },
  }
}
