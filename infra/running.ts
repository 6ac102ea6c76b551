import type { Plan } from './plan.ts'
import { daemonRuns, withPm2 } from './pm2.ts'
import { runningBroker } from './servers/broker.ts'
import { runningStore } from './servers/store.ts'
import { isUp } from './start-processes.ts'

/** Whether every part of the plan runs already. */
export async function isAllUp({ places, embedded, ours, demo }: Plan): Promise<boolean> {
  if (embedded.broker && !runningBroker({ folder: places.broker })) return false
  if (embedded.store && !runningStore({ folder: places.store })) return false
  if (!daemonRuns(places)) return false
  const list = await withPm2(places, (pm2) => pm2.list())
  const up = new Set(list.filter(isUp).map(({ name }) => name))
  return [...ours, ...demo].every(({ name }) => up.has(name))
}
