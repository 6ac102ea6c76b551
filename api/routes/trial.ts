import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { DifferenceView, viewDifferences } from '../views/hold.ts'
import { storedRun } from './runs.ts'

const count = z.number().int()

const TrialView = z
  .object({
    run: z.string(),
    held: z.array(z.string()).meta({ description: 'Why it would have waited for a person; empty where it would not' }),
    customers: count.meta({ description: 'How many customers would have been mailed' }),
    orders: z.array(z.string()).meta({ description: 'Their orders, the first ones' }),
    totals: z.object({ changed: count, unreadable: count, missing: count, new: count }),
    differences: z.array(DifferenceView).meta({ description: 'The first ones of each kind' }),
  })
  .meta({ id: 'Trial', description: 'What a dry run would have come to' })

const route = createRoute({
  method: 'get',
  path: '/v1/runs/{id}/trial',
  operationId: 'getTrial',
  summary: 'Tell what a dry run would have come to: what would change, and who would be mailed',
  tags: ['Runs'],
  request: { params: z.object({ id: z.string().meta({ example: 'demo-20261122T081500Z-k3f9' }) }) },
  responses: {
    200: { description: 'What it would have come to', content: { 'application/json': { schema: TrialView } } },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

export function addTrial(app: App, { store, shop }: Pick<Given, 'store' | 'shop'>): void {
  app.openapi(route, async (c) => {
    const { id, trial, dry, state } = await storedRun(store, c.req.valid('param').id)
    if (trial === undefined)
      throw new Refused('not-found', dry ? `The dry run "${id}" is ${state}.` : `"${id}" was no dry run.`)
    const { held, customers, orders, totals } = trial
    const differences = viewDifferences(trial, shop.language)
    return c.json({ run: id, held, customers, orders, totals, differences }, 200)
  })
}
