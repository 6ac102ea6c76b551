import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type Child = {
  pid: number
  /** All that it logged so far. */
  log(): string
  /** Resolves with the signal or code that it ended by. */
  ended: Promise<string>
  kill(signal: NodeJS.Signals): void
  /** Resolves when it said so; what was waited for once counts for once. */
  said(what: string): Promise<void>
  tell(what: string): void
  stop(): Promise<void>
}

/** All that a process of ours gets of the machine's environment. */
function machine(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** Starts one of our processes as PM2 would, and waits for its "ready"; rejects with its log where it ends before. */
export async function startChild(file: string, env: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, [file], {
    env: { ...machine(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let log = ''
  child.stdout?.on('data', (data: Buffer) => (log += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (log += data.toString()))
  const ended = once(child, 'exit').then(([code, signal]) => String(signal ?? code))
  const heard = new Set<unknown>()
  child.on('message', (message) => heard.add(message))
  const said = (what: string) => saidBy(child, heard, what)
  const early = ended.then((how) => Promise.reject(new Error(`${file} ended (${how}) before it was ready:\n${log}`)))
  await Promise.race([said('ready'), early])
  early.catch(() => {})
  return {
    pid: child.pid ?? 0,
    log: () => log,
    ended,
    kill: (signal) => void child.kill(signal),
    said,
    tell: (what) => void child.send(what),
    stop: () => stop(child, ended),
  }
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await ended
}

async function saidBy(child: ChildProcess, heard: Set<unknown>, what: string): Promise<void> {
  while (!heard.delete(what)) await once(child, 'message')
}
