import { setTimeout as wait } from 'node:timers/promises'
import type { Kept } from './processes.ts'
import type { Random } from './random.ts'
import { randomOf, shuffled } from './random.ts'
import type { Storm, Tally } from './trouble.ts'
import { count, sum } from './trouble.ts'

export type Victim = Pick<Kept, 'name' | 'isUp' | 'kill' | 'freeze'>
/** Where mails arrive. */
export type Arrivals = { count(): number; waitFor(count: number): Promise<void> }
export type Striker = ReturnType<typeof makeStriker>

/** How often each is met in a turn, by name. */
const weights: Record<string, number> = { rabbitmq: 1, mongod: 1, api: 1, scraper: 2, 'notifier-1': 3, 'notifier-2': 3 }
const recoversWithinMs = 15_000
const mostMailsBetween = 12

/** Kills and freezes for so long, and until there were kills enough. */
export async function strike(victims: Victim[], storm: Storm, { strikeOne, works, tally }: Striker): Promise<void> {
  const random = randomOf(storm.seed, 'strikes')
  const end = performance.now() + storm.milliseconds
  const isDone = () => performance.now() >= end && sum(tally.kills) >= storm.leastKills
  while (!isDone()) {
    for (const victim of turnOf(victims, random)) {
      if (isDone()) break
      // Most strikes fall into some work: what is down already is killed in the middle of nothing.
      if (random.chance(0.7)) await until(() => works(victims), storm.signal)
      await wait(200 + random.below(1_800), undefined, { signal: storm.signal })
      strikeOne(victim, random)
    }
    if (isDone()) break
    // Time for what was kept back to be mailed, and to be struck at its mails.
    await until(() => works(victims), storm.signal)
    await wait(3_000 + random.below(3_000), undefined, { signal: storm.signal })
  }
}

/** Kills or freezes a notifier at the very moment when a mail was taken, and its sender cannot know it yet. */
export async function strikeAtMails(
  notifiers: Victim[],
  storm: Storm & { mails: Arrivals },
  by: Striker,
): Promise<void> {
  const { mails, signal } = storm
  const random = randomOf(storm.seed, 'strikes at mails')
  while (!signal.aborted) {
    const most = mails.count() + 1 + random.below(mostMailsBetween)
    while (!signal.aborted && mails.count() < most) await mails.waitFor(most).catch(() => {})
    if (!signal.aborted && by.strikeOne(random.pick(notifiers), random)) by.tally.atMails += 1
  }
}

/** Strikes one at a time, and never who is down or frozen already. */
export function makeStriker(tally: Tally) {
  const frozen = new Set<string>()
  const thawing = new Set<Promise<void>>()
  const isThere = ({ name, isUp }: Victim) => isUp() && !frozen.has(name)

  async function freeze(victim: Victim, milliseconds: number): Promise<void> {
    const from = Date.now()
    frozen.add(victim.name)
    count(tally.freezes, victim.name)
    await victim.freeze(milliseconds)
    frozen.delete(victim.name)
    tally.frozen.push({ name: victim.name, from, to: Date.now() })
  }

  return {
    tally,
    /** Whether it was there to be struck. */
    strikeOne(victim: Victim, random: Random): boolean {
      const isFreeze = random.chance(0.3)
      const milliseconds = isFreeze ? freezeOf(random) : 0
      if (!isThere(victim)) return false
      if (isFreeze) {
        const thaw = freeze(victim, milliseconds).finally(() => thawing.delete(thaw))
        thawing.add(thaw)
        return true
      }
      victim.kill()
      count(tally.kills, victim.name)
      return true
    },
    /** Whether the servers and a notifier are there. */
    works(victims: Victim[]): boolean {
      const isNotifier = ({ name }: Victim) => name.startsWith('notifier')
      const servers = victims.filter(({ name }) => name === 'rabbitmq' || name === 'mongod')
      return servers.every(isThere) && victims.some((victim) => isNotifier(victim) && isThere(victim))
    },
    thawed: async () => void (await Promise.all(thawing)),
  }
}

async function until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
  const end = performance.now() + recoversWithinMs
  while (!isSo() && performance.now() < end) await wait(50, undefined, { signal })
}

/** The broker comes last: for most of a minute after it no run is requested, and little is left to be struck. */
function turnOf(victims: Victim[], random: Random): Victim[] {
  const all = victims.flatMap((victim) => Array.from({ length: weights[victim.name] ?? 1 }, () => victim))
  const isBroker = ({ name }: Victim) => name === 'rabbitmq'
  return [
    ...shuffled(
      all.filter((victim) => !isBroker(victim)),
      random,
    ),
    ...all.filter(isBroker),
  ]
}

/** Some are over before anybody notices; others outlast a lease. */
function freezeOf(random: Random): number {
  return random.chance(0.5) ? 100 + random.below(900) : 2_500 + random.below(3_500)
}
