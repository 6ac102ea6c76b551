import { setTimeout as wait } from 'node:timers/promises'
import type { FaultName } from '#infra/demo/mailbox/faults.ts'
import type { Kept } from './processes.ts'
import type { Random } from './random.ts'
import { randomOf, shuffled } from './random.ts'

export type Victim = Pick<Kept, 'name' | 'isUp' | 'kill' | 'freeze'>
export type Tally = {
  kills: Record<string, number>
  freezes: Record<string, number>
  mailFaults: Record<string, number>
}
type Storm = { seed: number; milliseconds: number; leastKills: number; signal: AbortSignal }

/** How often each is met in a round, by name: a server takes seconds to come back, our own come back at once. */
const weights: Record<string, number> = { rabbitmq: 1, mongod: 1, api: 1, scraper: 2, 'notifier-1': 2, 'notifier-2': 2 }

/** Kills and freezes for so long, and until there were kills enough; resolves when all that was frozen is let go. */
export async function strike(victims: Victim[], storm: Storm, tally: Tally): Promise<void> {
  const random = randomOf(storm.seed, 'strikes')
  const end = performance.now() + storm.milliseconds
  const frozen = new Set<Victim>()
  const thawing: Promise<void>[] = []
  const isDone = () => performance.now() >= end && sum(tally.kills) >= storm.leastKills
  while (!isDone()) {
    for (const victim of roundOf(victims, random)) {
      if (isDone()) break
      await wait(200 + random.below(1_300), undefined, { signal: storm.signal })
      const isFreeze = random.chance(0.3)
      const milliseconds = isFreeze ? freezeOf(random) : 0
      if (!victim.isUp() || frozen.has(victim)) continue
      if (!isFreeze) {
        victim.kill()
        count(tally.kills, victim.name)
        continue
      }
      frozen.add(victim)
      count(tally.freezes, victim.name)
      thawing.push(victim.freeze(milliseconds).finally(() => frozen.delete(victim)))
    }
  }
  await Promise.all(thawing)
}

function roundOf(victims: Victim[], random: Random): Victim[] {
  return shuffled(
    victims.flatMap((victim) => Array.from({ length: weights[victim.name] ?? 1 }, () => victim)),
    random,
  )
}

/** Some are over before anybody notices; others outlast a lease. */
function freezeOf(random: Random): number {
  return random.chance(0.5) ? 100 + random.below(900) : 2_500 + random.below(3_500)
}

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

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
