import { setTimeout as wait } from 'node:timers/promises'
import type { FaultName } from '#infra/demo/mailbox/faults.ts'
import type { Freeze } from './history.ts'
import { randomOf } from './random.ts'

export type Tally = {
  kills: Record<string, number>
  freezes: Record<string, number>
  mailFaults: Record<string, number>
  /** Of kills and freezes, those at the moment when a mail had been taken. */
  atMails: number
  /** Who was frozen when. */
  frozen: (Freeze & { name: string })[]
}
export type Storm = { seed: number; milliseconds: number; leastKills: number; signal: AbortSignal }

type Wish = { fault: FaultName | null; times?: number; seconds?: number }
const wishes: (Wish & { weight: number })[] = [
  { fault: null, weight: 4 },
  { fault: 'refuse', weight: 2 },
  { fault: 'refuse-content', weight: 1 },
  { fault: 'refuse-forever', weight: 1 },
  { fault: 'delay', seconds: 1, weight: 1 },
  { fault: 'delay', seconds: 4, weight: 1 },
  { fault: 'drop', weight: 1 },
  { fault: 'drop-after-data', weight: 2 },
]

/** A mail server that refuses, delays and drops, one fault after the other. */
export async function spoilMail(url: string, storm: Storm, tally: Tally): Promise<void> {
  const random = randomOf(storm.seed, 'mailbox')
  const end = performance.now() + storm.milliseconds
  const choices = wishes.flatMap((wish) => Array.from({ length: wish.weight }, () => wish))
  while (performance.now() < end) {
    const { weight: _, ...wish } = random.pick(choices)
    await setFault(url, wish.fault === null ? wish : { ...wish, times: 1 + random.below(4) })
    if (wish.fault !== null) count(tally.mailFaults, wish.fault)
    await wait(500 + random.below(2_000), undefined, { signal: storm.signal })
  }
  await setFault(url, { fault: null })
}

async function setFault(url: string, wish: Wish): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/control/faults`, { method: 'POST', headers, body: JSON.stringify(wish) })
  if (!answer.ok) throw new Error(`the mailbox took no fault: ${await answer.text()}`)
}

export function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0)
}

export function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
