import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '#infra/places.ts'

/** A process that is started anew whenever it ends, as PM2 would, until it is stopped. */
export type Kept = {
  name: string
  isUp(): boolean
  kill(): void
  freeze(milliseconds: number): Promise<void>
  /** Ends it in good order and starts it with more environment. */
  restart(more: Record<string, string>): Promise<void>
  stop(): Promise<void>
}

type Start = { name: string; file: string; env: Record<string, string>; logs: string }

export async function keep({ name, file, env, logs }: Start): Promise<Kept> {
  let environment = env
  let child: ChildProcess | null = null
  let isReady = false
  let isStopping = false
  let pause = 100
  let starting = start()

  async function start(): Promise<void> {
    const started = spawnLogged({ name, file, env: environment, logs })
    child = started
    const ended = once(started, 'exit').then(() => 'ended' as const)
    void ended.then(() => revive(started))
    const [first] = await Promise.race([once(started, 'message'), ended.then((how) => [how])])
    isReady = first === 'ready' && child === started
    if (isReady) pause = 100
  }

  async function revive(ended: ChildProcess): Promise<void> {
    if (child !== ended) return
    isReady = false
    child = null
    if (isStopping) return
    await wait(pause)
    pause = Math.min(pause * 2, 3_000)
    if (!isStopping) starting = start()
  }

  async function stop(): Promise<void> {
    isStopping = true
    await starting
    if (child !== null) await end(child)
  }

  await starting
  return {
    name,
    isUp: () => isReady,
    kill: () => void child?.kill('SIGKILL'),
    async freeze(milliseconds) {
      const frozen = child
      frozen?.kill('SIGSTOP')
      await wait(milliseconds)
      frozen?.kill('SIGCONT')
    },
    async restart(more) {
      await stop()
      environment = { ...environment, ...more }
      isStopping = false
      starting = start()
      await starting
    },
    stop,
  }
}

function spawnLogged({ name, file, env, logs }: Start): ChildProcess {
  const child = spawn(process.execPath, [join(root, file)], {
    cwd: root,
    env: { ...machine(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const log = join(logs, `${name}.log`)
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => appendFileSync(log, data))
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGCONT')
  child.kill('SIGTERM')
  const kill = setTimeout(() => child.kill('SIGKILL'), 25_000)
  await once(child, 'exit').finally(() => clearTimeout(kill))
}

/** All that a process of ours gets of the machine's environment. */
function machine(): Record<string, string> {
  const names = ['PATH', 'HOME', 'NODE_COMPILE_CACHE']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}
