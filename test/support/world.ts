import type { Broker } from '#core/broker/broker.ts'
import { openBroker } from '#core/broker/broker.ts'
import type { Incoming, Verdict } from '#core/broker/consume.ts'
import { done } from '#core/broker/consume.ts'
import { runIdOfMoment, SupplierId } from '#core/domain/ids.ts'
import type { FailureKind, Observation } from '#core/domain/messages.ts'
import { Order } from '#core/domain/order.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { makeLogger } from '#core/process/log.ts'
import type { Run } from '#core/store/runs.ts'
import type { Store } from '#core/store/store.ts'
import { openStore } from '#core/store/store.ts'
import { noWaiting } from '#infra/demo/defaults.ts'
import type { ServedMailbox } from '#infra/demo/mailbox/app.ts'
import { serveMailbox } from '#infra/demo/mailbox/app.ts'
import type { Child } from './child.ts'
import { startChild } from './child.ts'
import { openCorner } from './servers.ts'
import { until } from './until.ts'

export const supplier = SupplierId.parse('acme')

/** What the make-believe scraper answers to the next requests. */
export type Shelf = { observations: Observation[]; failure?: FailureKind; partSize: number; silent?: boolean }

export type World = {
  store: Store
  broker: Broker
  mailbox: ServedMailbox
  shelf: Shelf
  env: Record<string, string>
  /** Told `kill at <step>` it ends there with SIGKILL; `pauseAt` lets it wait there once, until it is told `go`. */
  startNotifier(when?: { pauseAt?: string }): Promise<Child>
  declare(change?: Partial<SupplierDeclaration>): Promise<void>
  /** Asks for a run as the API would, and gives its id. */
  askForRun(): Promise<string>
  /** A run asked for and ended. */
  run(): Promise<Run>
  ended(id: string, seconds?: number): Promise<Run>
  putOrder(order: Record<string, unknown>, options?: { single: boolean }): Promise<void>
  looked(number: string): Promise<void>
  set(code: string, delivery: string): void
  /** Whether the notice of this message noted that it may have gone twice. */
  metWindow(messageId: string): Promise<boolean>
  /** Waits until no order wants a look and no notice is under way. */
  settled(seconds?: number): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

type Corner = { amqpUrl: string; namespace: string; mongodbUrl: string; stop(): Promise<void> }

/** Real broker, store, mail server and notifier; only the scraper is played, as a portal would have it. */
export async function makeWorld(given?: Corner): Promise<World> {
  const corner = given ?? (await openCorner())
  const log = makeLogger({ name: 'test', format: 'json', level: 'fatal' })
  const store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 2 })
  const broker = await openBroker({ url: corner.amqpUrl, namespace: corner.namespace, name: 'test', log })
  const mailbox = await serveMailbox({ smtpPort: 0, webPort: 0 })
  const shelf: Shelf = { observations: [], partSize: 3 }
  const children: Child[] = []
  await broker.consume({ queue: 'scraper.runs', prefetch: 1, handle: (message) => answer(message, shelf) })
  const env = {
    MODE: 'demo',
    AMQP_URL: corner.amqpUrl,
    AMQP_NAMESPACE: corner.namespace,
    MONGODB_URL: corner.mongodbUrl,
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'Test shop <shop@example.com>',
    ADMIN_EMAIL: 'admin@example.com',
    // Some tests mail many, within an hour of course.
    HOURLY_CUSTOMERS: '100000',
    HOURLY_SHARE: '1',
    LEASE_SECONDS: '1',
    SWEEP_SECONDS: '1',
    ...noWaiting,
  }

  const world: World = {
    store,
    broker,
    mailbox,
    shelf,
    env,
    async startNotifier({ pauseAt } = {}) {
      const child = await startChild('test/support/notifier-entry.ts', {
        ...env,
        ...(pauseAt && { PAUSE_AT: pauseAt }),
      })
      children.push(child)
      return child
    },
    async declare(change = {}) {
      const body = { v: 1 as const, declaration: declarationOf(change) }
      await broker.publish('supplier.declared', { body, id: 'declared', supplier })
      await until(
        'the declaration',
        async () => (await store.suppliers.get(supplier))?.declaration.hash === body.declaration.hash,
      )
    },
    async askForRun() {
      const random = Math.random().toString(36).slice(2, 6).padEnd(4, '0')
      const run = await store.runs.propose({ id: runIdOfMoment(supplier, new Date(), random), supplier, why: 'person' })
      await broker.publish('run.due', {
        body: { v: 1, supplier, run: run.id, why: 'person' },
        id: `${run.id}/due`,
        supplier,
      })
      return run.id
    },
    run: async () => world.ended(await world.askForRun()),
    ended: (id, seconds = 60) =>
      until(
        `the end of ${id}`,
        async () => {
          const run = await store.runs.get(id)
          return run?.endedAt === undefined ? null : run
        },
        seconds,
      ),
    async putOrder(put, { single } = { single: true }) {
      const parsed = Order.parse(put)
      await store.orders.put(parsed, { single })
      await broker.publish('wish.made', {
        body: { v: 1, about: 'order', id: parsed.number },
        id: `order/${parsed.number}`,
      })
    },
    async looked(number) {
      await until(`a look at ${number}`, async () => {
        const stored = await store.orders.get(number)
        return stored !== null && stored.looked === stored.shop.rev
      })
    },
    set(code, delivery) {
      const observation = shelf.observations.find((one) => one.code === code)
      if (observation === undefined) throw new Error(`no ${code} on the shelf`)
      observation.cells = { delivery }
    },
    async metWindow(messageId) {
      const numbers: string[] = []
      for await (const number of store.orders.allNumbers()) numbers.push(number)
      const notices = [...(await store.notices.ofOrders(numbers)).values()].flat()
      return notices.some(({ message, window }) => message?.messageId === `<${messageId}>` && window === true)
    },
    async settled(seconds = 60) {
      await until(
        'a settled world',
        async () => {
          return (
            (await store.notices.count('due', 'sending')) === 0 &&
            (await store.orders.toLook(1)).length === 0 &&
            (await store.notices.closing({ limit: 1 })).length === 0
          )
        },
        seconds,
      )
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map((child) => child.stop()))
      await broker[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await mailbox.close()
      await corner.stop()
    },
  }
  return world
}

export function declarationOf(change: Partial<SupplierDeclaration> = {}): SupplierDeclaration {
  return SupplierDeclaration.parse({
    supplier,
    name: 'Acme',
    number: 1,
    hash: 'one',
    grammar: grammarNumber,
    language: 'cs',
    timeZone: 'Europe/Prague',
    schedule: { cron: '0 3 * * *', jitterSeconds: 0 },
    columns: [{ name: 'delivery', holds: 'availability' }],
    // All customers of a test wait for a handful of items: what holds for that has tests of its own.
    gates: { customers: { share: 1, floor: 100_000, most: 100_000 } },
    // A second reading is a subject of its own: elsewhere it would only double every run.
    confirm: 'none',
    ...change,
  })
}

/**
 * Dates that tests set at the real clock lie in 2030 and 2031: news of a date that has passed is not sent, and the grammar
 * reads no date that is further away than some years. Before 2030 they all move on.
 */
export function item(code: string, delivery: string): Observation {
  return { code, title: `Figure ${code}`, cells: { delivery } }
}

export function order(number: string, codes: string[], more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    number,
    placedAt: new Date(Date.now() - 5 * 86_400_000).toISOString(),
    customer: { email: `customer-${number}@example.com`, language: 'cs' },
    lines: codes.map((code, index) => ({
      id: String(index + 1),
      supplier,
      code,
      title: `Figure ${code}`,
      quantity: 1,
    })),
    ...more,
  }
}

async function answer(message: Incoming, shelf: Shelf): Promise<Verdict> {
  if (message.type !== 'run.requested' || shelf.silent) return done
  const { run } = message.body
  const of = { v: 1 as const, supplier, run }
  const counted = { definition: { number: 1, hash: 'one' }, seconds: 0.1 }
  await message.publish('run.progress', {
    body: { ...of, step: 'started', pages: 0, rows: 0 },
    id: `${run}/started`,
    supplier,
  })
  if (shelf.failure !== undefined) {
    const body = {
      ...of,
      ...counted,
      outcome: 'failed' as const,
      failure: shelf.failure,
      words: 'as the test wants it',
    }
    await message.publish('run.finished', { body, id: `${run}/finished`, supplier })
    return done
  }
  const parts = Math.ceil(shelf.observations.length / shelf.partSize)
  for (let part = 1; part <= parts; part++) {
    const observations = shelf.observations.slice((part - 1) * shelf.partSize, part * shelf.partSize)
    await message.publish('run.observed', { body: { ...of, part, observations }, id: `${run}/part/${part}`, supplier })
  }
  const body = { ...of, ...counted, outcome: 'whole' as const, rows: shelf.observations.length, parts, proofs: [] }
  await message.publish('run.finished', { body, id: `${run}/finished`, supplier })
  return done
}
