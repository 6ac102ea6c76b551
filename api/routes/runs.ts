import { randomInt } from 'node:crypto'
import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { runIdOfMoment } from '#core/domain/ids.ts'
import type { Run } from '#core/store/runs.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { failures, Refused } from '../errors.ts'
import type { App, Given } from '../given.ts'
import type { Hurry } from '../hurry.ts'
import { Cursor, Limit, listOf, pageOf, readCursor } from '../lists.ts'
import { RunState, RunView, viewRun } from '../views/run.ts'
import { storedSupplier } from './suppliers.ts'

const tags = ['Runs']
const ofRun = z.object({ id: z.string().meta({ example: 'demo-20261122T081500Z-k3f9' }) })

const askRoute = createRoute({
  method: 'post',
  path: '/v1/suppliers/{id}/runs',
  operationId: 'askForRun',
  summary: 'Ask for a run now',
  description:
    'Answers at once with a run whose state can be followed. Where one waits already, that one is the answer; one whose reading has begun is never.',
  tags: ['Suppliers', 'Runs'],
  request: {
    params: z.object({ id: z.string().meta({ example: 'demo' }) }),
    query: z.object({
      dry: z.stringbool().optional().meta({
        description: 'Only try: it is read and judged, and nothing of it counts; see `/v1/runs/{id}/trial`',
      }),
    }),
  },
  responses: {
    202: {
      description: 'The run is stored and will be requested',
      headers: z.object({ location: z.string().meta({ description: 'Where the run can be followed' }) }),
      content: { 'application/json': { schema: z.object({ id: z.string(), state: RunState }) } },
    },
    ...failures('invalid-request', 'key-missing', 'not-found', 'supplier-paused', 'not-now'),
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/v1/runs',
  operationId: 'listRuns',
  summary: 'List runs, newest first',
  tags,
  request: {
    query: z.object({
      supplier: z.string().optional().meta({ description: 'Only runs of this supplier' }),
      cursor: Cursor,
      limit: Limit,
    }),
  },
  responses: {
    200: { description: 'A page of runs', content: { 'application/json': { schema: listOf(RunView) } } },
    ...failures('invalid-request', 'key-missing', 'not-now'),
  },
})

const getRoute = createRoute({
  method: 'get',
  path: '/v1/runs/{id}',
  operationId: 'getRun',
  summary: 'Get a run: how far it is, how it ended, and why',
  tags,
  request: { params: ofRun },
  responses: {
    200: { description: 'The run', content: { 'application/json': { schema: RunView } } },
    ...failures('key-missing', 'not-found', 'not-now'),
  },
})

const Place = z.tuple([z.iso.datetime(), z.string()])
type Parts = Pick<Given, 'store'> & { now(): Date; hurry: Hurry }

export function addRuns(app: App, { store, now, hurry }: Parts): void {
  app.openapi(askRoute, async (c) => {
    const supplier = await storedSupplier(store, c.req.valid('param').id)
    if (supplier.paused) throw new Refused('supplier-paused', pausedWords(supplier.paused))
    const { id, state } = await proposeRun(store, supplier, { moment: now(), dry: c.req.valid('query').dry ?? false })
    const body = { v: 1 as const, supplier: supplier.declaration.supplier, run: id, why: 'person' as const }
    hurry('run.due', { body, id: `${id}/due`, supplier: supplier.id })
    return c.json({ id, state }, 202, { location: `/v1/runs/${id}` })
  })

  app.openapi(listRoute, async (c) => {
    const { supplier, cursor, limit } = c.req.valid('query')
    const place = readCursor(Place, cursor)
    const found = await store.runs.page({
      ...(supplier !== undefined && { supplier }),
      ...(place && { before: { dueAt: new Date(place[0]), id: place[1] } }),
      limit: limit + 1,
    })
    const { page, next } = pageOf(found, limit, (last) => [last.dueAt.toISOString(), last.id])
    return c.json({ items: page.map(viewRun), next }, 200)
  })

  app.openapi(getRoute, async (c) => c.json(viewRun(await storedRun(store, c.req.valid('param').id)), 200))
}

/** The stored run is the wish; the message that follows only hurries it. */
async function proposeRun(
  store: Given['store'],
  supplier: Supplier,
  { moment, dry }: { moment: Date; dry: boolean },
): Promise<Run> {
  const id = runIdOfMoment(supplier.id, moment, fourRandom())
  if (dry) return store.runs.proposeDry({ id, supplier: supplier.id })
  return store.runs.propose({ id, supplier: supplier.id, why: 'person' })
}

function fourRandom(): string {
  return randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0')
}

export async function storedRun(store: Pick<Given['store'], 'runs'>, id: string): Promise<Run> {
  const run = await store.runs.get(id)
  if (run === null) throw new Refused('not-found', `There is no run "${id}".`)
  return run
}

function pausedWords({ since, because }: NonNullable<Supplier['paused']>): string {
  return `Paused since ${since.toISOString()}: ${because}. Resume it first, when the cause is mended.`
}
