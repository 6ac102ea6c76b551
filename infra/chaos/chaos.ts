import { setTimeout as wait } from 'node:timers/promises'
import type { Store } from '#core/store/store.ts'
import { openStore } from '#core/store/store.ts'
import type { Verdict } from './checker.ts'
import { check } from './checker.ts'
import { readMails } from './mails.ts'
import { leftInQueues } from './left.ts'
import type { ScriptOrder } from './orders.ts'
import { ordersOf } from './orders.ts'
import type { Plan, ScriptSupplier } from './script.ts'
import { suppliersOf } from './script.ts'
import { comeToRest, lastRuns } from './settle.ts'
import { storm } from './storm.ts'
import type { Tally } from './trouble.ts'
import { until } from './until.ts'
import type { World } from './world.ts'
import { calmText, makeWorld } from './world.ts'

export type Round = Plan & {
  /** How long kills and freezes go on, at least; they also go on until there were kills enough. */
  seconds: number
  leastKills: number
  /** How many of the suppliers want a second reading of what is new. */
  confirming: number
  keepLogs: boolean
  say(line: string): void
  signal: AbortSignal
}
export type Outcome = Verdict & {
  tally: Tally
  /** Seconds, by what they were needed for. */
  took: Record<string, number>
  mails: number
  /** Mails that came while all was struck. */
  struck: number
  runs: number
  accepted: number
  logs: string
}

/** A quorum queue whose broker is killed within 0.3 s of its declaration is lost for ever; a second later nothing is. */
const queuesStandMs = 2_000
const lateOrders = 0.5

/** One round: a world comes up, is struck by all that may happen, comes to rest, and is looked through. */
export async function chaos(round: Round): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const took = makeClock()
  const suppliers = suppliersOf(round)
  const orders = ordersOf(round, suppliers)
  const world = await makeWorld(stack, { ...round, plan: round })
  await wait(queuesStandMs)
  const store = stack.use(await openStore({ url: world.mongodbUrl, name: 'chaos', leaseSeconds: 60 }))
  const parts: Parts = { round, world, store, suppliers, orders, moved: new Map() }
  const baselineUpTo = await begin(parts)
  const tally: Tally = { kills: {}, freezes: {}, mailFaults: {}, atMails: 0, frozen: [] }
  took.upTo('come up')
  await storm({ ...parts, orders: orders.slice(early(orders)) }, tally)
  const struckUntil = Date.now()
  took.upTo('be struck')
  const calmAfter = await calm(parts)
  took.upTo('be read again')
  const left = await comeToRest({ ...parts, shop: world.shop, say: round.say, signal: round.signal })
  took.upTo('come to rest')
  const [mails, runs, stored] = [await readMails(world.mailbox), await world.shop.runs(), await world.shop.orders()]
  await Promise.all(world.children.map((child) => child.stop()))
  left.push(...(await leftInQueues(world.broker)))
  const { moved } = parts
  const confirming = new Set(suppliers.slice(0, round.confirming).map(({ id }) => id))
  const freezes = tally.frozen.filter(({ name }) => name.startsWith('notifier'))
  const read = { plan: round, suppliers, confirming, runs, baselineUpTo, calmAfter }
  const verdict = check({ ...read, orders, mails, stored, moved, freezes, left })
  const accepted = runs.filter(({ state }) => state === 'accepted').length
  const struck = mails.filter(({ at }) => at < struckUntil).length
  took.upTo('be checked')
  return {
    ...verdict,
    tally,
    took: took.all,
    struck,
    mails: mails.length,
    runs: runs.length,
    accepted,
    logs: world.logs,
  }
}

/** Where the time of a round goes. */
function makeClock() {
  const all: Record<string, number> = {}
  let before = performance.now()
  return {
    all,
    upTo(what: string): void {
      const moment = performance.now()
      all[what] = Math.round((moment - before) / 1000)
      before = moment
    },
  }
}

type Parts = {
  round: Round
  world: World
  store: Store
  suppliers: ScriptSupplier[]
  orders: ScriptOrder[]
  moved: Map<string, string>
}

/** How many orders are put before anything is struck. */
function early(orders: ScriptOrder[]): number {
  return Math.ceil(orders.length * (1 - lateOrders))
}

/** The first runs tell nobody; then half of the orders are put, and whoever was told something else is mailed. */
async function begin(parts: Parts): Promise<Map<string, number>> {
  const { round, world, store, suppliers, orders } = parts
  await until('declared suppliers', async () => (await store.suppliers.list()).length === suppliers.length, {
    signal: round.signal,
  })
  const last = { shop: world.shop, store, suppliers, signal: round.signal }
  await lastRuns(last, new Map(), 1)
  await noRun(store, round.signal)
  const baselineUpTo = await lastNumbers(store, suppliers)
  await world.shop.put(orders.slice(0, early(orders)))
  await world.scraper.restart({ CHAOS_CALM_AFTER: '' })
  round.say(`${suppliers.length} suppliers read, ${orders.length} orders; now everything may happen`)
  return baselineUpTo
}

/** The portals stand still where they are, and are read some last times. */
async function calm({ round, world, store, suppliers }: Parts): Promise<Map<string, number>> {
  round.say('the world settles')
  await world.scraper.stop()
  const calmAfter = await until('the last numbers', async () => lastNumbers(store, suppliers), { signal: round.signal })
  await world.scraper.restart({ CHAOS_CALM_AFTER: calmText(calmAfter) })
  await lastRuns({ shop: world.shop, store, suppliers, signal: round.signal }, calmAfter, 2)
  return calmAfter
}

async function noRun(store: Store, signal: AbortSignal): Promise<void> {
  const isQuiet = async () =>
    (await store.runs.allUnderWay()).length === 0 && (await store.runs.allWaiting()).length === 0
  await until('the end of the first runs', isQuiet, { signal })
}

/** The number of each supplier's last requested run: what comes later has a higher one. */
async function lastNumbers(store: Store, suppliers: ScriptSupplier[]): Promise<Map<string, number>> {
  const numbers = new Map<string, number>()
  for (const { id } of suppliers) {
    const page = await store.runs.page({ supplier: id, limit: 200 })
    numbers.set(id, Math.max(0, ...page.map(({ number }) => number ?? 0)))
  }
  return numbers
}
