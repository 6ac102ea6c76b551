import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { ParkedMessages } from '#core/broker/parked.ts'
import type { QueueName } from '#core/broker/topology.ts'
import { queues } from '#core/broker/topology.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { listOf } from '../lists.ts'

const tags = ['Parked']
const Queue = z.enum(Object.keys(queues) as [QueueName, ...QueueName[]])

const ParkedView = z
  .object({
    queue: Queue,
    id: z.string(),
    type: z.string(),
    because: z.string().meta({ description: 'Why it could not be processed' }),
    bytes: z.number().int(),
  })
  .meta({ id: 'Parked', description: 'A message that could not be processed, and waits for a person' })

const params = z.object({
  queue: Queue,
  id: z.string().meta({ description: 'As listed, URL-encoded', example: 'demo-20261122T0815Z/3' }),
})
const Acted = z.object({ messages: z.number().int().meta({ description: 'How many had this id' }) })
const acted = { description: 'It is done', content: { 'application/json': { schema: Acted } } }

const listRoute = createRoute({
  method: 'get',
  path: '/v1/parked',
  operationId: 'listParked',
  summary: 'List messages that could not be processed',
  tags,
  responses: {
    200: { description: 'All of them', content: { 'application/json': { schema: listOf(ParkedView) } } },
    ...failures('key-missing', 'not-now'),
  },
})

const retryRoute = createRoute({
  method: 'post',
  path: '/v1/parked/{queue}/{id}/retry',
  operationId: 'retryParked',
  summary: 'Let a message be processed again, after its cause was mended',
  tags,
  request: { params },
  responses: { 200: acted, ...failures('invalid-request', 'key-missing', 'not-found', 'not-now') },
})

const dropRoute = createRoute({
  method: 'delete',
  path: '/v1/parked/{queue}/{id}',
  operationId: 'dropParked',
  summary: 'Throw a message away',
  tags,
  request: { params },
  responses: { 200: acted, ...failures('invalid-request', 'key-missing', 'not-found', 'not-now') },
})

export function addParked(app: App, { broker, store }: Pick<Given, 'broker' | 'store'>): void {
  app.openapi(listRoute, async (c) => c.json({ items: await parkedOf(broker).list(), next: null }, 200))

  app.openapi(retryRoute, async (c) => {
    const { queue, id } = c.req.valid('param')
    return c.json({ messages: await act(queue, id, 'retry') }, 200)
  })

  app.openapi(dropRoute, async (c) => {
    const { queue, id } = c.req.valid('param')
    return c.json({ messages: await act(queue, id, 'drop') }, 200)
  })

  async function act(queue: QueueName, id: string, what: 'retry' | 'drop'): Promise<number> {
    const parked = parkedOf(broker)
    const messages = await parked[what](queue, id)
    if (messages === 0) throw new Refused('not-found', `Nothing with the id "${id}" is parked in ${queue}.`)
    const left = (await parked.states()).find((state) => state.queue === queue)
    // One that fails again opens it anew.
    if (left?.parked === 0) await store.incidents.close('parked', queue)
    return messages
  }
}

export function parkedOf({ parked, isConnected }: Given['broker']): ParkedMessages {
  if (parked === undefined || !isConnected()) throw new Refused('not-now', 'The message broker is away.')
  return parked
}
