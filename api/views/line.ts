import { z } from 'zod'
import { itemId } from '#core/domain/ids.ts'
import type { Item } from '#core/domain/item.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { LineState, StoredOrder, Told } from '#core/domain/line-state.ts'
import { waivedReasons } from '#core/domain/line-state.ts'
import { newsKinds } from '#core/domain/news.ts'
import type { Notice } from '#core/domain/notice.ts'
import { noticeStates } from '#core/domain/notice.ts'
import type { OrderLine } from '#core/domain/order.ts'
import { LineStatus } from '#core/domain/order.ts'
import { itemForOrder } from '#core/domain/order-day.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { sentence } from '#templates/phrase.ts'
import { Availability, Sentence, Texts, ValueOrNull, viewValue } from './availability.ts'
import type { Marked } from './marks.ts'
import { lastConfirmedAt, MarkDetails, Marks, marksOf } from './marks.ts'
import { Moment, moment, momentOrNull } from './moment.ts'
import { NearViews, viewNear } from './near.ts'

const ToldDetails = z.object({
  texts: Texts,
  source: z.enum(['shop', 'assumed', 'notice']),
  assumed: z
    .literal(true)
    .optional()
    .meta({ description: 'The shop did not say what it told: taken from what was so' }),
  at: Moment,
  sentence: Sentence,
  news: z.enum(newsKinds).optional().meta({ description: 'What the notice said of it: the kind of its news' }),
  run: z.string().optional().meta({ description: 'The run that the notice told of' }),
  notice: z.string().optional().meta({ description: 'The notice that told it' }),
})
/** Not `.nullable()`: that would make every mention of the availability one that may be null. */
const ToldOrNull = z.union([z.intersection(Availability, ToldDetails), z.null()])

export const LineView = z
  .object({
    id: z.string(),
    title: z.string(),
    quantity: z.number().int(),
    status: LineStatus,
    supplier: z.string().optional(),
    code: z.string().optional(),
    ean: z.string().optional(),
    product: z.string().optional(),
    item: z
      .object({ supplier: z.string(), code: z.string() })
      .nullable()
      .meta({ description: 'The item that the line points to; null while none is found' }),
    told: ToldOrNull.meta({ description: 'The availability that the customer holds' }),
    now: ValueOrNull.meta({ description: 'Null where nothing readable was ever seen' }),
    marks: Marks,
    markDetails: MarkDetails,
    waived: z
      .object({ value: Availability, reason: z.enum(waivedReasons), at: Moment })
      .nullable()
      .meta({ description: 'A `now` that differs from `told` and is on purpose not told, with the reason' }),
    differsSince: Moment.nullable().meta({ description: 'Since when a difference waits to be told' }),
    lastConfirmedAt: Moment.nullable().meta({ description: 'When the supplier last said so' }),
    near: NearViews,
    notice: z
      .object({ id: z.string(), state: z.enum(noticeStates) })
      .nullable()
      .meta({ description: 'The newest notice with news of this line' }),
  })
  .meta({ id: 'Line', description: 'One line of an order as given out' })
export type LineView = z.infer<typeof LineView>

/** What is known around orders, gathered before any of them is shaped. */
export type Known = {
  items: Map<string, Item>
  suppliers: Map<string, Supplier>
  notices: Map<string, Notice[]>
  /** Items that lines without one may mean. */
  near?: Item[]
}
type Around = Known & { order: StoredOrder; orderDay: string; language: MailLanguage; now: Date; today: string }

export function viewLine(line: OrderLine, around: Around): LineView {
  const { told: _asPut, ...asPut } = line
  const id = itemOf(line, around.order)
  const state = stateFor(id, around.order.lines[line.id])
  const supplier = id === null ? undefined : around.suppliers.get(supplierOf(id))
  const stored = id === null ? undefined : around.items.get(id)
  const item = stored && itemForOrder(stored, around.orderDay)
  return {
    ...asPut,
    item: id === null ? null : { supplier: supplierOf(id), code: id.slice(id.indexOf('/') + 1) },
    told: state?.told ? viewTold(state.told, around.language) : null,
    now: item?.now ? viewValue(item.now, around.language) : null,
    ...marksFor(id, { ...around, item, supplier }),
    waived: state?.waived ? { ...state.waived, at: moment(state.waived.at) } : null,
    differsSince: momentOrNull(state?.since),
    lastConfirmedAt: momentOrNull(lastConfirmedAt(item, supplier)),
    near: item === undefined ? viewNear(line, around.near ?? []) : [],
    notice: newestNotice(line.id, around.notices.get(around.order.number) ?? []),
  }
}

/** Supplier and code need no stored item, so they hold before anybody has looked. */
export function itemOf(line: OrderLine, { lines }: StoredOrder): string | null {
  if (line.supplier !== undefined && line.code !== undefined) return itemId(line.supplier, line.code)
  return lines[line.id]?.item ?? null
}

export function supplierOf(item: string): string {
  return item.slice(0, item.indexOf('/'))
}

/** What was noted of another item says nothing of the one that the shop has given the line since. */
function stateFor(item: string | null, state: LineState | undefined): LineState | undefined {
  return state?.item === item ? state : undefined
}

function marksFor(id: string | null, beside: Parameters<typeof marksOf>[0]): Marked {
  return id === null ? { marks: ['unmatched'], markDetails: {} } : marksOf(beside)
}

function viewTold(told: Told, language: MailLanguage): LineView['told'] {
  const { value, source, at, texts = {}, kind, run, notice } = told
  return {
    ...value,
    texts,
    source,
    ...(source === 'assumed' && { assumed: true as const }),
    at: moment(at),
    sentence: sentence(value, language),
    ...(kind && { news: kind }),
    ...(run !== undefined && { run }),
    ...(notice !== undefined && { notice }),
  }
}

function newestNotice(line: string, notices: Notice[]): LineView['notice'] {
  const newest = notices.findLast((notice) => notice.news.some((news) => news.line === line))
  return newest ? { id: newest.id, state: newest.state } : null
}
