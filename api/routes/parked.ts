import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { ParkedMessages } from '#core/broker/parked.ts'
import { mayBeRetried } from '#core/broker/parked.ts'
import type { QueueName } from '#core/broker/topology.ts'
import { queues } from '#core/broker/topology.ts'
import { failures, Refused } from '../errors.ts'
import type { CloseIncident } from '../close-incident.ts'
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
    mayBeRetried: z.boolean().meta({ description: 'False for what is of no use later: it can only be dropped' }),
  })
  .meta({ id: 'Parked', description: 'A message that could not be processed, and waits for a person' })

const params = z.object({
  queue: Queue,
  id: z.string().meta({ description: 'As listed, URL-encoded', example: 'demo-20261122T0815Z/3' }),
})
const count = z.number().int()
const Acted = z.object({ messages: count.meta({ description: 'How many it was done to' }) })
const acted = { description: 'It is done', content: { 'application/json': { schema: Acted } } }

const listRoute = createRoute({
  method: 'get',
  path: '/v1/parked',
  operationId: 'listParked',
  summary: 'List messages that could not be processed',
  description: 'Where there are more than a few hundred in a queue, the first ones: listed again, the next ones come.',
  tags,
  responses: {
    200: {
      description: 'They, and how many there are',
      content: {
        'application/json': {
          schema: listOf(ParkedView).extend({ all: count.meta({ description: 'How many there are, listed or not' }) }),
        },
      },
    },
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
  description: 'Refused for a request for a run: it would be read hours after its run has ended.',
  responses: { 200: acted, ...failures('invalid-request', 'key-missing', 'not-found', 'only-drop', 'not-now') },
})

const retryAllRoute = createRoute({
  method: 'post',
  path: '/v1/parked/{queue}/retry',
  operationId: 'retryAllParked',
  summary: 'Let all parked messages of a queue be processed again',
  description: 'Refused for requests for runs: they would be read hours after their runs have ended.',
  tags,
  request: { params: params.pick({ queue: true }) },
  responses: { 200: acted, ...failures('invalid-request', 'key-missing', 'only-drop', 'not-now') },
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

type Parts = Pick<Given, 'broker'> & { closeIncident: CloseIncident }

export function addParked(app: App, { broker, closeIncident }: Parts): void {
  app.openapi(listRoute, async (c) => {
    const listed = await parkedOf(broker).list()
    const items = listed.map((one) => ({ ...one, mayBeRetried: mayBeRetried(one.queue) }))
    const all = (await parkedOf(broker).states()).reduce((sum, { parked }) => sum + parked, 0)
    // What comes in between the two is in one of them only.
    return c.json({ items, next: null, all: Math.max(all, items.length) }, 200)
  })

  app.openapi(retryRoute, async (c) => {
    const { queue, id } = c.req.valid('param')
    demandRetried(queue)
    return c.json({ messages: await found(await parkedOf(broker).retry(queue, id), { queue, id }) }, 200)
  })

  app.openapi(retryAllRoute, async (c) => {
    const { queue } = c.req.valid('param')
    demandRetried(queue)
    const messages = await parkedOf(broker).retryAll(queue)
    await closeIfEmpty(queue)
    return c.json({ messages }, 200)
  })

  app.openapi(dropRoute, async (c) => {
    const { queue, id } = c.req.valid('param')
    return c.json({ messages: await found(await parkedOf(broker).drop(queue, id), { queue, id }) }, 200)
  })

  async function found(messages: number, { queue, id }: { queue: QueueName; id: string }): Promise<number> {
    if (messages === 0) throw new Refused('not-found', `Nothing with the id "${id}" is parked in ${queue}.`)
    await closeIfEmpty(queue)
    return messages
  }

  async function closeIfEmpty(queue: QueueName): Promise<void> {
    const left = (await parkedOf(broker).states()).find((state) => state.queue === queue)
    // One that fails again opens it anew.
    if (left?.parked === 0) await closeIncident('parked', queue)
  }
}

function demandRetried(queue: QueueName): void {
  if (mayBeRetried(queue)) return
  const because = 'A request for a run is of no use later: its run has failed meanwhile'
  throw new Refused('only-drop', `${because}. Drop it, and ask for a run anew.`)
}

export function parkedOf({ parked, isConnected }: Given['broker']): ParkedMessages {
  if (parked === undefined || !isConnected()) throw new Refused('not-now', 'The message broker is away.')
  return parked
}
