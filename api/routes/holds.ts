import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Attend } from '../attend.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hold, HoldDecisions } from '../hold-decisions.ts'
import { listOf } from '../lists.ts'
import { HoldDetails, viewHold } from '../views/hold-details.ts'
import { HoldView, openHolds } from '../views/hold.ts'

const tags = ['Holds']
const params = z.object({
  id: z
    .string()
    .meta({ description: 'As listed, URL-encoded: a slash is %2F', example: 'run/demo-20261122T081500Z-k3f9' }),
})

export const Approval = z
  .object({
    customers: z.number().int().min(0).meta({ description: 'The number of customers that was shown' }),
    silent: z
      .boolean()
      .optional()
      .meta({ description: 'Of a run: it is applied, and what becomes due by it is waived instead of mailed' }),
    since: z.iso
      .datetime()
      .optional()
      .meta({ description: 'Since when it waits, as shown: refused where something else waits there by now' }),
  })
  .meta({ id: 'Approval', examples: [{ customers: 12 }] })

const listRoute = createRoute({
  method: 'get',
  path: '/v1/holds',
  operationId: 'listHolds',
  summary: 'List what waits for a person, oldest first',
  tags,
  responses: {
    200: { description: 'All that waits', content: { 'application/json': { schema: listOf(HoldView) } } },
    ...failures('key-missing', 'not-now'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/v1/holds/{id}',
  operationId: 'getHold',
  summary: 'Get what waits: what would change, whom it concerns, counted anew',
  tags,
  request: { params },
  responses: {
    200: { description: 'What waits', content: { 'application/json': { schema: HoldDetails } } },
    ...failures('key-missing', 'not-found', 'not-held', 'not-now'),
  },
})

const Decided = z.object({ id: z.string(), decided: z.enum(['approved', 'discarded', 'waived']) })
const decided = { description: 'It is decided', content: { 'application/json': { schema: Decided } } }

const approveRoute = createRoute({
  method: 'post',
  path: '/v1/holds/{id}/approve',
  operationId: 'approveHold',
  summary: 'Say that it is right: the customers shown are mailed',
  description:
    'Names the number of customers that was shown, and is refused where it is another one by now. Every mail is looked at once more before it goes.',
  tags,
  request: { params, body: { required: true, content: { 'application/json': { schema: Approval } } } },
  responses: {
    200: decided,
    ...failures('invalid-request', 'key-missing', 'not-found', 'not-held', 'not-as-shown', 'not-json', 'not-now'),
  },
})

const discardRoute = createRoute({
  method: 'post',
  path: '/v1/holds/{id}/discard',
  operationId: 'discardHold',
  summary: 'Say that a held run is wrong: it is rejected, moves nothing and waives nothing',
  tags,
  request: { params },
  responses: { 200: decided, ...failures('key-missing', 'not-found', 'not-held', 'not-now') },
})

const waiveRoute = createRoute({
  method: 'post',
  path: '/v1/holds/{id}/waive',
  operationId: 'waiveHold',
  summary: 'Say that nobody is to be mailed of it: news of an item, or notices',
  description: 'It is so, but on purpose not told; what the supplier says next is news again.',
  tags,
  request: { params },
  responses: { 200: decided, ...failures('key-missing', 'not-found', 'not-held', 'not-now') },
})

type Parts = Pick<Given, 'store' | 'shop'> & { attend: Attend; decisions: HoldDecisions }

export function addHolds(app: App, { store, shop, attend, decisions }: Parts): void {
  app.openapi(listRoute, async (c) => c.json({ items: await openHolds(store), next: null }, 200))

  app.openapi(getRoute, async (c) => {
    const { id } = c.req.valid('param')
    await attend.refresh(id)
    const hold = await decisions.find(id)
    if (!isOpen(hold)) throw new Refused('not-held', `"${id}" waits no longer.`)
    return c.json(await viewHold(hold, { store, language: shop.language }), 200)
  })

  app.openapi(approveRoute, async (c) => {
    const { id } = c.req.valid('param')
    await decisions.approve(id, c.req.valid('json'))
    return c.json({ id, decided: 'approved' as const }, 200)
  })

  app.openapi(discardRoute, async (c) => {
    const { id } = c.req.valid('param')
    await decisions.discard(id)
    return c.json({ id, decided: 'discarded' as const }, 200)
  })

  app.openapi(waiveRoute, async (c) => {
    const { id } = c.req.valid('param')
    await decisions.waive(id)
    return c.json({ id, decided: 'waived' as const }, 200)
  })
}

function isOpen(hold: Hold): boolean {
  return hold.kind === 'run' ? hold.run.state === 'held' : hold.hold.state === 'open'
}
