import { createHash } from 'node:crypto'
import { sameAvailability } from '#core/domain/availability.ts'
import type { Availability } from '#core/domain/availability.ts'
import { dayOf } from '#core/domain/day.ts'
import { mailLanguageOf } from '#core/domain/language.ts'
import type { Item } from '#core/domain/item.ts'
import type { StoredOrder, Told } from '#core/domain/line-state.ts'
import type { Notice, PlannedNews } from '#core/domain/notice.ts'
import type { NoticeContent, OtherLine } from '#core/domain/news.ts'
import { isPast } from '#core/domain/overdue.ts'
import type { LineOutcome } from '#core/domain/plan-line.ts'
import type { Shop } from './context.ts'
import type { Facts } from './gather.ts'
import { itemOfLine } from './gather.ts'
import { domainOf } from './mail-address.ts'

export type OrderSight = { order: StoredOrder; outcomes: Map<string, LineOutcome>; facts: Facts }
export type Composed = { content: NoticeContent; news: PlannedNews[]; others: Record<string, Availability> }

/** What a mail about this order says now, or null where no line of it is due. */
export function contentOf(sight: OrderSight, shop: Shop, moment: Date): Composed | null {
  const { order, outcomes } = sight
  const news: PlannedNews[] = []
  const others: OtherLine[] = []
  for (const line of order.shop.lines) {
    const outcome = outcomes.get(line.id)
    if (outcome?.kind === 'due') news.push({ line: line.id, ...outcome.news, run: outcome.run, texts: outcome.texts })
    else if (line.status === 'open' || line.status === 'secured') {
      others.push({
        line: line.id,
        title: line.title,
        quantity: line.quantity,
        availability: shownOf(sight, line, { shop, moment }),
      })
    }
  }
  if (news.length === 0) return null
  const { number, url, customer } = order.shop
  const content: NoticeContent = {
    order: { number, ...(url === undefined ? {} : { url }) },
    customer: customer.name === undefined ? {} : { name: customer.name },
    language: mailLanguageOf(customer.language, shop.language),
    news: news.map((one) => ({
      ...one,
      ...titleOf(order, one.line),
      told: mayShow(order.lines[one.line]?.told) ? one.told : null,
    })),
    others,
  }
  const shown = others.flatMap(({ line, availability }) =>
    availability === null ? [] : [[line, availability] as const],
  )
  return { content, news, others: Object.fromEntries(shown) }
}

/**
 * A line without news shows a date only where what was told is still so, and has not passed (RULES section 7); and only
 * where the customer was told it, and the supplier is understood to say it still: beside it stands "unchanged".
 */
function shownOf(
  { order, facts }: OrderSight,
  line: { id: string; status: string },
  { shop, moment }: { shop: Shop; moment: Date },
): Availability | null {
  const state = order.lines[line.id]
  const item = itemOfLine({ shop }, { order, state, facts })
  const now = item?.now?.availability
  if (line.status !== 'open' || item === undefined || now === undefined) return null
  if (!state?.told || !mayShow(state.told) || !sameAvailability(state.told.value, now)) return null
  if (!isUnderstood(item, facts)) return null
  return isPast(now, dayOf(moment, shop.timeZone)) ? null : now
}

/** Nobody knows what a supplier says now that was not heard for long, or that was read otherwise the last time. */
function isUnderstood({ supplier: id, marks, pending }: Item, { suppliers }: Facts): boolean {
  const supplier = suppliers.get(id)
  const isHeard = supplier?.lastHeard !== undefined && !supplier.retired
  return isHeard && pending === undefined && marks.unreadable === undefined && marks.missing === undefined
}

/** An old date that was only assumed, from what was seen later, or that may never have arrived is not shown as told. */
function mayShow(told: Told | null | undefined): boolean {
  return told != null && told.seenLater === undefined && told.uncertain === undefined
}

/** The same for every try of a notice; a resend by a person, what goes to a tester, and its successor have their own. */
export function messageIdOf({ id, resent = 0 }: Pick<Notice, 'id' | 'resent'>, from: string, onlyTo?: string): string {
  const said = [
    id,
    ...(resent === 0 ? [] : [`again ${resent}`]),
    ...(onlyTo === undefined ? [] : [`to ${onlyTo}`]),
  ].join(' ')
  return `<avizo.${createHash('sha256').update(said).digest('hex').slice(0, 24)}@${domainOf(from)}>`
}

/** So many mails of an order are named in the next one: the header has an end, and clients need only one that they know. */
const mostNamed = 5

/**
 * All mails of an order form one conversation: each names a root that no mail has, so that they belong together even
 * where one was lost or deleted, and the last ones that went before it.
 */
export function threadOf(order: string, earlier: string[], from: string): { references: string[]; inReplyTo?: string } {
  const hash = createHash('sha256').update(order).digest('hex').slice(0, 24)
  const last = earlier.at(-1)
  return {
    references: [`<avizo.order.${hash}@${domainOf(from)}>`, ...earlier.slice(-mostNamed)],
    ...(last !== undefined && { inReplyTo: last }),
  }
}

function titleOf(order: StoredOrder, id: string): { title: string; quantity: number } {
  const line = order.shop.lines.find((one) => one.id === id)
  return { title: line?.title ?? id, quantity: line?.quantity ?? 1 }
}
