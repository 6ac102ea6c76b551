import type { Db } from 'mongodb'
import type { Availability } from '#core/domain/availability.ts'

export const differenceKinds = ['changed', 'unreadable', 'missing'] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** What a held run would make of one item. `after` is null where it cannot be read, or is not there. */
export type Difference = {
  kind: DifferenceKind
  code: string
  title: string
  before: Availability | null
  after: Availability | null
  texts: { before: Record<string, string>; after: Record<string, string> }
}
/** How many there are of each kind, and of items that are new; of the differences the first ones. */
export type RunPreview = { totals: Record<DifferenceKind | 'new', number>; differences: Difference[] }
type PreviewDocument = RunPreview & { _id: string; run: string; at: Date }

/** What a person is shown of a held run, worked out when it was held or looked at; how many customers is with the run. */
export function makeRunPreviews(db: Db) {
  const previews = db.collection<PreviewDocument>('holds')

  return {
    async keepPreview(run: string, preview: RunPreview): Promise<void> {
      const document = { run, ...preview, at: new Date() }
      await previews.replaceOne({ _id: previewId(run) }, document, { upsert: true })
    },

    async preview(run: string): Promise<RunPreview | null> {
      const document = await previews.findOne({ _id: previewId(run) })
      return document && { totals: document.totals, differences: document.differences }
    },

    async withoutPreview(runs: string[]): Promise<string[]> {
      const found = await previews.distinct('run', { _id: { $in: runs.map(previewId) } })
      return runs.filter((run) => !found.includes(run))
    },

    /** Drops what is shown of runs that are no longer held. */
    async dropPreviews({ except }: { except: string[] }): Promise<void> {
      // By id: other holds of this collection name a run too.
      await previews.deleteMany({ _id: { $gte: 'run/', $lt: 'run0' }, run: { $nin: except } })
    },
  }
}

function previewId(run: string): string {
  return `run/${run}`
}
