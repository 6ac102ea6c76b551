import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { sendingModes } from '#core/store/shop-settings.ts'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { isToTester, ToTester } from './mail.ts'

const Mode = z.enum(sendingModes).meta({
  description:
    'live: due notices go out; hold: they are planned and listed, and nothing leaves; off: the same, at once',
})
const SendingView = z
  .object({
    mode: Mode,
    toTester: ToTester,
    due: z.number().int().meta({ description: 'Notices that wait to be sent, or are on their way' }),
  })
  .meta({ id: 'Sending', description: 'Whether mails go out' })
const answer = { description: 'Whether mails go out', content: { 'application/json': { schema: SendingView } } }

const getSending = createRoute({
  method: 'get',
  path: '/v1/sending',
  operationId: 'getSending',
  summary: 'Tell whether mails go out, and how many wait',
  tags: ['Sending'],
  responses: { 200: answer, ...failures('key-missing', 'not-now') },
})

const putSending = createRoute({
  method: 'put',
  path: '/v1/sending',
  operationId: 'putSending',
  summary: 'Let mails go out, or stop them within a second',
  tags: ['Sending'],
  request: { body: { required: true, content: { 'application/json': { schema: z.object({ mode: Mode }) } } } },
  responses: { 200: answer, ...failures('invalid-request', 'key-missing', 'too-large', 'not-json', 'not-now') },
})

/** A new installation outside the demo stands on hold until somebody puts `live` here (RULES section 7). */
export function addSending(app: App, { store }: Pick<Given, 'store'>): void {
  const view = async () => ({
    mode: await store.shopSettings.sendingMode('hold'),
    toTester: await isToTester({ store }),
    due: await store.notices.count('due', 'sending'),
  })
  app.openapi(getSending, async (c) => c.json(await view(), 200))
  app.openapi(putSending, async (c) => {
    await store.shopSettings.setSendingMode(c.req.valid('json').mode)
    return c.json(await view(), 200)
  })
}
