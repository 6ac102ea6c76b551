import type { Plan } from './plan.ts'
import { daemonRuns, withPm2 } from './pm2.ts'
import { runningBroker } from './servers/broker.ts'
import { demandFree } from './servers/port-holder.ts'
import { runningStore } from './servers/store.ts'
import { isUp } from './start-processes.ts'

type Ports = Record<string, number>

/** Every port that is about to be taken must be free; those that our own running parts hold are theirs. */
export async function demandFreePorts(plan: Plan): Promise<void> {
  const running = await runningNames(plan)
  const { settings, places, embedded } = plan
  const broker = embedded.broker && !runningBroker({ folder: places.broker })
  const store = embedded.store && !runningStore({ folder: places.store })
  const toStart = Object.entries(portsByProcess(plan)).filter(([name]) => !running.has(name))
  const ports: Ports = {
    ...(broker ? brokerPorts(settings) : {}),
    ...(store ? { STORE_PORT: settings.STORE_PORT } : {}),
    ...Object.fromEntries(toStart.flatMap(([, own]) => Object.entries(own))),
  }
  await demandFree(ports, 1)
}

function brokerPorts({ BROKER_PORT, BROKER_DIST_PORT, BROKER_EPMD_PORT }: Plan['settings']): Ports {
  return { BROKER_PORT, BROKER_DIST_PORT, BROKER_EPMD_PORT }
}

function portsByProcess({ addresses, demo }: Plan): Record<string, Ports> {
  const api = { api: { API_PORT: portOf(addresses.api) } }
  if (demo.length === 0) return api
  const mailbox = { MAILBOX_PORT: portOf(addresses.mailbox), MAILBOX_SMTP_PORT: addresses.smtpPort }
  const { PORTAL_PORT, HURTOWNIA_PORT, KONTOR_PORT, NORTHPINE_PORT } = addresses.portals
  return { ...api, portal: { PORTAL_PORT, HURTOWNIA_PORT, KONTOR_PORT, NORTHPINE_PORT }, mailbox }
}

function portOf(address: string): number {
  return Number(new URL(address).port)
}

async function runningNames({ places }: Plan): Promise<Set<string>> {
  if (!daemonRuns(places)) return new Set()
  const list = await withPm2(places, (pm2) => pm2.list())
  return new Set(list.filter(isUp).map(({ name }) => name))
}
