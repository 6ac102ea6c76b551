import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { StoredOrder } from '#core/domain/line-state.ts'
import { OrderNumber } from '#core/domain/ids.ts'
import { nearKeys } from '#core/domain/near-match.ts'
import { failures, Refused, refuseWrong } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { Cursor, Limit, listOf, pageOf, readCursor } from '../lists.ts'
import { olderWarning, unreadableTold, Warning } from '../put-warnings.ts'
import { itemOf } from '../views/line.ts'
import type { Known } from '../views/order.ts'
import { OrderAsPut, OrderView, pointedTo, viewOrder } from '../views/order.ts'

const params = z.object({
  number: OrderNumber.meta({ description: "The shop's number of the order", example: '10001' }),
})
const tags = ['Orders']

const OrderAnswer = OrderView.extend({
  warnings: z.array(Warning).meta({ description: 'What was taken, but not as the shop may think' }),
}).meta({ id: 'OrderAnswer', description: 'An order as it stands after a put' })

const putRoute = createRoute({
  method: 'put',
  path: '/v1/orders/{number}',
  operationId: 'putOrder',
  summary: 'Put an order, new or changed',
  description:
    'Takes the whole order in; repeating it changes nothing for the customer. An older `updatedAt` than stored changes nothing and is answered with what is stored. The number in the body must be that of the address.',
  tags,
  request: { params, body: { required: true, content: { 'application/json': { schema: OrderAsPut } } } },
  responses: {
    200: {
      description: 'It replaced the stored one, or is older',
      content: { 'application/json': { schema: OrderAnswer } },
    },
    201: { description: 'It is new', content: { 'application/json': { schema: OrderAnswer } } },
    ...failures('invalid-request', 'key-missing', 'too-large', 'not-json', 'not-now'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/v1/orders/{number}',
  operationId: 'getOrder',
  summary: 'Get an order: what was told, what is so, and why',
  tags,
  request: { params },
  responses: {
    200: { description: 'The order', content: { 'application/json': { schema: OrderView } } },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/v1/orders',
  operationId: 'listOrders',
  summary: 'List orders by their last change, oldest first',
  description:
    'To follow changes, ask with the last `changedAt` that you have seen, less a minute: an order that changes meanwhile moves to a later page and is never left out.',
  tags,
  request: {
    query: z.object({
      updatedSince: z.iso
        .datetime({ offset: true })
        .optional()
        .meta({ description: 'Only orders that shop or notifier changed since', example: '2026-11-22T08:00:00Z' }),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: { description: 'A page of orders', content: { 'application/json': { schema: listOf(OrderView) } } },
    ...failures('invalid-request', 'key-missing', 'not-now'),
  },
})

const Place = z.tuple([z.iso.datetime(), z.string()])
type Parts = Pick<Given, 'store' | 'shop'> & { now(): Date; hurry: Hurry }

export function addOrders(app: App, parts: Parts): void {
  const { store, shop, now, hurry } = parts

  app.openapi(putRoute, async (c) => {
    const order = c.req.valid('json')
    if (order.number !== c.req.valid('param').number) throw refuseWrong(otherNumber)
    const outcome = await store.orders.put(order, { single: true })
    if (outcome !== 'older')
      hurry('wish.made', { body: { v: 1, about: 'order', id: order.number }, id: `order/${order.number}` })
    const stored = await storedOrder(store, order.number)
    const known = await knownOf(store, stored)
    const warnings = [...olderWarning(outcome, order), ...unreadableTold(stored, { suppliers: known.suppliers, shop })]
    return c.json({ ...viewOrder(stored, { known, shop, now: now() }), warnings }, outcome === 'created' ? 201 : 200)
  })

  app.openapi(getRoute, async (c) => {
    const order = await storedOrder(store, c.req.valid('param').number)
    const known = await knownOf(store, order)
    return c.json(viewOrder(order, { known, shop, now: now() }), 200)
  })

  app.openapi(listRoute, async (c) => {
    const { updatedSince, cursor, limit } = c.req.valid('query')
    const place = readCursor(Place, cursor)
    const found = await store.orders.page({
      ...(updatedSince !== undefined && { since: new Date(updatedSince) }),
      ...(place && { after: { changedAt: new Date(place[0]), number: place[1] } }),
      limit: limit + 1,
    })
    const { page, next } = pageOf(found, limit, (last) => [last.changedAt.toISOString(), last.number])
    const known = await knownAround(store, page)
    return c.json({ items: page.map((order) => viewOrder(order, { known, shop, now: now() })), next }, 200)
  })
}

async function storedOrder(store: Given['store'], number: string): Promise<StoredOrder> {
  const order = await store.orders.get(number)
  if (order === null) throw new Refused('not-found', `No order has the number "${number}".`)
  return order
}

/** Items, suppliers and notices of a page of orders, in three questions to the store. */
export async function knownAround(store: Given['store'], orders: StoredOrder[]): Promise<Known> {
  const ids = pointedTo(orders)
  const [items, suppliers, notices] = await Promise.all([
    store.items.getMany(ids.items),
    store.suppliers.getMany(ids.suppliers),
    store.notices.ofOrders(orders.map((order) => order.number)),
  ])
  return { items, suppliers: new Map(suppliers.map((supplier) => [supplier.id, supplier])), notices }
}

/** Of a single order also what its lines without an item may mean. */
async function knownOf(store: Given['store'], order: StoredOrder): Promise<Known> {
  const known = await knownAround(store, [order])
  const { lines } = order.shop
  const without = lines.filter((line) => line.status === 'open' && !known.items.has(itemOf(line, order) ?? ''))
  return { ...known, near: await store.items.near(nearKeys(without)) }
}

const otherNumber = { in: 'body', path: 'number', expected: 'expected the same number as in the address' } as const
