import type { Availability, Expected, Precision } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { LineNews, NewsKind, NoticeContent } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import { isNeeded } from '#core/domain/opt-out.ts'

/** Notices that never were, for tests and for the gallery of mails. */
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

/** A notice with a name, for a gallery of mails. */
export type Example = { name: string; content: NoticeContent }

/** Every kind of news, and what else makes a mail look another. */
export function examplesIn(language: MailLanguage): Example[] {
  const orderOf = (news: LineNews[], more: Partial<NoticeContent> = {}) =>
    withOptOut(notice({ language, order: linked, customer: { name: 'Jana Nováková' }, news, ...more }))
  const kinds = newsKinds.map((kind) => ({ name: kind, content: orderOf([newsOf(kind)], { others: [artbook] }) }))
  return [
    ...kinds,
    { name: 'delayed-again', content: orderOf([newsOf('delayed', { again: true, quantity: 2 })]) },
    { name: 'never-told', content: orderOf([newsOf('delayed', { told: null })]) },
    { name: 'good-and-bad', content: orderOf(lines('delayed', 'arrived', 'sold-out'), { others: [artbook, poster] }) },
    { name: 'several-arrived', content: orderOf(lines('arrived', 'arrived'), { others: [poster] }) },
    { name: 'bare', content: notice({ language, news: [newsOf('undated')] }) },
    { name: 'long-and-foreign', content: orderOf(outlandish, { customer: { name: 'נועה כהן' } }) },
    { name: 'fifty-lines', content: orderOf(fifty) },
  ]
}

/** As the notifier does it: only of what is not needed can a customer be rid. */
function withOptOut(content: NoticeContent): NoticeContent {
  const needed = content.news.every(({ kind, told, now }) => isNeeded({ kind, told: told ?? now }))
  return needed ? content : { ...content, unsubscribeUrl: `https://shop.example/unsubscribe/${content.language}/token` }
}

const linked = { number: '10042', url: 'https://shop.example/o/10042' }
const artbook = { line: '8', title: 'Fate/Grand Order – Artbook', quantity: 1, availability: quarter4 }
const poster = { line: '9', title: 'Plakát B2', quantity: 3, availability: null }

function lines(...kinds: NewsKind[]): LineNews[] {
  return kinds.map((kind, at) => newsOf(kind, { line: `${at + 1}`, title: titles[at] ?? 'Saber Alter 1/7' }))
}

const titles = ['Hatsune Miku 15th Anniversary 1/7', 'Nendoroid Rem', 'Asuka Langley – Jersey Ver.']

const outlandish: LineNews[] = [
  newsOf('delayed', { line: '1', title: 'Eine sehr lange Bezeichnung '.repeat(10) }),
  newsOf('earlier', { line: '2', title: 'Donaudampfschifffahrtsgesellschaftskapitänsmütze'.repeat(4) }),
  newsOf('arrived', { line: '3', title: 'דמות אלתר 1/7 (מהדורה)', quantity: 2 }),
  newsOf('widened', { line: '4', title: '🎁👩‍👩‍👧 <b>"A" & \'B\'</b>' }),
]

const fifty = Array.from({ length: 50 }, (_, at) =>
  newsOf(newsKinds[at % newsKinds.length] ?? 'delayed', { line: `${at}`, title: `${at + 1}. ${titles[at % 3]}` }),
)
