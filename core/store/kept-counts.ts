import type { Db } from 'mongodb'
import { sameAvailability } from '#core/domain/availability.ts'
import { isUncertain } from '#core/domain/notice.ts'
import type { NoticeState, PlannedNews } from '#core/domain/notice.ts'
import type { NoticeDocument } from './notice-document.ts'

/** What can be counted of how the promises were kept; `moved` must stay 0. */
export type KeptCounts = {
  /** Runs that were not accepted, among the last ones, and changes that count for them all the same. */
  notAccepted: number
  moved: number
  sent: number
  /** Among the last mails: those that said of a line what the mail before had said, and what its customer held already. */
  lastSent: number
  twice: number
  needless: number
  /** Mails that met the window which SMTP leaves open: they may have gone twice, under one Message-ID. */
  window: number
  corrections: number
  superseded: number
  suppressed: number
  failed: number
  /** Notices that wait for a person. */
  held: number
}

const [lastRuns, lastMails] = [1_000, 1_000]

type Mail = Pick<NoticeDocument, '_id' | 'order' | 'n' | 'state' | 'window' | 'reason'> & {
  message?: { news: PlannedNews[] }
}

export function makeKeptCounts(db: Db) {
  const runs = db.collection<{ _id: string; state: string }>('runs')
  const notices = db.collection<NoticeDocument>('notices')

  /** All mails of the orders that were mailed last, in the order of their notices. */
  async function mailsAround(): Promise<{ last: Set<string>; mails: Mail[] }> {
    const projection = { order: 1, n: 1, state: 1, window: 1, reason: 1, 'message.news': 1 }
    const newest = notices.find({ state: 'sent' }, { projection }).sort({ endedAt: -1 }).limit(lastMails)
    const last = await newest.toArray()
    const orders = { $in: [...new Set(last.map(({ order }) => order))] }
    const all = notices.find({ order: orders, state: 'sent' }, { projection }).sort({ order: 1, n: 1 })
    return { last: new Set(last.map(({ _id }) => _id)), mails: await all.toArray() }
  }

  return {
    async counts(): Promise<KeptCounts> {
      const filter = { state: { $in: ['held', 'rejected', 'failed'] } }
      const last = await runs
        .find(filter, { projection: { _id: 1 } })
        .sort({ endedAt: -1, _id: -1 })
        .limit(lastRuns)
        .toArray()
      const run = { $in: last.map(({ _id }) => _id) }
      const { last: mailed, mails } = await mailsAround()
      const count = (state: NoticeState, more: object = {}) => notices.countDocuments({ state, ...more })
      return {
        notAccepted: last.length,
        moved: await db.collection('changes').countDocuments({ run }),
        sent: await count('sent'),
        lastSent: mailed.size,
        twice: saidTwice(mails).filter((id) => mailed.has(id)).length,
        needless: mails.filter((mail) => mailed.has(mail._id) && newsOf(mail).some(isKnown)).length,
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

/** Mails that tell of a line the very move that the mail before told of it, and surely did. */
function saidTwice(mails: Mail[]): string[] {
  const said = new Map<string, PlannedNews>()
  return mails.flatMap((mail) => {
    const isAgain = newsOf(mail).some((news) => {
      const before = said.get(`${mail.order} ${news.line}`)
      if (!isUncertain(mail)) said.set(`${mail.order} ${news.line}`, news)
      return before && sameAvailability(before.told, news.told) && sameAvailability(before.now, news.now)
    })
    return isAgain ? [mail._id] : []
  })
}

/** That there is no word of what is overdue says of a date that it still stands. */
function newsOf({ message }: Mail): PlannedNews[] {
  return (message?.news ?? []).filter(({ kind }) => kind !== 'overdue')
}

function isKnown({ told, now }: PlannedNews): boolean {
  return sameAvailability(told, now)
}
