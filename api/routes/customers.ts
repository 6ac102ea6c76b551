import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { StoredOrder } from '#core/domain/line-state.ts'
import { erasedAddress, personKey } from '#core/store/people.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { Moment, moment } from '../views/moment.ts'
import { OrderView, viewOrder } from '../views/order.ts'
import { knownAround } from './orders.ts'

const count = z.number().int()
// The address comes in the body: an address of the API is written into logs.
const Asked = z.object({ email: z.email() }).meta({ id: 'Customer', examples: [{ email: 'jana@example.com' }] })
const EraseAsked = Asked.extend({
  orders: count.min(0).meta({ description: 'How many orders the export showed' }),
}).meta({ id: 'EraseCustomer', examples: [{ email: 'jana@example.com', orders: 2 }] })

const OptAsked = Asked.extend({ optedOut: z.boolean() }).meta({
  id: 'OptCustomer',
  examples: [{ email: 'jana@example.com', optedOut: false }],
})
const OptedOut = z.object({ email: z.string(), optedOutSince: Moment.nullable() }).meta({ id: 'OptedOut' })

const CustomerData = z
  .object({
    email: z.string(),
    suppressed: z.string().nullable().meta({ description: 'Why nothing is mailed to the address' }),
    optedOutSince: Moment.nullable().meta({ description: 'Since when the customer is mailed only what is needed' }),
    orders: z.array(OrderView),
  })
  .meta({ id: 'CustomerData', description: 'All that is stored of a customer' })

const exportRoute = createRoute({
  method: 'post',
  path: '/v1/customers/export',
  operationId: 'exportCustomer',
  summary: 'Give out all that is stored of a customer, on their request',
  tags: ['Customers'],
  request: { body: { required: true, content: { 'application/json': { schema: Asked } } } },
  responses: {
    200: { description: 'All of it', content: { 'application/json': { schema: CustomerData } } },
    ...failures('invalid-request', 'key-missing', 'not-json', 'not-now'),
  },
})

const eraseRoute = createRoute({
  method: 'post',
  path: '/v1/customers/erase',
  operationId: 'eraseCustomer',
  summary: 'Take out of all orders and mails who the customer is, on their request',
  description:
    'Address, name and the words of mails are gone; the orders stay, muted, so that one that the shop puts again is no new one. Erase it in the shop first. Names the number of orders, and is refused where it is another one.',
  tags: ['Customers'],
  request: { body: { required: true, content: { 'application/json': { schema: EraseAsked } } } },
  responses: {
    200: {
      description: 'It is erased',
      content: { 'application/json': { schema: z.object({ orders: z.array(z.string()) }) } },
    },
    ...failures('invalid-request', 'key-missing', 'not-as-shown', 'not-json', 'not-now'),
  },
})

const optRoute = createRoute({
  method: 'put',
  path: '/v1/customers/opted-out',
  operationId: 'optCustomer',
  summary: 'Mail a customer only what is needed, or all news again',
  description:
    'What is not needed: that goods arrived, come earlier, have a more exact date, and that there is no word of an overdue one. Customers opt out by the link at the foot of such mails, or by one click of their mail program; here support does it for them, and back.',
  tags: ['Customers'],
  request: { body: { required: true, content: { 'application/json': { schema: OptAsked } } } },
  responses: {
    200: { description: 'So it is', content: { 'application/json': { schema: OptedOut } } },
    ...failures('invalid-request', 'key-missing', 'not-json', 'not-now'),
  },
})

type Parts = Pick<Given, 'store' | 'shop'> & { now(): Date; hurry: Hurry }

export function addCustomers(app: App, { store, shop, now, hurry }: Parts): void {
  app.openapi(exportRoute, async (c) => {
    const { email } = c.req.valid('json')
    const orders = await store.orders.ofCustomer(email)
    const known = await knownAround(store, orders)
    const suppressed = await store.people.suppressedBecause(email)
    const since = await store.people.optedOutSince(email)
    const optedOutSince = since && moment(since)
    const views = orders.map((order) => viewOrder(order, { known, shop, now: now() }))
    return c.json({ email, suppressed, optedOutSince, orders: views }, 200)
  })

  app.openapi(optRoute, async (c) => {
    const { email, optedOut } = c.req.valid('json')
    await (optedOut ? store.people.optOut(personKey(email)) : store.people.optIn(email))
    // What is due of theirs may be so no longer, and what was not may be due.
    const numbers = (await store.orders.ofCustomer(email)).map(({ number }) => number)
    await store.orders.askLook(numbers)
    for (const id of numbers) hurry('wish.made', { body: { v: 1, about: 'order', id }, id: `opt/${id}` })
    const since = await store.people.optedOutSince(email)
    return c.json({ email, optedOutSince: since && moment(since) }, 200)
  })

  app.openapi(eraseRoute, async (c) => {
    const { email, orders: shown } = c.req.valid('json')
    const orders = await store.orders.ofCustomer(email)
    if (orders.length !== shown)
      throw new Refused('not-as-shown', `${orders.length} orders are of this address, not ${shown}: look again.`)
    for (const order of orders) await erase(order)
    await store.people.forget(email)
    return c.json({ orders: orders.map(({ number }) => number) }, 200)
  })

  /** Repeating it is harmless; what stays in the middle still bears the address, and is found again. */
  async function erase(order: StoredOrder): Promise<void> {
    const { number } = order
    // A mail that is begun at this very moment is anonymised when it ends, as its order says so by then.
    if (!(await store.orders.anonymise(order, erasedAddress(number))))
      throw new Refused('not-now', `The shop has just put order ${number} again. Repeat the request.`)
    await store.notices.anonymise(number)
    await store.incidents.anonymise((await store.notices.ofOrder(number)).map(({ id }) => id))
    hurry('wish.made', { body: { v: 1, about: 'order', id: number }, id: `erase/${number}` })
  }
}
