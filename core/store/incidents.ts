import type { Db } from 'mongodb'
import { isDuplicate } from './mongo.ts'

export type Incident = {
  id: string
  kind: string
  subject: string
  words: string
  hint: string
  openedAt: Date
  closedAt: Date | null
  seen: number
}
type IncidentDocument = Omit<Incident, 'id'> & { _id: string; open?: true }

/** Troubles that an admin is told of once when they open and once when they close. */
export async function makeIncidents(db: Db) {
  const incidents = db.collection<IncidentDocument>('incidents')
  await incidents.createIndexes([
    { key: { kind: 1, subject: 1 }, name: 'one-open', unique: true, partialFilterExpression: { open: true } },
    { key: { openedAt: -1, _id: -1 } },
  ])

  return {
    /** True where the trouble is new; false where it was open already and is only counted. */
    async open({
      kind,
      subject,
      words,
      hint,
    }: {
      kind: string
      subject: string
      words: string
      hint: string
    }): Promise<boolean> {
      const openedAt = new Date()
      const _id = `${kind}/${subject}/${openedAt.toISOString()}`
      try {
        await incidents.insertOne({ _id, kind, subject, words, hint, openedAt, closedAt: null, seen: 1, open: true })
        return true
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      await incidents.updateOne({ kind, subject, open: true }, { $set: { words, hint }, $inc: { seen: 1 } })
      return false
    },

    /** The incident that this closes, or null where none was open. */
    async close(kind: string, subject: string): Promise<Incident | null> {
      const change = { $set: { closedAt: new Date() }, $unset: { open: '' as const } }
      const document = await incidents.findOneAndUpdate({ kind, subject, open: true }, change, {
        returnDocument: 'after',
      })
      return document && toIncident(document)
    },

    async openOnes(): Promise<Incident[]> {
      return (await incidents.find({ open: true }).sort({ openedAt: 1, _id: 1 }).toArray()).map(toIncident)
    },
  }
}

function toIncident({ _id, open: _open, ...rest }: IncidentDocument): Incident {
  return { id: _id, ...rest }
}
