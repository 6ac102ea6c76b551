import type { Db } from 'mongodb'
import { isDuplicate, storeTime } from './mongo.ts'

const remindAfterSeconds = 86_400

export type Incident = {
  id: string
  kind: string
  subject: string
  words: string
  hint: string
  openedAt: Date
  closedAt: Date | null
  seen: number
  /** What the admin was mailed of it, and when. */
  told?: { opened?: Date; last?: Date; closed?: Date }
}
/** What an admin is to hear of an incident: once that it opened, day by day that it stands, once that it is over. */
export type IncidentNews = 'opened' | 'stands' | 'closed'
type IncidentDocument = Omit<Incident, 'id'> & { _id: string; open?: true; untold?: true }

/** Troubles that an admin is told of once when they open and once when they close. */
export async function makeIncidents(db: Db) {
  const incidents = db.collection<IncidentDocument>('incidents')
  await incidents.createIndexes([
    { key: { kind: 1, subject: 1 }, name: 'one-open', unique: true, partialFilterExpression: { open: true } },
    { key: { openedAt: -1, _id: -1 } },
    { key: { untold: 1 }, name: 'untold', partialFilterExpression: { untold: true } },
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
        await incidents.insertOne({
          _id,
          kind,
          subject,
          words,
          hint,
          openedAt,
          closedAt: null,
          seen: 1,
          open: true,
          untold: true,
        })
        return true
      } catch (error) {
        if (!isDuplicate(error)) throw error
      }
      await incidents.updateOne({ kind, subject, open: true }, { $set: { words, hint }, $inc: { seen: 1 } })
      return false
    },

    /** The incident that this closes, or null where none was open. */
    async close(kind: string, subject: string): Promise<Incident | null> {
      const change = { $set: { closedAt: new Date(), untold: true as const }, $unset: { open: '' as const } }
      const document = await incidents.findOneAndUpdate({ kind, subject, open: true }, change, {
        returnDocument: 'after',
      })
      return document && toIncident(document)
    },

    async openOnes(): Promise<Incident[]> {
      return (await incidents.find({ open: true }).sort({ openedAt: 1, _id: 1 }).toArray()).map(toIncident)
    },

    /** What the admin has not been mailed yet, oldest first; one that stands is told again a day after the last time. */
    async untold(): Promise<{ incident: Incident; news: IncidentNews }[]> {
      const stands = { open: true as const, $expr: { $lt: ['$told.last', storeTime(-remindAfterSeconds)] } }
      const filter = { $or: [{ untold: true as const }, { 'told.last': { $exists: true }, ...stands }] }
      const found = await incidents.find(filter).sort({ openedAt: 1, _id: 1 }).limit(200).toArray()
      return found.map((document) => ({ incident: toIncident(document), news: newsOf(document) }))
    },

    /** One that moved on meanwhile stays untold. */
    async tell({ id, closedAt }: Incident, news: IncidentNews): Promise<void> {
      const told = news === 'closed' ? { 'told.closed': true as const } : { 'told.last': true as const }
      const when = news === 'opened' ? { ...told, 'told.opened': true as const } : told
      await incidents.updateOne({ _id: id, closedAt }, { $currentDate: when, $unset: { untold: '' } })
    },

    /** Takes out of what was met with these notices what a mail server said, which may name the customer. */
    async anonymise(notices: string[]): Promise<void> {
      await incidents.updateMany({ subject: { $in: notices } }, { $set: { words: 'the customer was erased' } })
    },

    /** Forgets what was over before then. */
    async dropClosed(before: Date): Promise<number> {
      return (await incidents.deleteMany({ closedAt: { $lt: before, $ne: null } })).deletedCount
    },
  }
}

function newsOf({ closedAt, told }: IncidentDocument): IncidentNews {
  if (closedAt !== null) return 'closed'
  return told?.opened === undefined ? 'opened' : 'stands'
}

function toIncident({ _id, open: _open, untold: _untold, ...rest }: IncidentDocument): Incident {
  return { id: _id, ...rest }
}
