import type { Db } from 'mongodb'

/** What can be counted of how the promises were kept; `moved` must stay 0. */
export type KeptCounts = {
  /** Runs that were not accepted, among the last ones, and changes that count for them all the same. */
  notAccepted: number
  moved: number
  sent: number
  /** Mails that met the window which SMTP leaves open: they may have gone twice, under one Message-ID. */
  window: number
  corrections: number
  superseded: number
  suppressed: number
  failed: number
  /** Notices that wait for a person. */
  held: number
}

const lastRuns = 1_000

export function makeKeptCounts(db: Db) {
  const runs = db.collection<{ _id: string; state: string }>('runs')
  const notices = db.collection('notices')

  return {
    async counts(): Promise<KeptCounts> {
      const filter = { state: { $in: ['held', 'rejected', 'failed'] } }
      const last = await runs
        .find(filter, { projection: { _id: 1 } })
        .sort({ endedAt: -1, _id: -1 })
        .limit(lastRuns)
        .toArray()
      const run = { $in: last.map(({ _id }) => _id) }
      const count = (state: string, more: object = {}) => notices.countDocuments({ state, ...more })
      return {
        notAccepted: last.length,
        moved: await db.collection('changes').countDocuments({ run }),
        sent: await count('sent'),
        window: await notices.countDocuments({ window: true }),
        corrections: await count('sent', { 'message.news.kind': 'correction' }),
        superseded: await count('superseded'),
        suppressed: await count('suppressed'),
        failed: await count('failed'),
        held: await count('held', { hold: { $exists: true } }),
      }
    },
  }
}
