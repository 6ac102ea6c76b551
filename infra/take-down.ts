import { rmSync } from 'node:fs'
import { endOrphans } from './orphans.ts'
import type { Places } from './places.ts'
import { daemonRuns, withPm2, type Pm2 } from './pm2.ts'
import { runningBroker, stopBroker } from './servers/broker.ts'
import { runningStore, stopStore } from './servers/store.ts'
import { since } from './setup/say.ts'

/** Whether anything of this installation runs. */
export function anythingRuns(places: Places): boolean {
  return (
    daemonRuns(places) ||
    runningBroker({ folder: places.broker }) !== undefined ||
    runningStore({ folder: places.store }) !== undefined
  )
}

/** Stops all of it: the processes first, then the broker, then the database that they write to. */
export async function takeDown(places: Places, say: (line: string) => void): Promise<void> {
  const broker = { folder: places.broker }
  const store = { folder: places.store }
  if (daemonRuns(places)) await step(say, 'processes', () => withPm2(places, stopAll))
  await endOrphans(places)
  if (runningBroker(broker)) await step(say, 'RabbitMQ', () => stopBroker(broker))
  // Its name service may be left, even if it is gone itself.
  await stopBroker(broker)
  if (runningStore(store)) await step(say, 'MongoDB', () => stopStore(store))
  rmSync(places.started, { force: true })
}

/** Ours before the demo's, so that the last mails and pages still find mailbox and portal. */
async function stopAll(pm2: Pm2): Promise<void> {
  const names = (await pm2.list()).map(({ name }) => name)
  const demo = new Set(['portal', 'mailbox'])
  await Promise.all(names.filter((name) => !demo.has(name)).map((name) => pm2.remove(name)))
  await pm2.killDaemon()
}

async function step(say: (line: string) => void, what: string, act: () => Promise<void>): Promise<void> {
  const start = performance.now()
  await act()
  say(`Stopped: ${what} (${since(start)})`)
}
