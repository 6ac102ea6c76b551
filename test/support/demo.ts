import { randomBytes } from 'node:crypto'
import { freePort } from '#infra/servers/free-port.ts'
import { ensureChromium } from '#infra/setup/chromium.ts'
import { quiet } from '#infra/setup/say.ts'
import { noWaiting } from '#infra/demo/defaults.ts'
import type { ServedMailbox } from '#infra/demo/mailbox/app.ts'
import { serveMailbox } from '#infra/demo/mailbox/app.ts'
import { account } from '#infra/demo/portal/account.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { startChild } from './child.ts'
import { openCorner } from './servers.ts'
import { until } from './until.ts'

// Answers are what any client of the API sees: JSON, not our types.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any

export type Demo = {
  api: string
  key: string
  portal: ServedPortal
  mailbox: ServedMailbox
  get(path: string): Promise<Json>
  post(path: string): Promise<Response>
  /** Asks for a run and waits for its end; one that confirms it may follow. */
  run(seconds?: number): Promise<Json>
  item(code: string): Promise<Json>
  orders(): Promise<Json[]>
  setDelivery(code: string, delivery: string): Promise<void>
  /** `codes` are the items that moods of texts and keys bite. */
  setFault(fault: string | null, codes?: string[]): Promise<void>
  /** Whether picture or page of a run can be got. */
  evidence(run: string): Promise<boolean>
  /** Waits until no run is due or under way, a confirming one either, and no notice. */
  settled(): Promise<void>
  loginAttempts(): Promise<number>
  [Symbol.asyncDispose](): Promise<void>
}

/** The demo as a test's own: portal and mailbox in this process, the three processes as children, on free ports. */
export async function openDemo(): Promise<Demo> {
  const corner = await openCorner()
  const portal = await servePortal({ port: 0 })
  const mailbox = await serveMailbox({ smtpPort: 0, webPort: 0 })
  const key = randomBytes(24).toString('hex')
  const port = await freePort()
  const api = `http://127.0.0.1:${port}`
  const shared = {
    AMQP_URL: corner.amqpUrl,
    AMQP_NAMESPACE: corner.namespace,
    MONGODB_URL: corner.mongodbUrl,
    SMTP_URL: mailbox.smtpUrl,
  }
  const scraper = {
    ...shared,
    CHROMIUM_PATH: await ensureChromium(quiet, undefined),
    SUPPLIERS_DIR: 'test/flow/suppliers',
    SUPPLIER_DEMO_ADDRESS: portal.url,
    SUPPLIER_DEMO_USERNAME: account.username,
    SUPPLIER_DEMO_PASSWORD: account.password,
  }
  const notifier = {
    ...shared,
    MODE: 'demo',
    MAIL_FROM: 'Demo <demo@example.com>',
    ...noWaiting,
    ADMIN_EMAIL: 'admin@example.com',
    SWEEP_SECONDS: '1',
  }
  const children = await Promise.all([
    startChild('notifier/main.ts', notifier),
    startChild('api/main.ts', { ...shared, API_PORT: String(port), API_KEY: key }),
    startChild('scraper/main.ts', scraper),
  ])

  const headers = { authorization: `Bearer ${key}` }
  const get = async (path: string): Promise<Json> => (await fetch(api + path, { headers })).json()
  const post = (path: string) => fetch(api + path, { method: 'POST', headers })
  const send = async (method: string, path: string, body: object) => {
    const response = await fetch(portal.url + path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
  }
  await until('the supplier to be declared', async () => (await get('/v1/suppliers')).items?.length === 1)

  return {
    api,
    key,
    portal,
    mailbox,
    get,
    post,
    async run(seconds = 150) {
      const answer = await post('/v1/suppliers/demo/runs')
      if (answer.status !== 202) throw new Error(`a run was refused with ${answer.status}: ${await answer.text()}`)
      const { id } = (await answer.json()) as { id: string }
      return until(
        `the end of ${id}\n${children.map((child) => child.log()).join('\n')}`,
        async () => {
          const run = await get(`/v1/runs/${id}`)
          return run.endedAt ? run : null
        },
        seconds,
      )
    },
    item: (code) => get(`/v1/items/demo/${code}`),
    orders: async () => (await get('/v1/orders?limit=100')).items,
    setDelivery: (code, delivery) => send('PUT', `/control/items/${code}`, { delivery }),
    setFault: (fault, codes = []) => send('POST', '/control/faults', { fault, codes }),
    async evidence(run) {
      const parts = await Promise.all(
        ['', '/page'].map((part) => fetch(`${api}/v1/runs/${run}/evidence/1${part}`, { headers })),
      )
      return parts.some(({ ok }) => ok)
    },
    async settled() {
      const over = ['accepted', 'held', 'rejected', 'failed']
      await until(
        'all runs to have ended and all notices to be out',
        async () => {
          const { items } = await get('/v1/runs?supplier=demo&limit=20')
          const isRead = items.every(({ state }: { state: string }) => over.includes(state))
          return isRead && (await get('/v1/sending')).due === 0
        },
        150,
      )
    },
    loginAttempts: async () =>
      ((await (await fetch(`${portal.url}/control/logins`)).json()) as { attempts: number }).attempts,
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map((child) => child.stop()))
      await Promise.all([portal.close(), mailbox.close()])
      await corner.stop()
    },
  }
}
