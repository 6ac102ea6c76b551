import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Code, itemId } from '#core/domain/ids.ts'
import type { Item } from '#core/domain/item.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import { Cursor, Limit, listOf, pageOf, readCursor } from '../lists.ts'
import { ChangeView, ItemView, viewChange, viewItem } from '../views/item.ts'

const params = z.object({
  supplier: z.string().meta({ example: 'demo' }),
  code: Code.meta({ description: "The supplier's code, URL-encoded: a slash is %2F", example: 'FIG-001' }),
})
const tags = ['Items']

const getRoute = createRoute({
  method: 'get',
  path: '/v1/items/{supplier}/{code}',
  operationId: 'getItem',
  summary: 'Get an item: what its supplier says of it',
  tags,
  request: { params },
  responses: {
    200: { description: 'The item', content: { 'application/json': { schema: ItemView } } },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

const historyRoute = createRoute({
  method: 'get',
  path: '/v1/items/{supplier}/{code}/history',
  operationId: 'getItemHistory',
  summary: 'List what accepted runs made of an item, newest first',
  tags,
  request: { params, query: z.object({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: { description: 'A page of changes', content: { 'application/json': { schema: listOf(ChangeView) } } },
    ...failures('invalid-request', 'key-missing', 'not-found', 'not-now'),
  },
})

const Place = z.tuple([z.number().int(), z.iso.datetime(), z.string()])
type Parts = Pick<Given, 'store' | 'shop'> & { now(): Date }

export function addItems(app: App, { store, shop, now }: Parts): void {
  app.openapi(getRoute, async (c) => {
    const item = await storedItem(store, c.req.valid('param'))
    const supplier = (await store.suppliers.get(item.supplier)) ?? undefined
    return c.json(viewItem(item, { supplier, shop, now: now() }), 200)
  })

  app.openapi(historyRoute, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const place = readCursor(Place, cursor)
    const { supplier, code } = await storedItem(store, c.req.valid('param'))
    const before = place && { number: place[0], at: new Date(place[1]), run: place[2] }
    const found = await store.changes.history({ supplier, code, ...(before && { before }), limit: limit + 1 })
    const { page, next } = pageOf(found, limit, ({ number, at, run }) => [number, at, run])
    return c.json({ items: page.map((change) => viewChange(change, shop.language)), next }, 200)
  })
}

async function storedItem(
  store: Given['store'],
  { supplier, code }: { supplier: string; code: string },
): Promise<Item> {
  const item = await store.items.get(itemId(supplier, code))
  if (item === null) throw new Refused('not-found', `No accepted run of "${supplier}" has had an item "${code}".`)
  return item
}
