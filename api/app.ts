import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { HTTPException } from 'hono/http-exception'
import { timeout } from 'hono/timeout'
import { answerError, answerNotFound, answerProblem } from './errors.ts'
import type { App, Env, Given } from './given.ts'
import { makeHurry } from './hurry.ts'
import { makeKeyCheck } from './key.ts'
import { makeMetrics } from './metrics.ts'
import { observeRequests } from './observe.ts'
import { addBulkOrders } from './routes/bulk-orders.ts'
import { addCustomers } from './routes/customers.ts'
import { addDocument } from './routes/document.ts'
import { addEvidence } from './routes/evidence.ts'
import { makeCloseIncident } from './close-incident.ts'
import { makeAttend } from './attend.ts'
import { makeHoldDecisions } from './hold-decisions.ts'
import { addGoLive } from './routes/go-live.ts'
import { addHealth } from './routes/health.ts'
import { addIncidents } from './routes/incidents.ts'
import { addItems } from './routes/items.ts'
import { addLinks } from './routes/links.ts'
import { addMail } from './routes/mail.ts'
import { addMetrics } from './routes/metrics.ts'
import { addNotices } from './routes/notices.ts'
import { addOrders } from './routes/orders.ts'
import { addHeldRuns } from './routes/held-runs.ts'
import { addHolds } from './routes/holds.ts'
import { addOverdue } from './routes/overdue.ts'
import { addRereading } from './routes/rereading.ts'
import { addDoctor } from './routes/doctor.ts'
import { addPromises } from './routes/promises.ts'
import { addParked } from './routes/parked.ts'
import { addRestored } from './routes/restored.ts'
import { addRuns } from './routes/runs.ts'
import { addSending } from './routes/sending.ts'
import { addSuppliers } from './routes/suppliers.ts'
import { addTellAgain } from './routes/tell-again.ts'
import { addTimeline } from './routes/timeline.ts'
import { addTrial } from './routes/trial.ts'
import { addUnsubscribe } from './routes/unsubscribe.ts'
import { refuseInvalid } from './validation.ts'

const largestBody = 1024 * 1024
const answerWithinMs = 8_000

/** The API from what it is given; nothing is opened and nothing listens here. */
export function makeApp(given: Given): App {
  const now = given.clock ?? (() => new Date())
  const metrics = makeMetrics({ store: given.store, now })
  const hurry = makeHurry(given)
  const closeIncident = makeCloseIncident(given)
  const attend = makeAttend({ ...given, hurry })
  const parts = {
    ...given,
    now,
    metrics,
    hurry,
    attend,
    closeIncident,
    decisions: makeHoldDecisions({ ...given, attend }),
  }
  const app: App = new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
  app.onError(answerError)
  app.notFound(answerNotFound)
  app.use(observeRequests(parts))
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }))
  app.use('/v1/*', makeKeyCheck(given.key))
  app.use('/v1/*', bodyLimit({ maxSize: largestBody, onError: refuseLargeBody }))
  app.use(timeout(given.answerWithinMs ?? answerWithinMs, tooLate))
  addBulkOrders(app, parts)
  addOrders(app, parts)
  addTimeline(app, parts)
  addTellAgain(app, parts)
  addRestored(app, parts)
  addParked(app, parts)
  addDoctor(app, parts)
  addPromises(app, parts)
  addRereading(app, parts)
  addCustomers(app, parts)
  addTrial(app, parts)
  addNotices(app, parts)
  addItems(app, parts)
  addOverdue(app, parts)
  addLinks(app, parts)
  addSuppliers(app, parts)
  addRuns(app, parts)
  addHeldRuns(app, parts)
  addHolds(app, parts)
  addEvidence(app, parts)
  addIncidents(app, parts)
  addSending(app, parts)
  addGoLive(app, parts)
  addUnsubscribe(app, parts)
  addMail(app, parts)
  addHealth(app, parts)
  addMetrics(app, parts)
  addDocument(app)
  return app
}

function refuseMethod(c: Context<Env>, methods: string[]): Response {
  const allow = methods.join(', ')
  return answerProblem(c, 'method-not-allowed', { detail: `Possible here: ${allow}.`, headers: { allow } })
}

function refuseLargeBody(c: Context): Response {
  return answerProblem(c, 'too-large', { detail: 'At most 1 MB; an order is a few kilobytes.' })
}

/** The store may still do what was asked; all requests may be repeated without harm. */
function tooLate(): HTTPException {
  const message = 'The store did not answer in time. Repeat the request in a few seconds: repeating is harmless.'
  return new HTTPException(503, { message })
}
