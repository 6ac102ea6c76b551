import { setTimeout as wait } from 'node:timers/promises'
import { chunksOf } from '#core/store/mongo.ts'
import type { Store } from '#core/store/store.ts'
import { openStore } from '#core/store/store.ts'
import type { Verdict } from './checker.ts'
import { check } from './checker.ts'
import { readMails } from './mails.ts'
import { leftInQueues } from './left.ts'
import type { ScriptOrder } from './orders.ts'
import type { Kept } from './processes.ts'
import { ordersOf } from './orders.ts'
import { randomOf } from './random.ts'
import type { Plan, ScriptSupplier } from './script.ts'
import { suppliersOf } from './script.ts'
import { comeToRest, lastRuns } from './settle.ts'
import { makeStriker, strike, strikeAtMails } from './strike.ts'
import type { Storm, Tally } from './trouble.ts'
import { spoilMail, sum } from './trouble.ts'
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
  const suppliers = suppliersOf(round)
  const orders = ordersOf(round, suppliers)
  const world = await makeWorld(stack, { ...round, plan: round })
  await wait(queuesStandMs)
  const store = stack.use(await openStore({ url: world.mongodbUrl, name: 'chaos', leaseSeconds: 60 }))
  const parts: Parts = { round, world, store, suppliers, orders, moved: new Map() }
  const baselineUpTo = await begin(parts)
  const tally: Tally = { kills: {}, freezes: {}, mailFaults: {}, atMails: 0, frozen: [] }
  await storm(parts, tally)
  const struckUntil = Date.now()
  const calmAfter = await calm(parts)
  const left = await comeToRest({ ...parts, shop: world.shop, signal: round.signal })
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
  return { ...verdict, tally, struck, mails: mails.length, runs: runs.length, accepted, logs: world.logs }
}

type Parts = {
  round: Round
  world: World
  store: Store
  suppliers: ScriptSupplier[]
  orders: ScriptOrder[]
  moved: Map<string, string>
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
  await world.shop.put(orders.slice(0, Math.ceil(orders.length * (1 - lateOrders))))
  await world.scraper.restart({ CHAOS_CALM_AFTER: '' })
  round.say(`${suppliers.length} suppliers read, ${orders.length} orders; now everything may happen`)
  return baselineUpTo
}

async function storm({ round, world, suppliers, orders }: Parts, tally: Tally): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([round.signal, over.signal])
  const striking = { ...round, milliseconds: round.seconds * 1000 }
  const striker = makeStriker(tally)
  const told = setInterval(() => round.say(`${sum(tally.kills)} kills, ${sum(tally.freezes)} freezes so far`), 10_000)
  const background = [
    keepAsking(world, { seed: round.seed, suppliers, signal }),
    spoilMail(world.mailbox, { ...striking, milliseconds: striking.milliseconds * 0.7 }, tally),
    strikeAtMails(notifiersOf(world), { ...striking, mails: world.mails, signal }, striker),
    putSlowly(world, orders.slice(Math.ceil(orders.length * (1 - lateOrders))), { ...striking, signal }),
  ]
  try {
    const victims = [...world.children, ...Object.values(world.servers)]
    await Promise.all([strike(victims, striking, striker).finally(() => over.abort()), ...background])
  } finally {
    over.abort()
    clearInterval(told)
    await Promise.allSettled(background)
    await striker.thawed()
  }
  await Promise.all(Object.values(world.servers).map((server) => server.back()))
}

function notifiersOf({ children }: World): Kept[] {
  return children.filter(({ name }) => name.startsWith('notifier'))
}

/** Orders come in as long as everything is struck; the rest of them at its end. */
async function putSlowly({ shop }: World, orders: ScriptOrder[], { milliseconds, signal }: Storm): Promise<void> {
  const slices = 20
  for (const slice of chunksOf(orders, Math.ceil(orders.length / slices))) {
    await shop.put(slice)
    await wait(milliseconds / slices / 2, undefined, { signal }).catch(() => {})
  }
}

type Asking = { seed: number; suppliers: ScriptSupplier[]; signal: AbortSignal }

/** Asks for runs of one supplier after another, and lets those go on that were paused. */
async function keepAsking({ shop }: World, { seed, suppliers, signal }: Asking): Promise<void> {
  const random = randomOf(seed, 'asking')
  while (!signal.aborted) {
    await shop.askForRun(random.pick(suppliers).id).catch(() => {})
    if (random.chance(0.1)) await shop.resumePaused().catch(() => {})
    await wait(100 + random.below(400))
  }
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
