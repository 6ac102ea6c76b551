import { setTimeout as wait } from 'node:timers/promises'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { failures, Refused } from '../errors.ts'
import type { App, Given, Readiness } from '../given.ts'

const tags = ['Health']
const readyWithinMs = 3_000

const liveRoute = createRoute({
  method: 'get',
  path: '/health/live',
  operationId: 'isLive',
  summary: 'Whether the process lives',
  tags,
  security: [],
  responses: {
    200: {
      description: 'It lives',
      content: { 'application/json': { schema: z.object({ live: z.literal(true) }) } },
    },
  },
})

const readyRoute = createRoute({
  method: 'get',
  path: '/health/ready',
  operationId: 'isReady',
  summary: 'Whether store and broker answer',
  tags,
  security: [],
  responses: {
    200: {
      description: 'Both answer',
      content: {
        'application/json': {
          schema: z.object({ ready: z.literal(true), store: z.literal(true), broker: z.literal(true) }),
        },
      },
    },
    ...failures('not-now'),
  },
})

export function addHealth(app: App, { ready }: Pick<Given, 'ready'>): void {
  app.openapi(liveRoute, (c) => c.json({ live: true as const }, 200))

  app.openapi(readyRoute, async (c) => {
    const late = wait(readyWithinMs, { store: false, broker: false }, { ref: false })
    const { store, broker } = await Promise.race([ready(), late])
    if (!store || !broker) throw new Refused('not-now', awayWords({ store, broker }))
    return c.json({ ready: true as const, store: true as const, broker: true as const }, 200)
  })
}

function awayWords({ store, broker }: Readiness): string {
  const away = [...(store ? [] : ['the store']), ...(broker ? [] : ['the message broker'])]
  return `No answer from ${away.join(' and ')}.`
}
