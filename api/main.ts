import { once } from 'node:events'
import type { ServerType } from '@hono/node-server'
import { createAdaptorServer } from '@hono/node-server'
import { openBroker } from '#core/broker/broker.ts'
import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { openStore } from '#core/store/store.ts'
import { makeApp } from './app.ts'
import { openLater } from './open-later.ts'
import { settings as schema } from './settings.ts'

const settings = readSettings(schema)
const log = makeLogger({ name: 'api', format: settings.LOG_FORMAT, level: settings.LOG_LEVEL })

await live(log, async (stack) => {
  const store = stack.use(await openStore({ url: settings.MONGODB_URL, name: 'avizo api', leaseSeconds: 60 }))
  const opening = openBroker({ url: settings.AMQP_URL, namespace: settings.AMQP_NAMESPACE, name: 'avizo api', log })
  const broker = stack.use(openLater(opening))
  const app = makeApp({
    store,
    broker,
    key: settings.API_KEY,
    shop: { language: settings.SHOP_LANGUAGE, timeZone: settings.SHOP_TIME_ZONE },
    log,
    ready: async () => ({ store: await store.answers(), broker: broker.isConnected() }),
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  stack.defer(() => close(server))
  await listen(server)
  log.info(`listening on http://${settings.API_HOST}:${settings.API_PORT}`)
})

async function listen(server: ServerType): Promise<void> {
  server.listen(settings.API_PORT, settings.API_HOST)
  await once(server, 'listening')
}

/** Takes nothing new, lets what is under way end, and cuts off who takes too long. */
async function close(server: ServerType): Promise<void> {
  if (!server.listening) return
  const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 10_000)
  const closed = once(server, 'close')
  server.close()
  if ('closeIdleConnections' in server) server.closeIdleConnections()
  await closed.finally(() => clearTimeout(cut))
}
