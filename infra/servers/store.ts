import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { locateStore } from '#infra/setup/store.ts'
import { isOurs, readRunning, startDetached, stopDetached, tail, until, type Running } from './detached.ts'
import { demandFree } from './port-holder.ts'
import { becomePrimary, replicaSetName } from './replica-set.ts'

type Store = {
  folder: string
  port: number
  database?: string
  parameters?: Record<string, string | number>
  /** How long the port may still be taken, by one that is just ending. */
  freeWithinSeconds?: number
}
type Files = ReturnType<typeof filesOf>

/**
 * Runs a MongoDB of our own in the folder, on loopback, as a replica set of one; one that already runs there is used.
 * It outlives this process.
 */
export async function startStore({ folder, port, database = 'avizo', parameters = {}, freeWithinSeconds = 5 }: Store) {
  const files = filesOf(folder)
  const url = urlOf(port, database)
  const old = readRunning(files.pid)
  if (old?.ports['port'] === port && (await until(() => becomePrimary(port), { seconds: 60, running: old }))) {
    return { url, pid: old.pid }
  }
  await stopStore({ folder })
  const running = await launch(files, { port, parameters, freeWithinSeconds })
  const ready = await until(() => becomePrimary(port), { seconds: 60, running })
  if (!ready) throw new Error(await failure(files, running))
  return { url, pid: running.pid }
}

export async function stopStore({ folder }: { folder: string }): Promise<void> {
  await stopDetached(filesOf(folder).pid, 30)
}

/** What runs in the folder now, if anything. */
export function runningStore({ folder }: { folder: string }): Running | undefined {
  return readRunning(filesOf(folder).pid)
}

export function urlOf(port: number, database: string): string {
  return `mongodb://127.0.0.1:${port}/${database}?replicaSet=${replicaSetName}&w=majority&journal=true`
}

type Launch = Required<Pick<Store, 'port' | 'parameters' | 'freeWithinSeconds'>>

async function launch(files: Files, { port, parameters, freeWithinSeconds }: Launch) {
  await demandFree({ MongoDB: port }, freeWithinSeconds)
  mkdirSync(files.data, { recursive: true })
  const options = {
    dbpath: files.data,
    port,
    bind_ip: '127.0.0.1',
    replSet: replicaSetName,
    oplogSize: 256,
    wiredTigerCacheSizeGB: 0.5,
    networkMessageCompressors: 'disabled',
    logpath: files.log,
  }
  const args = [
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    '--nounixsocket',
    '--logappend',
    '--quiet',
    ...parameterArguments({ diagnosticDataCollectionEnabled: 'false', ...parameters }),
  ]
  const { pid: file, output } = files
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: files.folder }
  return startDetached({ command: locateStore().mongod, args, env, output, file, ports: { port }, mark: files.data })
}

function parameterArguments(parameters: Record<string, string | number>): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['--setParameter', `${name}=${value}`])
}

function filesOf(given: string) {
  const folder = resolve(given)
  return {
    folder,
    data: join(folder, 'data'),
    log: join(folder, 'mongod.log'),
    output: join(folder, 'output.log'),
    pid: join(folder, 'store.pid.json'),
  }
}

async function failure(files: Files, running: Running): Promise<string> {
  const how = isOurs(running) ? 'is not ready after 60 s' : 'ended while starting'
  await stopStore({ folder: files.folder })
  return `MongoDB ${how}. Its last words (${files.log}):\n${tail(files.output, 5)}\n${tail(files.log, 5)}`
}
