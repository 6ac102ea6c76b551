import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { dayOf } from '#core/domain/day.ts'
import { OrderNumber } from '#core/domain/ids.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import { outcomesOf } from '#core/domain/outcomes.ts'
import { defaultPolicy } from '#core/domain/policy.ts'
import type { Change } from '#core/store/changes.ts'
import { gatherFacts } from '#core/store/facts.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { supplierOf } from '../views/line.ts'
import { Outlook, viewOutlook } from '../views/outlook.ts'
import { Happening, viewTimeline } from '../views/timeline.ts'

/** More of an item's past than this nobody reads to answer a customer. */
const mostChanges = 50

const TimelineView = z
  .object({
    number: z.string(),
    happened: z.array(Happening).meta({ description: 'Oldest first' }),
    next: z.array(Outlook).meta({ description: 'A line each' }),
  })
  .meta({ id: 'Timeline', description: 'All that happened to an order, and what would happen next' })

const route = createRoute({
  method: 'get',
  path: '/v1/orders/{number}/timeline',
  operationId: 'getTimeline',
  summary: 'Tell all that happened to an order, and what would happen next and why',
  tags: ['Orders'],
  request: { params: z.object({ number: OrderNumber }) },
  responses: {
    200: { description: 'The timeline', content: { 'application/json': { schema: TimelineView } } },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

type Parts = Pick<Given, 'store' | 'shop'> & { now(): Date }

export function addTimeline(app: App, { store, shop, now }: Parts): void {
  app.openapi(route, async (c) => {
    const { number } = c.req.valid('param')
    const order = await store.orders.get(number)
    if (order === null) throw new Refused('not-found', `No order has the number "${number}".`)
    const [facts, notices] = await Promise.all([
      gatherFacts(store, [order], { now: now() }),
      store.notices.ofOrder(number),
    ])
    const changes = await changesOf(store, order)
    const { items, holds } = facts
    const happened = viewTimeline(order, { items, holds, notices, changes })
    const policy = (await store.shopSettings.policy()) ?? defaultPolicy
    const rules = { policy, timeZone: shop.timeZone, today: dayOf(now(), shop.timeZone) }
    const mode = await store.shopSettings.sendingMode('hold')
    const notice = notices.find(({ endedAt }) => endedAt === undefined)
    const next = [...outcomesOf(order, facts, rules)].map(([id, outcome]) => {
      const status = order.shop.lines.find((line) => line.id === id)?.status ?? 'open'
      const line = { id, status, item: order.lines[id]?.item ?? null }
      return viewOutlook(outcome, { line, notice, mode, now: now() })
    })
    return c.json({ number, happened, next }, 200)
  })
}

/** What runs made of the order's items since it was placed, and the one before that. */
async function changesOf({ changes }: Given['store'], order: StoredOrder): Promise<Map<string, Change[]>> {
  const found = new Map<string, Change[]>()
  for (const { item } of Object.values(order.lines)) {
    if (item === null || found.has(item)) continue
    const supplier = supplierOf(item)
    const all = await changes.history({ supplier, code: item.slice(supplier.length + 1), limit: mostChanges })
    const firstBefore = all.findIndex(({ at }) => at <= new Date(order.shop.placedAt))
    found.set(item, all.slice(0, firstBefore === -1 ? all.length : firstBefore + 1).toReversed())
  }
  return found
}
