import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { mailLanguageOf } from '#core/domain/language.ts'
import type { NoticeState } from '#core/domain/notice.ts'
import { noticeStates } from '#core/domain/notice.ts'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
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

const Place = z.tuple([z.iso.datetime(), z.string()])

export function addNotices(app: App, { store, shop }: Pick<Given, 'store' | 'shop'>): void {
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
