import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { HoldDecisions } from '../hold-decisions.ts'
import { RunView, viewRun } from '../views/run.ts'
import { Approval } from './holds.ts'
import { storedRun } from './runs.ts'

const params = z.object({ id: z.string().meta({ example: 'demo-20261122T081500Z-k3f9' }) })
const ofRun = {
  200: { description: 'The run as it is now', content: { 'application/json': { schema: RunView } } },
  ...failures('key-missing', 'not-found', 'not-held', 'not-now'),
}

const approveRoute = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/approve',
  operationId: 'approveRun',
  summary: 'Say that a held run is right: it is applied',
  description:
    'The same as approving its hold. Where it would mail anybody, the body names the number of customers that was shown.',
  tags: ['Runs', 'Holds'],
  request: { params, body: { required: false, content: { 'application/json': { schema: Approval.partial() } } } },
  responses: { ...ofRun, ...failures('invalid-request', 'not-as-shown', 'not-json') },
})

const discardRoute = createRoute({
  method: 'post',
  path: '/v1/runs/{id}/discard',
  operationId: 'discardRun',
  summary: 'Say that a held run is wrong: it is rejected and moves nothing',
  tags: ['Runs', 'Holds'],
  request: { params },
  responses: ofRun,
})

export function addHeldRuns(app: App, { store, decisions }: Pick<Given, 'store'> & { decisions: HoldDecisions }): void {
  app.openapi(approveRoute, async (c) => {
    const { id } = await storedRun(store, c.req.valid('param').id)
    await decisions.approve(`run/${id}`, c.req.valid('json'))
    return c.json(viewRun(await storedRun(store, id)), 200)
  })

  app.openapi(discardRoute, async (c) => {
    const { id } = await storedRun(store, c.req.valid('param').id)
    await decisions.discard(`run/${id}`)
    return c.json(viewRun(await storedRun(store, id)), 200)
  })
}
