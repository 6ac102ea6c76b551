import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Supplier } from '#core/store/suppliers.ts'
import { failures, Refused } from '../errors.ts'
import type { CloseIncident } from '../close-incident.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { listOf } from '../lists.ts'
import { SupplierView, viewSupplier } from '../views/supplier.ts'

const params = z.object({ id: z.string().meta({ example: 'demo' }) })
const tags = ['Suppliers']
const one = { description: 'The supplier', content: { 'application/json': { schema: SupplierView } } }

const listRoute = createRoute({
  method: 'get',
  path: '/v1/suppliers',
  operationId: 'listSuppliers',
  summary: 'List all suppliers',
  tags,
  responses: {
    200: { description: 'All suppliers', content: { 'application/json': { schema: listOf(SupplierView) } } },
    ...failures('key-missing', 'not-now'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/v1/suppliers/{id}',
  operationId: 'getSupplier',
  summary: 'Get a supplier',
  tags,
  request: { params },
  responses: { 200: one, ...failures('key-missing', 'not-found', 'not-now') },
})

const Pause = z
  .object({ because: z.string().trim().min(1).max(500) })
  .meta({ id: 'Pause', examples: [{ because: 'the portal is being moved' }] })

const pauseRoute = createRoute({
  method: 'post',
  path: '/v1/suppliers/{id}/pause',
  operationId: 'pauseSupplier',
  summary: 'Read a supplier no more until somebody resumes it',
  description: 'One that is paused already keeps the reason that it has.',
  tags,
  request: { params, body: { required: true, content: { 'application/json': { schema: Pause } } } },
  responses: {
    200: one,
    ...failures('invalid-request', 'key-missing', 'not-found', 'too-large', 'not-json', 'not-now'),
  },
})

const resumeRoute = createRoute({
  method: 'post',
  path: '/v1/suppliers/{id}/resume',
  operationId: 'resumeSupplier',
  summary: 'Read a paused supplier again',
  description:
    'After a refused sign-in: look at account and password first, for a portal may lock what is tried too often. Of one that was retired, what customers do not know yet is due again.',
  tags,
  request: { params },
  responses: { 200: one, ...failures('key-missing', 'not-found', 'not-now') },
})

const retireRoute = createRoute({
  method: 'post',
  path: '/v1/suppliers/{id}/retire',
  operationId: 'retireSupplier',
  summary: 'Read a supplier never again: what it said last stays, and nothing of it is mailed any more',
  description:
    'Its troubles end, a run under way is rejected when it ends, and what was due or held of it is mailed no more. Open orders that wait for its items are counted in the answer: link their products to another supplier, or give them another item. `resume` reads it again, and what customers do not know by then is due again.',
  tags,
  request: { params, body: { required: true, content: { 'application/json': { schema: Pause } } } },
  responses: {
    200: {
      description: 'It is retired',
      content: {
        'application/json': {
          schema: SupplierView.extend({ openOrders: z.number().int() }).meta({ id: 'RetiredSupplier' }),
        },
      },
    },
    ...failures('invalid-request', 'key-missing', 'not-found', 'too-large', 'not-json', 'not-now'),
  },
})

type Parts = Pick<Given, 'store'> & { now(): Date; hurry: Hurry; closeIncident: CloseIncident }

export function addSuppliers(app: App, { store, now, hurry, closeIncident }: Parts): void {
  /** Its orders are planned by that at once. */
  const wake = (id: string, what: 'retire' | 'resume') =>
    hurry('wish.made', { body: { v: 1, about: 'supplier', id }, id: `${what}/${id}/${now().getTime()}` })

  app.openapi(listRoute, async (c) => {
    const suppliers = await store.suppliers.list()
    return c.json({ items: suppliers.map((supplier) => viewSupplier(supplier, now())), next: null }, 200)
  })

  app.openapi(getRoute, async (c) => {
    return c.json(viewSupplier(await storedSupplier(store, c.req.valid('param').id), now()), 200)
  })

  app.openapi(pauseRoute, async (c) => {
    const { id } = c.req.valid('param')
    await store.suppliers.pause(id, c.req.valid('json').because)
    return c.json(viewSupplier(await storedSupplier(store, id), now()), 200)
  })

  app.openapi(retireRoute, async (c) => {
    const { id } = await storedSupplier(store, c.req.valid('param').id)
    const { because } = c.req.valid('json')
    await store.suppliers.retire(id, because)
    await endTroubles({ ...store, closeIncident }, { id, because })
    wake(id, 'retire')
    const openOrders = await store.orders.countOpenOf(id)
    return c.json({ ...viewSupplier(await storedSupplier(store, id), now()), openOrders }, 200)
  })

  app.openapi(resumeRoute, async (c) => {
    const { id } = c.req.valid('param')
    await store.suppliers.resume(id)
    const supplier = await storedSupplier(store, id)
    wake(id, 'resume')
    // Closed here, so that what pauses it again is told again.
    if (supplier.paused === null) await closeIncident('paused', id)
    return c.json(viewSupplier(supplier, now()), 200)
  })
}

/** Nobody is to be reminded of a supplier that is read no more. */
async function endTroubles(
  { runs, incidents, closeIncident }: Pick<Given['store'], 'runs' | 'incidents'> & { closeIncident: CloseIncident },
  { id, because }: { id: string; because: string },
): Promise<void> {
  const reason = `its supplier is retired: ${because}`
  for (const run of await runs.held(id)) await runs.reject(run.id, reason, { state: 'held' })
  const open = await incidents.openOnes()
  const ofSupplier = open.filter(({ subject }) => subject === id || subject.startsWith(`${id}/`))
  for (const { kind, subject } of ofSupplier) await closeIncident(kind, subject)
}

export async function storedSupplier(store: Pick<Given['store'], 'suppliers'>, id: string): Promise<Supplier> {
  const supplier = await store.suppliers.get(id)
  if (supplier === null) throw new Refused('not-found', `No supplier "${id}" has been declared.`)
  return supplier
}
