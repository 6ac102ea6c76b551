import { readFileSync } from 'node:fs'
import { given } from '#core/process/settings.ts'
import { settings as apiSettings } from '#api/settings.ts'
import { readEnvironment } from './environment.ts'
import { makeHealth } from './health.ts'
import { readInfraSettings } from './infra-settings.ts'
import { placesIn, root, type Places } from './places.ts'
import { daemonRuns, withPm2 } from './pm2.ts'
import { runningBroker } from './servers/broker.ts'
import { memoryOf, startOf } from './servers/process-facts.ts'
import { runningStore } from './servers/store.ts'
import { readStarted } from './started.ts'
import { lastAccepted, promiseLine, row, table, type Row } from './status-table.ts'

process.chdir(root)
const environment = readEnvironment()
const places = placesIn(readInfraSettings().VAR_DIR)
const started = readStarted(places)
const rows = [...servers(places), ...(await managed(places, started?.processes ?? []))]

if (rows.every(({ pid }) => pid === 0)) {
  print('Nothing is running. To start it: npm start')
  process.exitCode = 3
} else {
  print(`MODE=${started?.mode ?? 'unknown'}\n`)
  print(table(rows))
  if (started) print(await ofTheApi(started.addresses.api))
}
process.exit()

function servers({ broker, store }: Places): Row[] {
  const found = { RabbitMQ: runningBroker({ folder: broker }), MongoDB: runningStore({ folder: store }) }
  return Object.entries(found).flatMap(([name, running]) => {
    if (!running) return []
    const { pid } = running
    return [row({ name, pid, status: 'online', restarts: 0, upSince: startOf(pid), memory: memoryOf(pid) })]
  })
}

async function managed(where: Places, expected: string[]): Promise<Row[]> {
  const list = daemonRuns(where) ? await withPm2(where, (pm2) => pm2.list()) : []
  const absent = expected.filter((name) => !list.some((process) => process.name === name))
  return [
    ...list.map((process) => row(process)),
    ...absent.map((name) => row({ name, pid: 0, status: 'not running', restarts: 0, upSince: 0, memory: 0 })),
  ]
}

async function ofTheApi(api: string): Promise<string> {
  const health = makeHealth({
    api,
    key: environment['API_KEY'] ?? given(apiSettings, environment)['API_KEY'] ?? demoKey(),
  })
  const says = await health.says()
  const isThere = says !== 'does not answer'
  const suppliers = isThere ? await health.suppliers() : []
  const promises = isThere ? await health.promises() : []
  const lines = [...suppliers.map((supplier) => lastAccepted(supplier)), '', ...promises.map(promiseLine)]
  return [`\nAPI ${api}: ${says}`, ...lines, ''].join('\n')
}

function demoKey(): string {
  try {
    return readFileSync(places.demoKey, 'utf8').trim()
  } catch {
    return ''
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
