import { sameAvailability } from '#core/domain/availability.ts'
import type { Value } from '#core/domain/item.ts'
import type { LineState, StoredOrder, Told } from '#core/domain/line-state.ts'
import type { Notice, PlannedNews } from '#core/domain/notice.ts'
import type { LineOutcome } from '#core/domain/plan-line.ts'
import { isPendingOutcome } from '#core/domain/plan-line.ts'
import { chunksOf } from '#core/store/mongo.ts'
import { isErased } from '#core/store/people.ts'
import type { LineChange } from '#core/store/order-lines.ts'
import { announced } from './announced.ts'
import { closeEnded } from './close-notice.ts'
import type { Context } from './context.ts'
import { customerKey } from './count-customers.ts'
import { dueAtFirst, dueEarlier } from './due-at.ts'
import { endUnsent } from './end-notice.ts'
import type { Facts } from './gather.ts'
import { confirmUnread } from './confirm-unread.ts'
import { gatherFacts, itemOfLine, outcomesOf } from './gather.ts'
import { saveHolds } from './save-holds.ts'

type Planned = {
  order: StoredOrder
  outcomes: Map<string, LineOutcome>
  lines: Record<string, LineChange>
  news: PlannedNews[]
  since: Date
}

const ordersAtOnce = 500

/**
 * Compares told with now for every line of these orders, and makes their notices say what is due: level-triggered, so a
 * lost message, a crash or a late order heals at the next look. Repeating it changes nothing.
 */
export async function planOrders(context: Context, numbers: string[]): Promise<void> {
  await announced(context, numbers.length, async () => {
    for (const chunk of chunksOf(numbers, ordersAtOnce)) await planChunk(context, chunk)
  })
  if (numbers.length > 0) context.wakeSender()
}

async function planChunk(context: Context, numbers: string[]): Promise<void> {
  const { store, at } = context
  const closing = await closeEnded(context, numbers)
  // Notices first: what they say is guarded by their rev, so an older view of the orders cannot end a newer notice.
  const open = await store.notices.openOf(numbers)
  const orders = await store.orders.getMany(numbers)
  const facts = await gatherFacts(context, orders)
  const planned = orders.map((order) => planOrder(context, order, facts))
  await store.orders.saveLines(planned.map(({ order, lines }) => ({ guard: order, lines })))
  await at?.('lines-saved')
  const decided = await saveHolds(context, planned, facts)
  await at?.('holds-saved')
  await confirmUnread(context, planned, facts)
  const ended = await writeNotices(context, planned, open)
  await at?.('notices-written')
  await eraseEnded(context, orders, closing)
  if (closing.length > 0) {
    await store.notices.closed(closing.map(({ id }) => id))
    await at?.('closed')
  }
  // Whoever ends a notice plans its order again: something may have moved since it was looked at.
  const again = [...new Set([...ended, ...decided])]
  if (again.length > 0) await planChunk(context, again)
}

/** Who sent it may have looked at the order before its customer was erased. */
async function eraseEnded({ store }: Context, orders: StoredOrder[], closing: Notice[]): Promise<void> {
  const ended = new Set(closing.map(({ order }) => order))
  for (const { number, shop } of orders)
    if (ended.has(number) && isErased(shop.customer.email)) await store.notices.anonymise(number)
}

function planOrder(context: Context, order: StoredOrder, facts: Facts): Planned {
  const lines: Record<string, LineChange> = {}
  const news: PlannedNews[] = []
  const moment = context.now()
  let since = moment
  const outcomes = outcomesOf(context, order, facts)
  for (const [id, outcome] of outcomes) {
    const state = order.lines[id]
    if (state === undefined) continue
    const change = changeOfLine(state, outcome, { context, moment, order, facts })
    if (Object.keys(change).length > 0) lines[id] = change
    if (outcome.kind !== 'due') continue
    news.push({ line: id, ...outcome.news, run: outcome.run, texts: outcome.texts })
    if (state.since !== null && state.since < since) since = state.since
  }
  return { order, outcomes, lines, news, since }
}

type Wider = { context: Context; moment: Date; order: StoredOrder; facts: Facts }

/** What planning changes of a line's state: only what really differs, so that a quiet look writes nothing. */
function changeOfLine(state: LineState, outcome: LineOutcome, wider: Wider): LineChange {
  const { moment, order } = wider
  switch (outcome.kind) {
    case 'assume':
      return { told: assumed(outcome.value, order, moment) }
    case 'waived':
      return { ...endSince(state), ...waiveTo(state, { value: outcome.value, reason: outcome.reason, at: moment }) }
    case 'due':
    case 'held':
      return { ...(state.since === null ? { since: moment } : {}), ...endWaived(state) }
    case 'quiet':
      // What waits to be read again, or for its supplier to be resumed, keeps the time of its first difference.
      if (outcome.rule === 'pending' || outcome.rule === 'retired') return {}
      return {
        ...endSince(state),
        ...(hasMovedOn(state, wider) ? endWaived(state) : {}),
        ...(outcome.rule === 'same' ? endWrong(state) : {}),
      }
    default:
      return outcome satisfies never
  }
}

/** What is so was told rightly after all: its next move is no correction. */
function endWrong({ told }: LineState): LineChange {
  if (!told?.wrong) return {}
  const { wrong: _wrong, ...right } = told
  return { told: right }
}

function assumed(value: Value, order: StoredOrder, moment: Date): Told {
  const seenLater = value.since.getTime() > Date.parse(order.shop.placedAt)
  return {
    value: value.availability,
    source: 'assumed',
    at: moment,
    texts: value.texts,
    run: value.run,
    ...(seenLater && { seenLater: true as const }),
  }
}

function waiveTo(state: LineState, waived: NonNullable<LineState['waived']>): LineChange {
  const isSame = state.waived !== null && sameAvailability(state.waived.value, waived.value)
  return isSame ? {} : { waived }
}

function endSince(state: LineState): LineChange {
  return state.since === null ? {} : { since: null }
}

function endWaived(state: LineState): LineChange {
  return state.waived === null ? {} : { waived: null }
}

/** Waived falls when now moves on. */
function hasMovedOn(state: LineState, { context, order, facts }: Wider): boolean {
  const now = itemOfLine(context, { order, state, facts })?.now
  return state.waived !== null && now != null && !sameAvailability(state.waived.value, now.availability)
}

/** Creates, changes or ends the one open notice of each order; returns the orders whose notice ended. */
async function writeNotices(context: Context, planned: Planned[], open: Map<string, Notice>): Promise<string[]> {
  const { store } = context
  const fresh = planned.filter(({ order, news }) => news.length > 0 && !open.has(order.number))
  await store.notices.create(
    fresh.map(({ order, news, since }) => ({
      order: order.number,
      n: order.closed + 1,
      since,
      dueAt: dueAtFirst(context, { order, news, since }),
      news,
      customer: customerKey(order.shop.customer.email),
    })),
  )
  // What waits for a person, or for an address, is what it was when something has only passed by.
  const moved = planned.filter(({ order, outcomes }) => !restsWhilePending(open.get(order.number), outcomes))
  const changed = moved.flatMap(({ order, news }) =>
    changeOfNotice(context, { notice: open.get(order.number), news, order }),
  )
  await store.notices.change(changed)
  const ended: string[] = []
  for (const { order, news } of moved) {
    const notice = open.get(order.number)
    if (notice === undefined || news.length > 0 || notice.state === 'sending') continue
    if (await endUnsent(context, notice)) ended.push(order.number)
  }
  return ended
}

function restsWhilePending(notice: Notice | undefined, outcomes: Planned['outcomes']): boolean {
  if (notice === undefined || !['held', 'suppressed', 'failed'].includes(notice.state)) return false
  return notice.news.some(({ line }) => isPendingOutcome(outcomes.get(line)))
}

type Renewed = { notice: Notice | undefined; news: PlannedNews[]; order: StoredOrder }

function changeOfNotice(context: Context, { notice, news, order }: Renewed) {
  if (notice === undefined || news.length === 0 || notice.state === 'sending') return []
  const isOther = sayNews(notice.news) !== sayNews(news)
  const address = notice.refusedAddress ?? notice.message?.to
  const hasOtherAddress = address !== undefined && address !== order.shop.customer.email
  const isFreed =
    (notice.state === 'failed' && (isOther || hasOtherAddress)) || (notice.state === 'suppressed' && hasOtherAddress)
  if (!isOther && !isFreed) return []
  const dueAt = dueEarlier(context, { order, notice, news })
  return [{ notice, news, ...(dueAt && { dueAt }), freed: isFreed }]
}

function sayNews(news: PlannedNews[]): string {
  return JSON.stringify(news.map(({ line, kind, told, now, corrects }) => [line, kind, told, now, corrects]))
}
