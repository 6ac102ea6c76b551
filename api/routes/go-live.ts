import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { sendingModes } from '#core/store/shop-settings.ts'
import { goLiveCause, goLiveHoldId } from '#core/store/notice-holds.ts'
import type { Attend } from '../attend.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { isToTester, ToTester } from './mail.ts'

const mostShown = 50
const count = z.number().int()

const GoLiveView = z
  .object({
    toTester: ToTester,
    mode: z.enum(sendingModes),
    notices: count.meta({ description: 'That would leave if sending simply became live, or may have left already' }),
    customers: count,
    orders: z.array(z.string()).meta({ description: 'Their orders, the first ones' }),
  })
  .meta({ id: 'GoLive', description: 'What has gathered while sending stood still' })

const answer = { description: 'What waits', content: { 'application/json': { schema: GoLiveView } } }

const getRoute = createRoute({
  method: 'get',
  path: '/v1/go-live',
  operationId: 'getGoLive',
  summary: 'Tell how many notices have gathered, for whom',
  tags: ['Sending'],
  responses: { 200: answer, ...failures('key-missing', 'not-now') },
})

const Yes = z
  .object({ notices: count.min(0).meta({ description: 'The number that was shown' }) })
  .meta({ id: 'GoLiveYes', examples: [{ notices: 12 }] })

const postRoute = createRoute({
  method: 'post',
  path: '/v1/go-live',
  operationId: 'goLive',
  summary: 'Mail nobody of what has gathered, and let mails go out from now on',
  description: 'Names the number of notices that was shown, and is refused where it is another one by now.',
  tags: ['Sending'],
  request: { body: { required: true, content: { 'application/json': { schema: Yes } } } },
  responses: { 200: answer, ...failures('invalid-request', 'key-missing', 'not-as-shown', 'not-json', 'not-now') },
})

type Parts = Pick<Given, 'store'> & { attend: Attend }

export function addGoLive(app: App, { store, attend }: Parts): void {
  async function view(): Promise<z.infer<typeof GoLiveView>> {
    const unsent = await store.notices.allUnsent()
    return {
      toTester: await isToTester({ store }),
      mode: await store.shopSettings.sendingMode('hold'),
      notices: unsent.length,
      customers: new Set(unsent.map(({ customer }) => customer)).size,
      orders: unsent.slice(0, mostShown).map(({ order }) => order),
    }
  }

  app.openapi(getRoute, async (c) => c.json(await view(), 200))

  app.openapi(postRoute, async (c) => {
    const shown = c.req.valid('json').notices
    if ((await store.shopSettings.sendingMode('hold')) === 'live')
      throw new Refused('not-as-shown', 'Sending is live already: what waits now is on its way.')
    const unsent = await store.notices.allUnsent()
    if (unsent.length !== shown)
      throw new Refused(
        'not-as-shown',
        `${unsent.length} notices wait by now, not ${shown}: look again, then say yes to that.`,
      )
    await waiveAll(unsent)
    await store.shopSettings.setSendingMode('live')
    return c.json(await view(), 200)
  })

  /** Nothing leaves before the notifier has waived all of it: then sending goes live, with nothing gathered. */
  async function waiveAll(unsent: { id: string; rev: number }[]): Promise<void> {
    const reason = 'gathered before sending went live'
    await store.notices.holdUnsent(unsent, { hold: goLiveHoldId, reason })
    await store.holds.openNotices(goLiveCause, reason)
    await store.holds.waiveNotices(goLiveHoldId)
    if (!(await attend.settle(goLiveHoldId)))
      throw new Refused('not-now', 'No notifier has answered: nothing leaves yet. See that one runs, and ask again.')
    // Before what is left is counted: a mail that is not taken after all is due again.
    if ((await store.notices.count('sending')) > 0)
      throw new Refused('not-now', 'Mails that were begun are being handed over still. Ask again in a minute.')
    const more = await store.notices.allUnsent()
    if (more.length > 0)
      throw new Refused('not-as-shown', `${more.length} more notices came meanwhile: look again, then say yes to that.`)
  }
}
