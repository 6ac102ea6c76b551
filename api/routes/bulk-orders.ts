import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { Order } from '#core/domain/order.ts'
import { failures } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { olderWarning, unreadableTold, Warning } from '../put-warnings.ts'
import { pointedTo } from '../views/order.ts'

const mostAtOnce = 500

const Bulk = z
  .object({ orders: z.array(z.unknown()).min(1).max(mostAtOnce) })
  .meta({ id: 'BulkOrders', description: `Up to ${mostAtOnce} orders, each as PUT /v1/orders/{number} takes it` })

type Result = z.infer<typeof Result>
const Result = z.object({
  number: z.string().nullable().meta({ description: 'As given; null where it could not be read' }),
  outcome: z.enum(['created', 'replaced', 'older', 'invalid']),
  problems: z.array(z.object({ path: z.string(), expected: z.string() })),
  warnings: z.array(Warning).meta({ description: 'What was taken, but not as the shop may think' }),
})

const route = createRoute({
  method: 'post',
  path: '/v1/orders/bulk',
  operationId: 'putOrders',
  summary: 'Put many orders at once, such as all that the shop has already',
  description:
    'Each by itself: what is wrong with one keeps none of the others out. A difference that such an order brings along is not mailed, unless it says `notifyNow`. Repeating it changes nothing.',
  tags: ['Orders'],
  request: { body: { required: true, content: { 'application/json': { schema: Bulk } } } },
  responses: {
    200: {
      description: 'What became of each, in the order given',
      content: { 'application/json': { schema: z.object({ results: z.array(Result) }) } },
    },
    ...failures('invalid-request', 'key-missing', 'too-large', 'not-json', 'not-now'),
  },
})

type Parts = Pick<Given, 'store' | 'shop'> & { hurry: Hurry }

export function addBulkOrders(app: App, { store, shop, hurry }: Parts): void {
  app.openapi(route, async (c) => {
    const results: Result[] = []
    for (const given of c.req.valid('json').orders) {
      const parsed = Order.safeParse(given)
      if (!parsed.success) {
        const problems = problemsOf(parsed.error)
        results.push({ number: numberOf(given), outcome: 'invalid', problems, warnings: [] })
        continue
      }
      const { number } = parsed.data
      const outcome = await store.orders.put(parsed.data, { single: false })
      if (outcome !== 'older') hurry('wish.made', { body: { v: 1, about: 'order', id: number }, id: `order/${number}` })
      results.push({ number, outcome, problems: [], warnings: olderWarning(outcome, parsed.data) })
    }
    await warnOfTold(results, { store, shop })
    return c.json({ results }, 200)
  })
}

/** Of all orders in two questions to the store. */
async function warnOfTold(results: Result[], { store, shop }: Pick<Given, 'store' | 'shop'>): Promise<void> {
  const taken = results.filter(({ outcome }) => outcome === 'created' || outcome === 'replaced')
  const orders = await store.orders.getMany(taken.flatMap(({ number }) => number ?? []))
  const suppliers = await store.suppliers.getMany(pointedTo(orders).suppliers)
  const around = { suppliers: new Map(suppliers.map((supplier) => [supplier.id, supplier])), shop }
  const warnings = new Map(orders.map((order) => [order.number, unreadableTold(order, around)]))
  for (const result of taken) result.warnings.push(...(warnings.get(result.number ?? '') ?? []))
}

function numberOf(given: unknown): string | null {
  const number = z.object({ number: z.string() }).safeParse(given)
  return number.success ? number.data.number : null
}

function problemsOf({ issues }: z.ZodError): { path: string; expected: string }[] {
  return issues.map(({ path, message }) => ({ path: path.join('.'), expected: message }))
}
