import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { makeKeyCheckOffLoopback } from '../key.ts'
import type { Metrics } from '../metrics.ts'

const route = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  summary: 'Numbers for Prometheus',
  description: 'Needs no key from the machine itself, unless a proxy hands the request on.',
  tags: ['Health'],
  security: [{}, { key: [] }],
  responses: {
    200: { description: 'Numbers as text', content: { 'text/plain': { schema: z.string() } } },
    ...failures('key-missing', 'not-now'),
  },
})

export function addMetrics(app: App, { key, metrics }: Pick<Given, 'key'> & { metrics: Metrics }): void {
  app.use('/metrics', makeKeyCheckOffLoopback(key))
  app.openapi(route, async (c) => c.text(await metrics.collect(), 200, { 'content-type': metrics.contentType }))
}
