import type { Collection, Filter } from 'mongodb'
import { storeTime } from './mongo.ts'
import type { SupplierDocument } from './suppliers.ts'

/** The numbers of definition and grammar that texts were read by. */
export type ReadBy = { definition: number; grammar: number }
export type RereadClaim = { owner: string; fence: number }

/** Reading a supplier's stored texts anew: by one notifier at a time, and never while a run of it is applied. */
export function makeRereads(suppliers: Collection<SupplierDocument>, leaseSeconds: number) {
  return {
    /** Null where a run is applied, another reads anew, or it was done meanwhile. What was left in the middle is done by any. */
    async claimReread(
      id: string,
      { reread, by, owner }: { reread: string; by: ReadBy; owner: string },
    ): Promise<RereadClaim | null> {
      const isFree = { applying: null }
      const isLower = [{ 'readBy.definition': { $lt: by.definition } }, { 'readBy.grammar': { $lt: by.grammar } }]
      // Whoever died may have read by lower numbers than these, or by higher ones that are not installed any more.
      const leaseOver = { 'applying.run': { $regex: `^${id}-reread-` }, $expr: { $lt: ['$applying.until', '$$NOW'] } }
      const filter: Filter<SupplierDocument> = {
        _id: id,
        'declaration.number': by.definition,
        $or: [{ ...isFree, $or: isLower }, leaseOver],
      }
      const fence = { $add: ['$fence', 1] }
      const until = storeTime(leaseSeconds)
      const { before, number, declaration } = { before: '$lastAccepted', number: '$lastAccepted.number', declaration: '$declaration' } // prettier-ignore
      const applying = { run: reread, number, owner, fence, until, before, declaration }
      const document = await suppliers.findOneAndUpdate(
        filter,
        [{ $set: { applying } }, { $set: { fence: '$applying.fence' } }],
        { returnDocument: 'after' },
      )
      return document?.applying ? { owner, fence: document.applying.fence } : null
    },

    async endReread(id: string, claim: RereadClaim, readBy: ReadBy): Promise<boolean> {
      const filter = { _id: id, 'applying.owner': claim.owner, 'applying.fence': claim.fence }
      return (await suppliers.updateOne(filter, { $set: { applying: null, readBy } })).matchedCount === 1
    },
  }
}
