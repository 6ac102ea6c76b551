import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StartOptions } from 'pm2'
import type { z } from 'zod'
import { settings as api } from '#api/settings.ts'
import { given, supplierVariables } from '#core/process/settings.ts'
import { settings as notifier } from '#notifier/settings.ts'
import { settings as scraper } from '#scraper/settings.ts'
import type { Environment } from './environment.ts'
import { root, type Places } from './places.ts'

/** A process that PM2 runs: it is given the variables of its own schema and no others. */
export type Process = {
  name: string
  script: string
  settings: z.ZodObject
  besides?: (environment: Environment) => Record<string, string>
}

export const processes: Process[] = [
  { name: 'scraper', script: 'scraper/main.ts', settings: scraper, besides: supplierVariables },
  { name: 'notifier', script: 'notifier/main.ts', settings: notifier },
  { name: 'api', script: 'api/main.ts', settings: api },
]

/** Of the machine's own variables those that any program needs; none of them is ours to set. */
const ofTheMachine = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']

/** PM2's description of a process, for `npm start` and for `ecosystem.config.cjs` alike. */
export function appOf({ name, script, settings, besides }: Process, environment: Environment, places: Places) {
  const log = logOf(places, name)
  return {
    name,
    script: join(root, script),
    cwd: root,
    interpreter: projectNode(),
    env: {
      ...machineVariables(environment),
      NODE_COMPILE_CACHE: places.compiled,
      ...given(settings, environment),
      ...besides?.(environment),
    },
    // PM2 would hand on its caller's whole environment; every name contains '', so nothing of it is left.
    filter_env: [''],
    wait_ready: true,
    listen_timeout: 60_000,
    // Longer than the 20 s that a process gives itself to stop.
    kill_timeout: 30_000,
    // A signal to the whole tree would take the browser from under a run that is being ended in order.
    treekill: false,
    exp_backoff_restart_delay: 200,
    out_file: log,
    error_file: log,
    merge_logs: true,
    pmx: false,
    vizion: false,
    automation: false,
  } satisfies StartOptions & Record<string, unknown>
}
export type App = ReturnType<typeof appOf>

export function logOf(places: Places, name: string): string {
  return join(places.logs, `${name}.log`)
}

function machineVariables(environment: Environment): Record<string, string> {
  const names = ofTheMachine.filter((name) => environment[name])
  return { LANG: 'C.UTF-8', ...Object.fromEntries(names.map((name) => [name, environment[name] ?? ''])) }
}

function projectNode(): string {
  const packaged = join(root, 'node_modules', '.bin', 'node')
  return existsSync(packaged) ? packaged : process.execPath
}
