import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { RunView, viewRun } from '../views/run.ts'
import { storedRun } from './runs.ts'

const request = { params: z.object({ id: z.string().meta({ example: 'demo-20261122T081500Z-k3f9' }) }) }
const responses = {
  200: { description: 'The run as it is now', content: { 'application/json': { schema: RunView } } },
  ...failures('key-missing', 'not-found', 'not-held', 'not-now'),
}

const approveRoute = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/approve',
  operationId: 'approveRun',
  summary: 'Say that a held run is right: it is applied',
  description: 'Look at its reasons and at the portal first: customers whose orders it touches are mailed.',
  tags: ['Runs'],
  request,
  responses,
})

const discardRoute = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/discard',
  operationId: 'discardRun',
  summary: 'Say that a held run is wrong: it is rejected and moves nothing',
  tags: ['Runs'],
  request,
  responses,
})

export function addHeldRuns(app: App, { store }: Pick<Given, 'store'>): void {
  app.openapi(approveRoute, async (c) => {
    const { id } = await storedRun(store, c.req.valid('param').id)
    const outcome = await store.runs.approve(id)
    if (outcome === 'another-under-way')
      throw new Refused('not-held', `Another run of this supplier is under way, and will end the hold of "${id}".`)
    if (outcome === 'parts-gone')
      throw new Refused('not-held', `What the run "${id}" read is kept no more: discard it, and ask for another.`)
    if (outcome === 'not-held') throw new Refused('not-held', `The run "${id}" is not held.`)
    return c.json(viewRun(await storedRun(store, id)), 200)
  })

  app.openapi(discardRoute, async (c) => {
    const { id, state } = await storedRun(store, c.req.valid('param').id)
    const isRejected = state === 'held' && (await store.runs.reject(id, 'a person discarded it', { state: 'held' }))
    if (!isRejected) throw new Refused('not-held', `The run "${id}" is not held.`)
    return c.json(viewRun(await storedRun(store, id)), 200)
  })
}
