import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { noticeStates } from '#core/domain/notice.ts'
import { isStale } from '#core/domain/silence.ts'
import type { Given } from './given.ts'
import { holdKinds, openHolds } from './views/hold.ts'
import { ageSeconds } from './views/supplier.ts'

export type Metrics = {
  contentType: string
  collect(): Promise<string>
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void
}
type Parts = Pick<Given, 'store'> & { now(): Date }

/** Numbers of the store are counted when they are asked for, so that they are never older than the question. */
export function makeMetrics({ store, now }: Parts): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauges = makeGauges(registry)
  const requests = new Histogram({
    name: 'avizo_http_request_duration_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  return {
    contentType: registry.contentType,
    async collect() {
      await Promise.all([measureSuppliers(gauges, { store, now }), measureRest(gauges, store)])
      return registry.metrics()
    },
    observeRequest: ({ seconds, method, route, status }) => requests.observe({ method, route, status }, seconds),
  }
}

function makeGauges(registry: Registry) {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `avizo_${name}`, help, labelNames, registers: [registry] })
  return {
    age: gauge('last_accepted_run_age_seconds', 'Seconds since the last accepted run was requested', ['supplier']),
    paused: gauge('supplier_paused', '1 where a person must resume the supplier', ['supplier']),
    stale: gauge('supplier_stale', '1 where no run was accepted for twice the longest gap of the schedule', [
      'supplier',
    ]),
    blocked: gauge('supplier_blocked', '1 while the schedule stays away from a portal that keeps us out', ['supplier']),
    waiting: gauge('runs_waiting', 'Runs that are due and not requested yet'),
    underWay: gauge('runs_under_way', 'Runs between request and verdict'),
    notices: gauge('notices', 'Notices by state', ['state']),
    orders: gauge('orders', 'Orders stored'),
    holds: gauge('holds_open', 'What waits for a person: held runs, news of items, notices', ['kind']),
    incidents: gauge('incidents_open', 'Open incidents'),
  }
}
type Gauges = ReturnType<typeof makeGauges>

async function measureSuppliers({ age, paused, stale, blocked }: Gauges, { store, now }: Parts): Promise<void> {
  const suppliers = await store.suppliers.list()
  for (const gauge of [age, paused, stale, blocked]) gauge.reset()
  // Of one that is read no more nobody is to be reminded.
  for (const supplier of suppliers.filter((one) => !one.paused?.retired)) {
    const seconds = ageSeconds(supplier, now())
    if (seconds !== null) age.set({ supplier: supplier.id }, seconds)
    paused.set({ supplier: supplier.id }, supplier.paused ? 1 : 0)
    stale.set({ supplier: supplier.id }, isStale(supplier, now()) ? 1 : 0)
    blocked.set({ supplier: supplier.id }, supplier.blocked && now() < supplier.blocked.until ? 1 : 0)
  }
}

async function measureRest(gauges: Gauges, store: Given['store']): Promise<void> {
  const [waiting, underWay, orders, incidents, holds, notices] = await Promise.all([
    store.runs.allWaiting(),
    store.runs.allUnderWay(),
    store.orders.count(),
    store.incidents.openOnes(),
    openHolds(store),
    Promise.all(noticeStates.map(async (state) => ({ state, count: await store.notices.count(state) }))),
  ])
  gauges.waiting.set(waiting.length)
  gauges.underWay.set(underWay.length)
  gauges.orders.set(orders)
  gauges.incidents.set(incidents.length)
  for (const kind of holdKinds) gauges.holds.set({ kind }, holds.filter((hold) => hold.kind === kind).length)
  for (const { state, count } of notices) gauges.notices.set({ state }, count)
}
