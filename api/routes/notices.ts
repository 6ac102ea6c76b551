import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { mailLanguageOf } from '#core/domain/language.ts'
import type { Notice, NoticeState } from '#core/domain/notice.ts'
import { isUncertain, noticeStates } from '#core/domain/notice.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { CloseIncident } from '../close-incident.ts'
import type { Hurry } from '../hurry.ts'
import { Cursor, Limit, listOf, pageOf, readCursor } from '../lists.ts'
import { NoticeView, viewNotice } from '../views/notice.ts'

const States = z
  .string()
  .transform((said) => said.split(','))
  .pipe(z.array(z.enum(noticeStates)))
  .optional()
  .meta({
    description: 'Only those in one of these states, with commas between',
    type: 'string',
    example: 'held,failed',
  })

const Listed = NoticeView.extend({ order: z.string() }).meta({ id: 'ListedNotice', description: 'A notice, with its order' }) // prettier-ignore

const route = createRoute({
  method: 'get',
  path: '/v1/notices',
  operationId: 'listNotices',
  summary: 'List notices, the newest first',
  tags: ['Notices'],
  request: { query: z.object({ state: States, cursor: Cursor, limit: Limit }) },
  responses: {
    200: { description: 'A page of notices', content: { 'application/json': { schema: listOf(Listed) } } },
    ...failures('invalid-request', 'key-missing', 'not-now'),
  },
})

const resendRoute = createRoute({
  method: 'post',
  path: '/v1/notices/{id}/resend',
  operationId: 'resendNotice',
  summary: 'Let a failed or suppressed notice go again, or one that never arrived',
  description:
    'A message that may have been accepted goes again as it was, if it is still so; any other says what is so at that moment, with a Message-ID of its own. Nothing is sent where nothing of it is due any more. The address is tried again, by all notices that wait for it. Of one that counts as sent though nobody knows whether the mail server took it, the next notice of its order says it.',
  tags: ['Notices'],
  request: {
    params: z.object({ id: z.string().meta({ description: 'URL-encoded: a slash is %2F', example: '10057/1' }) }),
  },
  responses: {
    200: { description: 'It is due', content: { 'application/json': { schema: Listed } } },
    ...failures('key-missing', 'not-found', 'not-held', 'not-now'),
  },
})

const Place = z.tuple([z.iso.datetime(), z.string()])

type Parts = Pick<Given, 'store' | 'shop'> & { hurry: Hurry; closeIncident: CloseIncident }

export function addNotices(app: App, { store, shop, hurry, closeIncident }: Parts): void {
  app.openapi(resendRoute, async (c) => {
    const notice = await stored(c.req.valid('param').id)
    const isDone = isUncertain(notice) ? await tellAnew(notice) : await goAgain(notice)
    if (!isDone)
      throw new Refused('not-held', `"${notice.id}" is ${notice.state}: only what failed, was suppressed or may never have arrived goes again, and only until its lines are told anew.`) // prettier-ignore
    hurry('wish.made', { body: { v: 1, about: 'order', id: notice.order }, id: `resend/${notice.id}/${notice.rev}` })
    const now = await stored(notice.id)
    return c.json({ ...viewNotice(now, mailLanguageOf(undefined, shop.language)), order: now.order }, 200)
  })

  async function goAgain(notice: Notice): Promise<boolean> {
    if (notice.state !== 'failed' && notice.state !== 'suppressed') return false
    const order = await store.orders.get(notice.order)
    // Before the notice is due: else its sender would meet the old word and suppress it again.
    if (order !== null) await store.people.free(order.shop.customer.email)
    if (!(await store.notices.resend(notice.id))) return false
    await closeIncident('notice-failed', notice.id)
    return true
  }

  /** A person knows that it never arrived: the customer holds what they held before, and the next notice tells them. */
  async function tellAnew(notice: Notice): Promise<boolean> {
    if (!(await store.orders.takeBack(notice))) return false
    await closeIncident('window', notice.id)
    return true
  }

  async function stored(id: string): Promise<Notice> {
    const notice = await store.notices.get(id)
    if (notice === null) throw new Refused('not-found', `There is no notice "${id}".`)
    return notice
  }

  app.openapi(route, async (c) => {
    const { state, cursor, limit } = c.req.valid('query')
    const place = readCursor(Place, cursor)
    const found = await store.notices.page({
      states: state ?? ([...noticeStates] as NoticeState[]),
      ...(place && { before: { since: new Date(place[0]), id: place[1] } }),
      limit: limit + 1,
    })
    const { page, next } = pageOf(found, limit, (last) => [last.since.toISOString(), last.id])
    const language = mailLanguageOf(undefined, shop.language)
    return c.json(
      { items: page.map((notice) => ({ ...viewNotice(notice, language), order: notice.order })), next },
      200,
    )
  })
}
