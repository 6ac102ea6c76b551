import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { mode } from '#core/process/shared-settings.ts'
import type { Places } from './places.ts'
import type { Plan } from './plan.ts'
import { isOurs, readRunning } from './servers/detached.ts'

/** How it was started: written when a start begins, gone when everything is stopped. */
const Started = z.object({
  mode,
  processes: z.array(z.string()),
  addresses: z.object({ api: z.string(), portal: z.string(), mailbox: z.string(), smtpPort: z.int() }),
})
type Started = z.infer<typeof Started>

export function writeStarted({ places, settings, ours, demo, addresses }: Plan): void {
  mkdirSync(places.folder, { recursive: true, mode: 0o700 })
  const processes = [...demo, ...ours].map(({ name }) => name)
  writeFileSync(places.started, JSON.stringify({ mode: settings.MODE, processes, addresses } satisfies Started))
}

export function readStarted({ started }: Places): Started | undefined {
  try {
    return Started.parse(JSON.parse(readFileSync(started, 'utf8')))
  } catch {
    return undefined
  }
}

const mark = 'infra/start.ts'

/** The start that is under way elsewhere, if any. */
export function otherStarter({ starter }: Pick<Places, 'starter'>): number | undefined {
  const running = readRunning(starter)
  return running && running.pid !== process.pid ? running.pid : undefined
}

export function demandNoOther(places: Pick<Places, 'starter'>): void {
  const other = otherStarter(places)
  if (other) throw new Error(`Process ${other} is bringing it up just now. Wait for it, or end it by: npm stop`)
}

/** Makes this the one start that is under way; throws where another is. */
export function claimStart({ folder, starter }: Places): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Written first and linked then, it appears whole or not at all: nobody can take a half-written one for a dead one's.
  const own = `${starter}.${process.pid}`
  writeFileSync(own, JSON.stringify({ pid: process.pid, ports: {}, mark }))
  try {
    if (linkedAnew(own, starter)) return
    demandNoOther({ starter })
    clearDead(starter, `${own}.old`)
    if (!linkedAnew(own, starter)) throw new Error('Another process is bringing it up just now. Wait for it.')
  } finally {
    rmSync(own, { force: true })
  }
}

/** Moved away, not deleted: only one of several that find it dead gets it, and a live one that came since is put back. */
function clearDead(starter: string, aside: string): void {
  try {
    renameSync(starter, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (readRunning(aside)) linkedAnew(aside, starter)
  rmSync(aside, { force: true })
}

function linkedAnew(own: string, starter: string): boolean {
  try {
    linkSync(own, starter)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

export function releaseStart({ starter }: Places): void {
  if (readRunning(starter)?.pid === process.pid) rmSync(starter, { force: true })
}

export function isStarter(pid: number): boolean {
  return isOurs({ pid, mark })
}
