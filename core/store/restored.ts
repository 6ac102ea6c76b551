import type { Collection, Db } from 'mongodb'
import type { Sent } from '#core/domain/sent-line.ts'
import { fieldOf, isDuplicate } from './mongo.ts'
import type { NoticeDocument } from './notice-document.ts'
import type { OrderDocument } from './order-document.ts'

export type RestoredOutcome = 'caught-up' | 'known' | 'unknown-order' | 'unknown-line'
type Lines = OrderDocument['lines']

const fromLog = 'it went after the backup: known from the log'

/** Mails that went after a backup was taken: the store that was restored from it learns of them from the log. */
export function makeRestored(db: Db) {
  const orders: Collection<OrderDocument> = db.collection('orders')
  const notices: Collection<NoticeDocument> = db.collection('notices')

  return {
    /**
     * What a mail told counts as told, and its notice as sent; repeating it changes nothing. Each line is judged by its
     * own: whatever the store made of the notice's number since, the customer holds what the last mail said.
     */
    async catchUp(sent: Sent): Promise<RestoredOutcome> {
      const { order, n } = partsOf(sent.notice)
      // The backup has this mail, and what came of it since.
      const isKnown = { _id: sent.notice, state: 'sent' as const, reason: { $ne: fromLog } }
      if ((await notices.countDocuments(isKnown)) > 0) return 'known'
      for (;;) {
        const stored = await orders.findOne({ _id: order }, { projection: { lines: 1 } })
        if (stored === null) return 'unknown-order'
        const fresh = Object.keys(sent.told).filter((line) => isNews(stored.lines, line, sent))
        const seen = fresh.map((line) => [`${pathOf(line)}.told`, stored.lines[fieldOf(line)]?.told])
        const set = Object.fromEntries(fresh.flatMap((line) => toldSince(stored.lines, line, sent)))
        const change = { $set: set, $max: { closed: n }, $currentDate: { changedAt: true as const } }
        // Planning may assume a value for a line at this very moment: then look at it again.
        if ((await orders.updateOne({ _id: order, ...Object.fromEntries(seen) }, change)).matchedCount === 0) continue
        await endNotice({ order, n, notice: sent.notice, at: new Date(sent.at) })
        if (Object.keys(sent.told).some((line) => stored.lines[fieldOf(line)] === undefined)) return 'unknown-line'
        return fresh.length > 0 ? 'caught-up' : 'known'
      }
    },
  }

  async function endNotice({ order, n, notice, at }: { order: string; n: number; notice: string; at: Date }) {
    const ended = { state: 'sent' as const, reason: fromLog, endedAt: at }
    const fresh = { order, n, since: at, dueAt: at, news: [], rev: 1, fence: 0, tries: [] }
    const unset = { unjudged: '', claim: '', hold: '', 'message.raw': '' } as const
    // The store may have ended it otherwise since: it was sent all the same.
    const open = { _id: notice, state: { $ne: 'sent' as const } }
    if ((await notices.updateOne(open, { $set: ended, $unset: unset, $inc: { rev: 1 } })).matchedCount === 1) return
    try {
      await notices.insertOne({ _id: notice, ...fresh, ...ended })
    } catch (error) {
      if (!isDuplicate(error)) throw error // It ended before the backup.
    }
  }
}

function partsOf(notice: string): { order: string; n: number } {
  const slash = notice.lastIndexOf('/')
  return { order: notice.slice(0, slash), n: Number(notice.slice(slash + 1)) }
}

function pathOf(line: string): string {
  return `lines.${fieldOf(line)}`
}

/**
 * Whatever a line was told at intake, the mail came later; of two mails the one with the higher number counts, for no
 * clock of another machine decides anything.
 */
function isNews(lines: Lines, line: string, { notice, told: said }: Sent): boolean {
  const state = lines[fieldOf(line)]
  if (state === undefined) return false
  const { told } = state
  if (told === null) return said[line] !== null
  if (told.source !== 'notice' || told.notice === undefined) return true
  return partsOf(told.notice).n < partsOf(notice).n
}

function toldSince(lines: Lines, line: string, { notice, at, told: said }: Sent): [string, unknown][] {
  const told = lines[fieldOf(line)]?.told
  const value = said[line]
  const since = { value: value ?? told?.value, source: 'notice', at: new Date(at), notice }
  const before = told && value !== null ? { before: told.value } : value === null ? { kind: 'overdue' } : {}
  const path = pathOf(line)
  return [
    [`${path}.told`, { ...since, ...before }],
    [`${path}.waived`, null],
    [`${path}.since`, null],
  ]
}
