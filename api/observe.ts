import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Given } from './given.ts'
import type { Metrics } from './metrics.ts'

/** Counts every request, and says in one line what made one fail. */
export function observeRequests({ log, metrics }: Pick<Given, 'log'> & { metrics: Metrics }): MiddlewareHandler {
  return async (c, next) => {
    const begun = performance.now()
    await next()
    const seconds = (performance.now() - begun) / 1000
    const { status } = c.res
    metrics.observeRequest({ method: c.req.method, route: routeOf(c), status, seconds })
    const line = `${c.req.method} ${shownPath(c)} ${status} in ${Math.round(seconds * 1000)} ms`
    if (status === 503) log.warn({ err: c.error }, line)
    else if (status >= 500) log.error({ err: c.error, hint: 'this is a defect: please report it' }, line)
    else log.debug({}, line)
  }
}

/** A link of a customer's mail is for that customer, and stays out of logs. */
function shownPath(c: Context): string {
  return c.req.path.startsWith('/unsubscribe/') ? routeOf(c) : c.req.path
}

/** Only addresses that the API has, so that nobody fills the numbers with others. */
function routeOf(c: Context): string {
  const route = routePath(c, -1)
  return route.endsWith('*') ? 'unknown' : route
}
