import type { Availability, Expected, Precision } from '#core/domain/availability.ts'
import type { LineNews, NewsKind, NoticeContent } from '#core/domain/news.ts'

type ExpectedParts = [from: string, to: string, precision: Precision, mark?: Expected['mark']]

export function expected(...[from, to, precision, mark]: ExpectedParts): Expected {
  return { kind: 'expected', from, to, precision, ...(mark && { mark }) }
}

export const december15 = expected('2026-12-15', '2026-12-15', 'day')
export const december12 = expected('2026-12-12', '2026-12-12', 'day')
export const midJanuary = expected('2027-01-11', '2027-01-20', 'third')
export const quarter4 = expected('2026-10-01', '2026-12-31', 'quarter')
export const inStock: Availability = { kind: 'in-stock' }
export const onRequest: Availability = { kind: 'on-request' }
export const soldOut: Availability = { kind: 'sold-out' }
export const discontinued: Availability = { kind: 'discontinued' }

/** Of each kind of news what a customer holds and is to hear. */
export const movesByKind: Record<NewsKind, { told: Availability; now: Availability }> = {
  delayed: { told: december15, now: midJanuary },
  earlier: { told: december15, now: december12 },
  refined: { told: quarter4, now: december15 },
  widened: { told: december15, now: quarter4 },
  dated: { told: onRequest, now: midJanuary },
  undated: { told: december15, now: onRequest },
  arrived: { told: december15, now: inStock },
  back: { told: soldOut, now: midJanuary },
  'sold-out': { told: december15, now: soldOut },
  discontinued: { told: december15, now: discontinued },
  overdue: { told: december15, now: december15 },
  correction: { told: midJanuary, now: december15 },
}

export function newsOf(kind: NewsKind, line: Partial<LineNews> = {}): LineNews {
  return { line: '1', title: 'Saber Alter 1/7', quantity: 1, kind, ...movesByKind[kind], ...line }
}

export function notice(content: Partial<NoticeContent> & Pick<NoticeContent, 'news'>): NoticeContent {
  return { order: { number: '10042' }, customer: {}, language: 'cs', others: [], ...content }
}
