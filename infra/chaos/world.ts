import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noWaiting } from '#infra/demo/defaults.ts'
import { serveMailbox } from '#infra/demo/mailbox/app.ts'
import { freePort } from '#infra/servers/free-port.ts'
import type { Kept } from './processes.ts'
import { keep } from './processes.ts'
import type { Plan } from './script.ts'
import type { Arrivals } from './strike.ts'
import type { Server } from './servers.ts'
import { startServers } from './servers.ts'
import type { Shop } from './shop.ts'
import { makeShop } from './shop.ts'

export type World = {
  shop: Shop
  mailbox: string
  mails: Arrivals
  mongodbUrl: string
  servers: { rabbitmq: Server; mongod: Server }
  broker: { url: string; namespace: string }
  scraper: Kept
  children: Kept[]
  logs: string
}

const namespace = 'chaos.'

type Options = { plan: Plan; confirming: number; signal: AbortSignal; keepLogs: boolean }

/** Servers, mailbox, two notifiers, the API and a scraper's double, all of this round's own; the stack ends them. */
export async function makeWorld(stack: AsyncDisposableStack, options: Options): Promise<World> {
  const { plan, confirming, signal } = options
  const folder = await mkdtemp(join(tmpdir(), 'avizo-chaos-'))
  stack.defer(() => (options.keepLogs ? Promise.resolve() : rm(folder, { recursive: true, force: true })))
  const servers = await startServers(folder)
  for (const server of Object.values(servers)) stack.defer(() => server.stop())
  const mailbox = await serveMailbox({ smtpPort: 0, webPort: 0, most: 1_000_000 })
  stack.defer(() => mailbox.close())
  const [port, key] = [await freePort(), randomBytes(20).toString('hex')]
  const shared = { AMQP_URL: servers.rabbitmq.url, AMQP_NAMESPACE: namespace, MONGODB_URL: servers.mongod.url }
  const start = async (name: string, file: string, env: Record<string, string>) => {
    const kept = await keep({ name, file, env: { ...shared, ...env }, logs: folder })
    stack.defer(() => kept.stop())
    return kept
  }
  const notifying = {
    MODE: 'demo',
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'Chaos shop <shop@example.com>',
    ADMIN_EMAIL: 'admin@example.com',
    LEASE_SECONDS: '2',
    SWEEP_SECONDS: '1',
    // A request that was never sent is noticed by this alone; one that was outlives a kill of the broker.
    RUN_BEGIN_SECONDS: '30',
    ...noWaiting,
    // Here everybody waits for news all the time; what holds too many mails back has tests of its own.
    HOURLY_CUSTOMERS: '1000000',
    HOURLY_SHARE: '1',
  }
  const first = await start('notifier-1', 'notifier/main.ts', notifying)
  const second = await start('notifier-2', 'notifier/main.ts', notifying)
  const api = await start('api', 'api/main.ts', { API_PORT: String(port), API_KEY: key })
  const scraper = await start('scraper', 'infra/chaos/scraper-double.ts', {
    CHAOS_SEED: String(plan.seed),
    CHAOS_SUPPLIERS: String(plan.suppliers),
    CHAOS_ITEMS: String(plan.items),
    CHAOS_CONFIRMING: String(confirming),
    CHAOS_CALM_AFTER: calmText(new Map(suppliersFrom(plan).map((id) => [id, 0]))),
  })
  const shop = makeShop({ url: `http://127.0.0.1:${port}`, key, signal })
  const children = [first, second, api, scraper]
  const broker = { url: servers.rabbitmq.url, namespace }
  const mails = { count: mailbox.keep.count, waitFor: (count: number) => mailbox.waitForMessages(count, 1_000) }
  const places = { mailbox: mailbox.url, mongodbUrl: servers.mongod.url, broker, logs: folder }
  return { shop, mails, servers, scraper, children, ...places }
}

export function calmText(after: Map<string, number>): string {
  return [...after].map(([id, number]) => `${id}:${number}`).join(',')
}

function suppliersFrom({ suppliers }: Plan): string[] {
  return Array.from({ length: suppliers }, (_, index) => `supplier-${index + 1}`)
}
