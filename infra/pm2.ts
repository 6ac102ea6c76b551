import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProcessDescription, StartOptions } from 'pm2'
import { forgetEnvironment } from './environment.ts'
import type { Places } from './places.ts'
import type { App } from './processes.ts'
import { commandOf } from './servers/detached.ts'

/** A process as PM2 sees it. */
export type Managed = {
  name: string
  pid: number
  status: string
  restarts: number
  upSince: number
  memory: number
}
export type Pm2 = Awaited<ReturnType<typeof connectPm2>>

/** Lends a connection to our own PM2, whose daemon is started where it does not run. */
export async function withPm2<T>(places: Places, use: (pm2: Pm2) => Promise<T>): Promise<T> {
  const pm2 = await connectPm2(places)
  try {
    return await use(pm2)
  } finally {
    pm2.disconnect()
  }
}

/** Whether our daemon runs: asked without PM2, which would start it. */
export function daemonRuns(places: Places): boolean {
  const pid = Number(read(join(places.pm2, 'pm2.pid')))
  return pid > 0 && isDaemonOf(places, commandOf(pid) ?? '')
}

/** A pid of before a power cut may be another PM2's by now: its title tells its home, cut off where it is too long. */
function isDaemonOf({ pm2 }: Places, title: string): boolean {
  const [, told] = /God Daemon \((.+)$/.exec(title) ?? []
  return told !== undefined && `${pm2})`.startsWith(told)
}

async function connectPm2(places: Places) {
  prepareHome(places)
  const { default: pm2 } = await import('pm2')
  await call<void>((done) => pm2.connect(done))
  return {
    async start(apps: App[]): Promise<void> {
      const config: StartOptions & { apps: App[] } = { apps }
      await call((done) => pm2.start(config, done))
    },
    async list(): Promise<Managed[]> {
      const list = await call<ProcessDescription[]>((done) => pm2.list(done))
      return list.map(managed)
    },
    remove: (name: string) => call<unknown>((done) => pm2.delete(name, done)),
    killDaemon: () => call<unknown>((done) => pm2.killDaemon(done)),
    disconnect: () => pm2.disconnect(),
  }
}

/** PM2 reads all this when it is loaded. */
function prepareHome({ pm2, logs }: Places): void {
  mkdirSync(pm2, { recursive: true })
  mkdirSync(logs, { recursive: true })
  // Without this file PM2 takes itself for newly installed and asks a server on the internet for its version.
  writeFileSync(join(pm2, 'touch'), '')
  forgetEnvironment()
  Object.assign(process.env, {
    PM2_HOME: pm2,
    PM2_DISABLE_VERSION_CHECK: 'true',
    PM2_NO_INTERACTION: 'true',
    PM2_CONCURRENT_ACTIONS: '8',
  })
}

function managed({ name, pid, monit, pm2_env: state }: ProcessDescription): Managed {
  return {
    name: name ?? '',
    pid: pid ?? 0,
    status: state?.status ?? 'unknown',
    restarts: state?.restart_time ?? 0,
    upSince: state?.pm_uptime ?? 0,
    memory: monit?.memory ?? 0,
  }
}

type Done<T> = (error: Error | null, result?: T) => void

function call<T>(act: (done: (error: Error, result?: unknown) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const done: Done<unknown> = (error, result) => (error ? reject(asError(error)) : resolve(result as T))
    act(done)
  })
}

/** PM2 fails with arrays, texts and objects too. */
function asError(failure: unknown): Error {
  if (failure instanceof Error) return failure
  return new Error(`PM2: ${typeof failure === 'string' ? failure : JSON.stringify(failure)}`)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
