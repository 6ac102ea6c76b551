import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { itemId } from '#core/domain/ids.ts'
import { Link as PlainLink, Product } from '#core/domain/link.ts'
import type { StoredLink } from '#core/store/links.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { Cursor, Limit, listOf, pageOf, readCursor } from '../lists.ts'
import { Moment, moment } from '../views/moment.ts'

const params = z.object({
  product: Product.meta({ description: "The shop's own product, as lines name it", example: 'P-77' }),
})
const tags = ['Links']

const LinkAsPut = PlainLink.pick({ items: true }).meta({
  id: 'Link',
  description: 'The items of suppliers that a product of the shop is, the preferred one first',
  examples: [{ items: [{ supplier: 'demo', code: 'FIG-001' }] }],
})
const LinkView = z
  .object({
    product: z.string(),
    items: z.array(
      z.object({
        supplier: z.string(),
        code: z.string(),
        seen: z.boolean().meta({ description: 'Whether an accepted run has brought it; lines find it only then' }),
      }),
    ),
    changedAt: Moment,
  })
  .meta({ id: 'LinkGivenOut', description: 'Which items a product of the shop is' })
const answer = { description: 'The link', content: { 'application/json': { schema: LinkView } } }

const putRoute = createRoute({
  method: 'put',
  path: '/v1/links/{product}',
  operationId: 'putLink',
  summary: "Say which suppliers' items a product of the shop is",
  description:
    'Open lines that name the product without supplier and code find their item by it; it goes before what their EAN suggests. Lines that found another item by then are given the linked one. A difference that this brings along is news only for an order of the last 24 hours.',
  tags,
  request: { params, body: { required: true, content: { 'application/json': { schema: LinkAsPut } } } },
  responses: {
    200: answer,
    201: answer,
    ...failures('invalid-request', 'key-missing', 'too-large', 'not-json', 'not-now'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/v1/links/{product}',
  operationId: 'getLink',
  summary: 'Get which items a product is',
  tags,
  request: { params },
  responses: { 200: answer, ...failures('key-missing', 'not-found', 'not-now') },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/v1/links/{product}',
  operationId: 'deleteLink',
  summary: 'Forget a link; lines that found their item by it keep it',
  tags,
  request: { params },
  responses: {
    200: { ...answer, description: 'The link as it was' },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/v1/links',
  operationId: 'listLinks',
  summary: 'List links by product',
  tags,
  request: { query: z.object({ cursor: Cursor, limit: Limit }) },
  responses: {
    200: { description: 'A page of links', content: { 'application/json': { schema: listOf(LinkView) } } },
    ...failures('invalid-request', 'key-missing', 'not-now'),
  },
})

const Place = z.tuple([z.string()])
/** The sweep finds the others as well. */
const hurriedAtMost = 100

export function addLinks(app: App, { store, hurry }: Pick<Given, 'store'> & { hurry: Hurry }): void {
  /** Orders that name the product are looked at again. */
  async function wake(product: string): Promise<void> {
    const orders = await store.orders.withProduct(product)
    await store.orders.askLook(orders)
    for (const id of orders.slice(0, hurriedAtMost)) {
      hurry('wish.made', { body: { v: 1, about: 'order', id }, id: `order/${id}` })
    }
  }

  app.openapi(putRoute, async (c) => {
    const { product } = c.req.valid('param')
    const outcome = await store.links.put({ product, ...c.req.valid('json') })
    await wake(product)
    return c.json(await viewed(store, await storedLink(store, product)), outcome === 'created' ? 201 : 200)
  })

  app.openapi(getRoute, async (c) =>
    c.json(await viewed(store, await storedLink(store, c.req.valid('param').product)), 200),
  )

  app.openapi(deleteRoute, async (c) => {
    const link = await storedLink(store, c.req.valid('param').product)
    await store.links.remove(link.product)
    await wake(link.product)
    return c.json(await viewed(store, link), 200)
  })

  app.openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const place = readCursor(Place, cursor)
    const found = await store.links.page({ ...(place && { after: place[0] }), limit: limit + 1 })
    const { page, next } = pageOf(found, limit, (last) => [last.product])
    const seen = await seenOf(store, page)
    return c.json({ items: page.map((link) => view(link, seen)), next }, 200)
  })
}

async function storedLink({ links }: Given['store'], product: string): Promise<StoredLink> {
  const link = await links.get(product)
  if (link === null) throw new Refused('not-found', `No link says which items the product "${product}" is.`)
  return link
}

async function viewed(store: Given['store'], link: StoredLink) {
  return view(link, await seenOf(store, [link]))
}

async function seenOf({ items }: Given['store'], links: StoredLink[]): Promise<Map<string, unknown>> {
  return items.getMany(links.flatMap((link) => link.items.map(({ supplier, code }) => itemId(supplier, code))))
}

function view({ product, items, changedAt }: StoredLink, seen: Map<string, unknown>) {
  const said = items.map(({ supplier, code }) => ({ supplier, code, seen: seen.has(itemId(supplier, code)) }))
  return { product, items: said, changedAt: moment(changedAt) }
}
