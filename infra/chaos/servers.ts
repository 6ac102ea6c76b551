import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startBroker, stopBroker } from '#infra/servers/broker.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { startStore, stopStore } from '#infra/servers/store.ts'
import type { Kept } from './processes.ts'

export type Server = Pick<Kept, 'name' | 'isUp' | 'kill' | 'freeze' | 'stop'> & {
  url: string
  /** Resolves when it answers again after a kill. */
  back(): Promise<void>
}

export async function startServers(folder: string): Promise<{ rabbitmq: Server; mongod: Server }> {
  const broker = {
    folder: join(folder, 'broker'),
    port: await freePort(),
    distPort: await freePort(),
    epmdPort: await freePort(),
  }
  const store = { folder: join(folder, 'store'), port: await freePort(), database: 'chaos' }
  const settled = await Promise.allSettled([
    serve(
      'rabbitmq',
      () => startBroker(broker),
      () => stopBroker(broker),
    ),
    serve(
      'mongod',
      () => startStore(store),
      () => stopStore(store),
    ),
  ])
  const [rabbitmq, mongod] = settled
  if (rabbitmq.status === 'fulfilled' && mongod.status === 'fulfilled')
    return { rabbitmq: rabbitmq.value, mongod: mongod.value }
  await Promise.all([stopBroker(broker), stopStore(store)])
  throw settled.find((one) => one.status === 'rejected')?.reason
}

async function serve(
  name: string,
  start: () => Promise<{ url: string; pid: number }>,
  end: () => Promise<void>,
): Promise<Server> {
  let { url, pid } = await start()
  let coming: Promise<void> | null = null
  async function comeBack(): Promise<void> {
    pid = (await start()).pid
    coming = null
  }
  return {
    name,
    url,
    isUp: () => coming === null,
    kill() {
      process.kill(pid, 'SIGKILL')
      coming = comeBack()
      // Told to whoever waits for it to be back.
      coming.catch(() => {})
    },
    async freeze(milliseconds) {
      process.kill(pid, 'SIGSTOP')
      await wait(milliseconds)
      process.kill(pid, 'SIGCONT')
    },
    back: async () => void (await coming),
    async stop() {
      await coming?.catch(() => {})
      await end()
    },
  }
}
