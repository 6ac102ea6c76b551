import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { examine } from '../doctor.ts'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { lookAtMail } from './mail.ts'
import { parkedOf } from './parked.ts'

const lateAfterSeconds = 900

const FindingView = z
  .object({
    what: z.string(),
    ok: z.boolean(),
    words: z.string(),
    todo: z.string().nullable().meta({ description: 'What to do, where it is not well' }),
  })
  .meta({ id: 'Finding', description: 'One thing that was looked at' })

const route = createRoute({
  method: 'get',
  path: '/v1/doctor',
  operationId: 'examine',
  summary: 'Look at every part, and say what is wrong and what to do',
  tags: ['Health'],
  responses: {
    200: {
      description: 'What was found',
      content: {
        'application/json': { schema: z.object({ ok: z.boolean(), findings: z.array(FindingView) }) },
      },
    },
    ...failures('key-missing', 'not-now'),
  },
})

type Parts = Pick<Given, 'store' | 'broker' | 'nameServers'> & { now(): Date }

export function addDoctor(app: App, { store, broker, nameServers, now }: Parts): void {
  app.openapi(route, async (c) => {
    const { notices, orders } = store
    const mode = await store.shopSettings.sendingMode('hold')
    const findings = examine({
      queues: broker.isConnected() ? await parkedOf(broker).states() : null,
      suppliers: await store.suppliers.list(),
      incidents: await store.incidents.openOnes(),
      mode,
      mail: await lookAtMail({ store, nameServers }),
      notices: {
        due: await notices.count('due'),
        held: await notices.count('held'),
        failed: await notices.count('failed'),
        suppressed: await notices.count('suppressed'),
        late: mode === 'live' ? (await notices.lateOnes(lateAfterSeconds)).count : 0,
      },
      orders: { all: await orders.count(), late: await orders.lateToLook(lateAfterSeconds) },
      now: now(),
    })
    return c.json({ ok: findings.every(({ ok }) => ok), findings }, 200)
  })
}
