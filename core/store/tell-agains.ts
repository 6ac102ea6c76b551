import type { Db } from 'mongodb'

/** A person said that a run was wrong after customers were told of it: those are told again, as corrections. */
export type TellAgain = {
  run: string
  /** So many would be mailed, as the person was shown: P5 lets as many through. */
  customers: number
  at: Date
  /** Not all of its lines may be marked yet: the sweep repeats that step. */
  toMark?: true
}
type TellAgainDocument = Omit<TellAgain, 'run'> & { _id: string }

export function makeTellAgains(db: Db) {
  const wishes = db.collection<TellAgainDocument>('wishes')

  return {
    /** Repeated, it counts for those who would be mailed by now. */
    async wish(run: string, customers: number): Promise<void> {
      const change = { $set: { customers, toMark: true as const }, $currentDate: { at: true as const } }
      await wishes.updateOne({ _id: idOf(run) }, change, { upsert: true })
    },

    async toMark(): Promise<TellAgain[]> {
      return (await wishes.find({ toMark: true }).sort({ _id: 1 }).toArray()).map(toTellAgain)
    },

    async get(run: string): Promise<TellAgain | null> {
      const document = await wishes.findOne({ _id: idOf(run) })
      return document && toTellAgain(document)
    },

    async marked({ run, at }: TellAgain): Promise<void> {
      await wishes.updateOne({ _id: idOf(run), at }, { $unset: { toMark: '' } })
    },

    /** How many customers each of these runs' corrections may mail, by a person's word. */
    async approvals(runs: string[]): Promise<Map<string, number>> {
      const documents = await wishes.find({ _id: { $in: runs.map(idOf) } }).toArray()
      return new Map(documents.map((document) => [toTellAgain(document).run, document.customers]))
    },
  }
}

function idOf(run: string): string {
  return `tell-again/${run}`
}

function toTellAgain({ _id, ...rest }: TellAgainDocument): TellAgain {
  return { run: _id.slice('tell-again/'.length), ...rest }
}
