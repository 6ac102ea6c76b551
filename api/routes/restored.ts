import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Sent } from '#core/domain/sent-line.ts'
import { causeHoldId } from '#core/store/notice-holds.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'

const count = z.number().int()
const cause = 'restored'

const Asked = z
  .object({ sent: z.array(Sent).max(500).meta({ description: 'Oldest first' }) })
  .meta({ id: 'SentSince', description: 'Mails that went after the backup was taken, as the log has them' })

const catchUpRoute = createRoute({
  method: 'post',
  path: '/v1/restored/sent',
  operationId: 'catchUp',
  summary: 'After a backup was restored: tell what was mailed since it was taken',
  description:
    'Counts as told; repeating it changes nothing. `unknownLines`: mails of which a line waits for its first look, or is not in the order; repeat those after the look. Refused while sending is live.',
  tags: ['Sending'],
  request: { body: { required: true, content: { 'application/json': { schema: Asked } } } },
  responses: {
    200: {
      description: 'It counts as told',
      content: {
        'application/json': {
          schema: z.object({ caughtUp: count, known: count, unknownOrders: count, unknownLines: count }),
        },
      },
    },
    ...failures('invalid-request', 'key-missing', 'not-as-shown', 'not-json', 'not-now'),
  },
})

const lookRoute = createRoute({
  method: 'post',
  path: '/v1/restored/look',
  operationId: 'lookAfterRestore',
  summary: 'After that: have all orders looked at anew',
  tags: ['Sending'],
  responses: {
    200: {
      description: 'They wait for a look',
      content: { 'application/json': { schema: z.object({ orders: count }) } },
    },
    ...failures('key-missing', 'not-as-shown', 'not-now'),
  },
})

const holdRoute = createRoute({
  method: 'post',
  path: '/v1/restored/hold',
  operationId: 'holdAfterRestore',
  summary: 'Last: put all that would be mailed now into one hold, for a person',
  description: 'Refused while orders still wait for their look: ask again.',
  tags: ['Sending', 'Holds'],
  responses: {
    200: {
      description: 'It waits for a person',
      content: { 'application/json': { schema: z.object({ hold: z.string(), notices: count, customers: count }) } },
    },
    ...failures('key-missing', 'not-as-shown', 'not-now'),
  },
})

type Parts = Pick<Given, 'store'>

export function addRestored(app: App, { store }: Parts): void {
  async function refuseLive(): Promise<void> {
    if ((await store.shopSettings.sendingMode('hold')) === 'live')
      throw new Refused('not-as-shown', 'Sending is live: after a backup was restored it stands on hold first.')
  }

  app.openapi(catchUpRoute, async (c) => {
    await refuseLive()
    const counts = { 'caught-up': 0, known: 0, 'unknown-order': 0, 'unknown-line': 0 }
    for (const sent of c.req.valid('json').sent) counts[await store.restored.catchUp(sent)] += 1
    const { 'caught-up': caughtUp, known, 'unknown-order': unknownOrders, 'unknown-line': unknownLines } = counts
    return c.json({ caughtUp, known, unknownOrders, unknownLines }, 200)
  })

  app.openapi(lookRoute, async (c) => {
    await refuseLive()
    let orders = 0
    let chunk: string[] = []
    for await (const number of store.orders.allNumbers()) {
      orders += 1
      chunk.push(number)
      if (chunk.length < 1_000) continue
      await store.orders.askLook(chunk)
      chunk = []
    }
    await store.orders.askLook(chunk)
    return c.json({ orders }, 200)
  })

  app.openapi(holdRoute, async (c) => {
    await refuseLive()
    if ((await store.orders.toLook(1)).length > 0)
      throw new Refused('not-now', 'Orders still wait for their look. Ask again in a few seconds.')
    const hold = causeHoldId(cause)
    const reason = 'planned after a backup was restored'
    // The hold first: a notice never waits in one that nobody sees.
    await store.holds.openNotices(cause, reason)
    await store.notices.holdAllUnsent(hold, reason)
    const held = await store.notices.heldUnder(hold)
    if (held.length === 0) await store.holds.endNotices(hold, 'ended')
    return c.json({ hold, notices: held.length, customers: new Set(held.map(({ customer }) => customer)).size }, 200)
  })
}
