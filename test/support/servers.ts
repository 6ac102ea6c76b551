import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBroker, stopBroker } from '#infra/servers/broker.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { startStore, stopStore } from '#infra/servers/store.ts'

export type Servers = { amqpUrl: string; mongodbUrl: string; brokerPid: number; storePid: number }
export type OwnServers = Servers & {
  restartBroker(): Promise<void>
  restartStore(): Promise<void>
  stop(): Promise<void>
}

/** A real RabbitMQ and a real mongod of a test's own, in a temporary folder, on free ports of loopback. */
export async function startOwnServers(): Promise<OwnServers> {
  const folder = await mkdtemp(join(tmpdir(), 'avizo-test-'))
  const places = { broker: join(folder, 'broker'), store: join(folder, 'store') }
  const [port, distPort, epmdPort, storePort] = [await freePort(), await freePort(), await freePort(), await freePort()]
  const brokerOptions = { folder: places.broker, port, distPort, epmdPort }
  const storeOptions = { folder: places.store, port: storePort, database: 'test' }
  const [broker, store] = await Promise.all([startBroker(brokerOptions), startStore(storeOptions)])
  const servers = { amqpUrl: broker.url, mongodbUrl: store.url, brokerPid: broker.pid, storePid: store.pid }
  return Object.assign(servers, {
    async restartBroker() {
      servers.brokerPid = (await startBroker(brokerOptions)).pid
    },
    async restartStore() {
      servers.storePid = (await startStore(storeOptions)).pid
    },
    async stop() {
      await Promise.all([stopBroker({ folder: places.broker }), stopStore({ folder: places.store })])
      await rm(folder, { recursive: true, force: true })
    },
  })
}

/** A corner of its own on the servers that the whole test run shares; a test file that runs alone brings its own. */
export async function openCorner(): Promise<{
  amqpUrl: string
  namespace: string
  mongodbUrl: string
  stop(): Promise<void>
}> {
  const name = `t${randomBytes(4).toString('hex')}`
  const { TEST_AMQP_URL: amqpUrl, TEST_MONGODB_URL: mongodbUrl } = process.env
  if (amqpUrl && mongodbUrl)
    return { amqpUrl, namespace: `${name}.`, mongodbUrl: withDatabase(mongodbUrl, name), stop: async () => {} }
  const own = await startOwnServers()
  return {
    amqpUrl: own.amqpUrl,
    namespace: `${name}.`,
    mongodbUrl: withDatabase(own.mongodbUrl, name),
    stop: () => own.stop(),
  }
}

function withDatabase(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}
