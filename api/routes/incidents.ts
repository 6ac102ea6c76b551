import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import type { Incident } from '#core/store/incidents.ts'
import { failures, Refused } from '../errors.ts'
import type { CloseIncident } from '../close-incident.ts'
import type { App, Given } from '../given.ts'
import { listOf } from '../lists.ts'
import { Moment, moment } from '../views/moment.ts'

const IncidentView = z
  .object({
    id: z.string(),
    kind: z.string(),
    subject: z.string().meta({ description: 'What it is about, such as a supplier' }),
    words: z.string().meta({ description: 'What is wrong' }),
    hint: z.string().meta({ description: 'What to do' }),
    openedAt: Moment,
    seen: z.number().int().meta({ description: 'How often it was met' }),
  })
  .meta({
    id: 'Incident',
    description: 'A trouble that an admin is told of once when it opens and once when it closes',
  })

const route = createRoute({
  method: 'get',
  path: '/v1/incidents',
  operationId: 'listIncidents',
  summary: 'List open troubles, oldest first',
  tags: ['Incidents'],
  responses: {
    200: { description: 'All open incidents', content: { 'application/json': { schema: listOf(IncidentView) } } },
    ...failures('key-missing', 'not-now'),
  },
})

/** All others end by themselves, once what they tell of does. */
const closable = z.enum(['window'])

const Closed = z
  .object({
    kind: closable.meta({ description: 'Only of what nobody but a person can know the end' }),
    subject: z.string(),
  })
  .meta({ id: 'CloseIncident', examples: [{ kind: 'window', subject: '10057/1' }] })

const closeRoute = createRoute({
  method: 'post',
  path: '/v1/incidents/close',
  operationId: 'closeIncident',
  summary: 'Say that a trouble is over of which only a person can know that',
  tags: ['Incidents'],
  request: { body: { required: true, content: { 'application/json': { schema: Closed } } } },
  responses: {
    200: { description: 'It is over', content: { 'application/json': { schema: IncidentView } } },
    ...failures('invalid-request', 'key-missing', 'not-found', 'not-json', 'not-now'),
  },
})

type Parts = Pick<Given, 'store'> & { closeIncident: CloseIncident }

export function addIncidents(app: App, { store, closeIncident }: Parts): void {
  app.openapi(route, async (c) => {
    const incidents = await store.incidents.openOnes()
    return c.json({ items: incidents.map(viewIncident), next: null }, 200)
  })

  app.openapi(closeRoute, async (c) => {
    const { kind, subject } = c.req.valid('json')
    const closed = await closeIncident(kind, subject)
    if (closed === null) throw new Refused('not-found', `No incident "${kind}" of "${subject}" is open.`)
    return c.json(viewIncident(closed), 200)
  })
}

function viewIncident({ closedAt: _open, told: _told, openedAt, ...rest }: Incident): z.infer<typeof IncidentView> {
  return { ...rest, openedAt: moment(openedAt) }
}
