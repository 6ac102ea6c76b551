import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Availability } from '#core/domain/availability.ts'
import { sameAvailability } from '#core/domain/availability.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import { itemForOrder } from '#core/domain/order-day.ts'
import { dayOf } from '#core/domain/day.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { Said, sayValue } from '../views/hold.ts'
import { supplierOf } from '../views/line.ts'

const states = ['wrong', 'right-by-now', 'told-since', 'not-mailed'] as const
const count = z.number().int()

const ToldLine = z
  .object({
    order: z.string(),
    line: z.string(),
    notice: z.string(),
    state: z.enum(states).meta({
      description:
        '`wrong` the customer holds it still, and the item says something else; `right-by-now` the item says the same; `told-since` a later mail told the customer something else; `not-mailed` the line is not open any more, the order is muted, or the supplier is retired',
    }),
    told: z.union([Said, z.null()]),
    now: z.union([Said, z.null()]),
  })
  .meta({ id: 'ToldLine' })

const ToldByRun = z
  .object({
    run: z.string(),
    customers: count.meta({ description: 'How many would be mailed a correction' }),
    lines: z.array(ToldLine),
  })
  .meta({ id: 'ToldByRun', description: 'What customers were told of a run, and what has become of it' })

const params = z.object({ run: z.string().meta({ example: 'demo-20261122T0815Z' }) })
const answer = { description: 'What was told of it', content: { 'application/json': { schema: ToldByRun } } }

const getRoute = createRoute({
  method: 'get',
  path: '/v1/runs/{run}/told',
  operationId: 'getToldByRun',
  summary: 'List what customers were told of a run',
  tags: ['Runs'],
  request: { params },
  responses: { 200: answer, ...failures('invalid-request', 'key-missing', 'not-found', 'not-now') },
})

const Yes = z
  .object({ customers: count.min(0).meta({ description: 'The number that was shown' }) })
  .meta({ id: 'TellAgain', examples: [{ customers: 12 }] })

const postRoute = createRoute({
  method: 'post',
  path: '/v1/runs/{run}/tell-again',
  operationId: 'tellAgain',
  summary: 'Say that a run was wrong: who still holds what it said is mailed a correction',
  description:
    'Names the number of customers that was shown, and is refused where it is another one by now. What is right by now, or was told otherwise since, is not mailed.',
  tags: ['Runs'],
  request: { params, body: { required: true, content: { 'application/json': { schema: Yes } } } },
  responses: {
    200: answer,
    ...failures('invalid-request', 'key-missing', 'not-found', 'not-as-shown', 'not-json', 'not-now'),
  },
})

type Parts = Pick<Given, 'store' | 'shop'> & { hurry: Hurry }

export function addTellAgain(app: App, { hurry, ...parts }: Parts): void {
  const { store } = parts
  const view = makeView(parts)

  app.openapi(getRoute, async (c) => c.json(await view(c.req.valid('param').run), 200))

  app.openapi(postRoute, async (c) => {
    const { run } = c.req.valid('param')
    const shown = c.req.valid('json').customers
    const { customers } = await view(run)
    if (customers !== shown)
      throw new Refused(
        'not-as-shown',
        `${customers} customers would be mailed by now, not ${shown}: look at it again.`,
      )
    await store.tellAgains.wish(run, customers)
    hurry('wish.made', { body: { v: 1, about: 'tell-again', id: run }, id: `tell-again/${run}/${customers}` })
    return c.json(await view(run), 200)
  })
}

function makeView({ store, shop }: Omit<Parts, 'hurry'>) {
  return view

  async function view(run: string): Promise<z.infer<typeof ToldByRun>> {
    const toldByRun = await store.notices.toldOf(run)
    if (toldByRun.length === 0 && (await store.runs.get(run)) === null)
      throw new Refused('not-found', `There is no run "${run}".`)
    const orders = new Map((await store.orders.getMany([...new Set(toldByRun.map(({ order }) => order))])).map((one) => [one.number, one])) // prettier-ignore
    const sight = await sightOf(orders)
    const retired = new Set((await store.suppliers.list()).flatMap(({ id, paused }) => (paused?.retired ? [id] : [])))
    const customers = new Set<string>()
    const lines = toldByRun.flatMap(({ order: number, n, line, notice, value }) => {
      const order = orders.get(number)
      const state = order?.lines[line]
      if (order === undefined || state?.told == null) return []
      const now = sight(order, state.item)
      // What was sent a moment ago may not count as told yet: it will.
      const isPending = order.closed < n
      const told = isPending ? value : state.told.value
      const isHeld = isPending || state.told.notice === notice
      const found = isHeld ? stateOf({ told, now, isMailed: isMailed(order, line, retired) }) : 'told-since'
      if (found === 'wrong') customers.add(order.shop.customer.email.trim().toLowerCase())
      const said = { told: sayValue(told, shop.language), now: now ? sayValue(now, shop.language) : null }
      return [{ order: number, line, notice, state: found, ...said }]
    })
    return { run, customers: customers.size, lines }
  }

  /** What an item says to an order by now. */
  async function sightOf(orders: ReadonlyMap<string, StoredOrder>) {
    const ids = [...orders.values()].flatMap(({ lines }) => Object.values(lines).flatMap(({ item }) => item ?? []))
    const items = await store.items.getMany(new Set(ids))
    return (order: StoredOrder, id: string | null) => {
      const item = id === null ? undefined : items.get(id)
      return item && itemForOrder(item, dayOf(new Date(order.shop.placedAt), shop.timeZone)).now?.availability
    }
  }
}

type Held = { told: Availability; now: Availability | undefined; isMailed: boolean }

/** What becomes of a line whose customer holds this still. */
function stateOf({ told, now, isMailed: isMailedAtAll }: Held): (typeof states)[number] {
  if (now !== undefined && sameAvailability(told, now)) return 'right-by-now'
  return isMailedAtAll ? 'wrong' : 'not-mailed'
}

function isMailed({ shop, lines }: StoredOrder, line: string, retired: ReadonlySet<string>): boolean {
  const item = lines[line]?.item
  if (shop.muted || (item != null && retired.has(supplierOf(item)))) return false
  return shop.lines.some(({ id, status }) => id === line && status === 'open')
}
