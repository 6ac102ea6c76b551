import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { promiseStates, sayPromises } from '../promises.ts'
import { parkedOf } from './parked.ts'

const PromiseView = z
  .object({
    id: z.string().meta({ example: 'P1' }),
    promise: z.string(),
    state: z.enum(promiseStates),
    seen: z.string().meta({ description: 'What can be counted of it now' }),
  })
  .meta({ id: 'Promise', description: 'One of the promises that the program makes' })

const route = createRoute({
  method: 'get',
  path: '/v1/promises',
  operationId: 'listPromises',
  summary: 'List the promises P1 to P10, and what can be seen of how they are kept',
  tags: ['Health'],
  responses: {
    200: {
      description: 'All ten',
      content: { 'application/json': { schema: z.object({ items: z.array(PromiseView) }) } },
    },
    ...failures('key-missing', 'not-now'),
  },
})

export function addPromises(app: App, { store, broker }: Pick<Given, 'store' | 'broker'>): void {
  app.openapi(route, async (c) => {
    const items = sayPromises({
      counts: await store.kept.counts(),
      suppliers: await store.suppliers.list(),
      incidents: await store.incidents.openOnes(),
      queues: broker.isConnected() ? await parkedOf(broker).states() : null,
    })
    return c.json({ items }, 200)
  })
}
