import { renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from './plan.ts'
import { withPm2, type Managed } from './pm2.ts'
import { appOf, logOf, type Process } from './processes.ts'
import { tail } from './servers/detached.ts'

/** Starts the processes that don't run yet, all at once, and waits until each says that it is ready. */
export async function startProcesses(plan: Plan, wanted: Process[]): Promise<void> {
  if (wanted.length === 0) return
  await withPm2(plan.places, async (pm2) => {
    const online = new Set((await pm2.list()).filter(isUp).map(({ name }) => name))
    const missing = wanted.filter(({ name }) => !online.has(name))
    for (const { name } of missing) turnLog(logOf(plan.places, name))
    if (missing.length > 0) await pm2.start(missing.map((process) => appOf(process, plan.environment, plan.places)))
    demandUp(plan, await pm2.list())
  })
}

type Wait = { what: string; seconds: number; question: () => Promise<boolean>; goOn: () => void }

/** Asks until the answer is yes; a process that ends meanwhile ends the waiting, with its last words. */
export async function waitFor(plan: Plan, { what, seconds, question, goOn }: Wait): Promise<void> {
  const end = performance.now() + seconds * 1000
  await withPm2(plan.places, async (pm2) => {
    while (!(await question())) {
      goOn()
      demandUp(plan, await pm2.list())
      if (performance.now() > end) throw new Error(late(plan, what, seconds))
      await sleep(100)
    }
  })
}

export function isUp({ status }: Managed): boolean {
  return status === 'online' || status === 'launching'
}

/** Just started, none may have fallen over: one that restarts would only hide what is wrong. */
function demandUp(plan: Plan, list: Managed[]): void {
  const fallen = list.filter((managed) => !isUp(managed) || managed.restarts > 0)
  if (fallen.length === 0) return
  const words = fallen.map(({ name }) => lastWords(plan, name))
  throw new Error(`${fallen.map(({ name }) => name).join(', ')} did not come up.\n${words.join('\n')}`)
}

function late(plan: Plan, what: string, seconds: number): string {
  const words = plan.ours.map(({ name }) => lastWords(plan, name))
  return `Waited ${seconds} s for ${what}.\n${words.join('\n')}`
}

function lastWords({ places }: Plan, name: string): string {
  const file = logOf(places, name)
  return `Last lines of ${file}:\n${indented(tail(file, 12)) || '    (empty)'}\nMend what it says there, then: npm start`
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ')
}

const largestLog = 20 * 1024 * 1024

/** Keeps one old log beside the new one, so that they don't grow without end. */
function turnLog(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(file, `${file}.1`)
}
