import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { dayOf } from '#core/domain/day.ts'
import { addDays } from '#core/domain/grammar/calendar.ts'
import type { Item, Value } from '#core/domain/item.ts'
import { itemForOrder } from '#core/domain/order-day.ts'
import { isPast } from '#core/domain/overdue.ts'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { Cursor, Limit, listOf, pageOf, readCursor } from '../lists.ts'
import { ValueView, viewValue } from '../views/availability.ts'

const OverdueView = z
  .object({
    supplier: z.string(),
    code: z.string(),
    title: z.string(),
    now: ValueView.meta({ description: 'What the supplier still says' }),
    since: z.iso.date().meta({ description: 'First day after the days that it says' }),
    orders: z.number().int().meta({ description: 'How many orders have an open line on it' }),
  })
  .meta({ id: 'OverdueItem', description: 'An item whose days have passed while its supplier says the same still' })

const listRoute = createRoute({
  method: 'get',
  path: '/v1/overdue',
  operationId: 'listOverdue',
  summary: 'List items with open orders whose date has passed without a word, longest first',
  tags: ['Items'],
  request: { query: z.object({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: { description: 'A page of items', content: { 'application/json': { schema: listOf(OverdueView) } } },
    ...failures('invalid-request', 'key-missing', 'not-now'),
  },
})

const Place = z.tuple([z.iso.date(), z.string()])
const itemsAtOnce = 200
type Overdue = { item: Item; now: Value; to: string; orders: number }

/** Always the admin's matter, whether the shop tells its customers or not (RULES section 2). */
export function addOverdue(app: App, { store, shop, now }: Pick<Given, 'store' | 'shop'> & { now(): Date }): void {
  app.openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const place = readCursor(Place, cursor)
    const today = dayOf(now(), shop.timeZone)
    const found = await overdueOf({ store, shop }, { today, limit: limit + 1, ...(place && { after: afterOf(place) }) })
    const { page, next } = pageOf(found, limit, ({ item, to }) => [to, item.id])
    return c.json({ items: page.map((one) => view(one, shop.language)), next }, 200)
  })
}

type Stored = Pick<Given, 'store' | 'shop'>
type Asked = { today: string; limit: number; after?: { to: string; id: string } }

/** Only items that somebody waits for; a supplier's list may be full of dates of the past. */
async function overdueOf(given: Stored, { today, limit, after }: Asked): Promise<Overdue[]> {
  const found: Overdue[] = []
  let page: Item[] = []
  for await (const item of given.store.items.overdue(today, after)) {
    page.push(item)
    if (page.length < itemsAtOnce) continue
    found.push(...(await waitedFor(given, page, today)))
    page = []
    if (found.length >= limit) return found
  }
  return [...found, ...(await waitedFor(given, page, today))]
}

async function waitedFor(given: Stored, items: Item[], today: string): Promise<Overdue[]> {
  const { store } = given
  const counts = await store.orders.openOn(items.map(({ id }) => id))
  const found: Overdue[] = []
  for (const item of items) {
    const { now } = item
    const count = counts.get(item.id)
    if (count === undefined || now?.availability.kind !== 'expected') continue
    const orders = now.byOrder ? await countPast(given, item, today) : count
    if (orders > 0) found.push({ item, now, to: now.availability.to, orders })
  }
  return found
}

/** A lead time passes for each order on a day of its own. */
async function countPast({ store, shop }: Stored, item: Item, today: string): Promise<number> {
  let count = 0
  for (const { shop: part, lines } of await store.orders.getMany(await store.orders.withItems([item.id]))) {
    const isOpen = part.lines.some(({ id, status }) => status === 'open' && lines[id]?.item === item.id)
    const orderDay = dayOf(new Date(part.placedAt), shop.timeZone)
    const said = itemForOrder(item, orderDay).now?.availability
    if (isOpen && said !== undefined && isPast(said, today)) count += 1
  }
  return count
}

function view({ item, now, to, orders }: Overdue, language: Given['shop']['language']) {
  const { supplier, code, title } = item
  return { supplier, code, title, now: viewValue(now, language), since: addDays(to, 1), orders }
}

function afterOf([to, id]: z.infer<typeof Place>) {
  return { to, id }
}
