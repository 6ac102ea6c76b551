import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, closeSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** A process that outlives its starter, as written beside its data; `mark` is what its command line must hold. */
const Running = z.object({ pid: z.int().positive(), ports: z.record(z.string(), z.int()), mark: z.string() })
export type Running = z.infer<typeof Running>

type Start = {
  command: string
  args: string[]
  env: Record<string, string | undefined>
  output: string
  /** Where its pid is kept. */
  file: string
  ports: Running['ports']
  mark: string
}

/** Starts a process in a session of its own, its output appended to a file, and writes down its pid at once. */
export function startDetached({ command, args, env, output, file, ports, mark }: Start): Running {
  mkdirSync(dirname(output), { recursive: true })
  const out = openSync(output, 'a')
  const child = spawn(command, args, { detached: true, stdio: ['ignore', out, out], env, cwd: dirname(file) })
  closeSync(out)
  child.once('error', () => {})
  child.unref()
  if (child.pid === undefined) throw new Error(`Could not start ${command}: is it there, and may it be run?`)
  const running = { pid: child.pid, ports, mark }
  writeFileSync(`${file}.new`, JSON.stringify(running))
  renameSync(`${file}.new`, file)
  return running
}

/** What the file says is running, if it truly is: a pid that somebody else has by now is nobody. */
export function readRunning(file: string): Running | undefined {
  const running = Running.safeParse(readJson(file)).data
  return running && isOurs(running) ? running : undefined
}

/** Ends a process by its pid: asked first, killed when it has not gone after the given seconds. */
export async function stopDetached(file: string, seconds = 20): Promise<void> {
  const running = readRunning(file)
  if (running) {
    signal(running.pid, 'SIGTERM')
    if (!(await gone(running, seconds))) {
      signal(running.pid, 'SIGKILL')
      await gone(running, 5)
    }
  }
  rmSync(file, { force: true })
}

export function isOurs({ pid, mark }: Pick<Running, 'pid' | 'mark'>): boolean {
  return commandOf(pid)?.includes(mark) ?? false
}

/** The command line of a process; undefined where there is none, or only its corpse. */
export function commandOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return commandByPs(pid)
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined
  } catch {
    return undefined
  }
}

/** Asks every 50 ms until the answer is yes; says no after the seconds, or as soon as the process is gone. */
export async function until(
  question: () => Promise<boolean> | boolean,
  { seconds, running }: { seconds: number; running?: Running },
): Promise<boolean> {
  const end = performance.now() + seconds * 1000
  // While a process becomes another program (a script its interpreter's), its command line is empty for a moment.
  let missed = 0
  while (performance.now() < end && missed < 4) {
    if (await question()) return true
    missed = !running || isOurs(running) ? 0 : missed + 1
    await sleep(50)
  }
  return false
}

/** The last lines of a file, or nothing where it cannot be read. */
export function tail(file: string, lines = 20): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
  } catch {
    return ''
  }
}

function gone({ pid, mark }: Running, seconds: number): Promise<boolean> {
  return until(() => hasEnded(pid) || !(commandOf(pid)?.includes(mark) ?? true), { seconds })
}

/** A process that ends loses its command line first, and its ports only when the last of its threads has gone. */
function hasEnded(pid: number): boolean {
  if (process.platform !== 'linux') return commandByPs(pid) === undefined
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0]
    return state === 'Z' && readdirSync(`/proc/${pid}/task`).length === 1
  } catch {
    return true
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function commandByPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
