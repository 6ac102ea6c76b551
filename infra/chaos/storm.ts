import { setTimeout as wait } from 'node:timers/promises'
import { chunksOf } from '#core/store/mongo.ts'
import type { ScriptOrder } from './orders.ts'
import type { Kept } from './processes.ts'
import { randomOf } from './random.ts'
import type { ScriptSupplier } from './script.ts'
import { makeStriker, strike, strikeAtMails } from './strike.ts'
import type { Storm, Tally } from './trouble.ts'
import { spoilMail, sum } from './trouble.ts'
import type { World } from './world.ts'

type Struck = {
  round: { seed: number; seconds: number; leastKills: number; signal: AbortSignal; say(line: string): void }
  world: World
  suppliers: ScriptSupplier[]
  /** Those that are put meanwhile. */
  orders: ScriptOrder[]
}

/** Everything at once, for as long as the round says: kills, freezes, faults of the mailbox, runs and orders. */
export async function storm({ round, world, suppliers, orders }: Struck, tally: Tally): Promise<void> {
  const over = new AbortController()
  const signal = AbortSignal.any([round.signal, over.signal])
  const striking = { ...round, milliseconds: round.seconds * 1000 }
  const striker = makeStriker(tally)
  const told = setInterval(() => round.say(`${sum(tally.kills)} kills, ${sum(tally.freezes)} freezes so far`), 10_000)
  const background = [
    keepAsking(world, { seed: round.seed, suppliers, signal }),
    spoilMail(world.mailbox, { ...striking, milliseconds: striking.milliseconds * 0.7 }, tally),
    strikeAtMails(notifiersOf(world), { ...striking, mails: world.mails, signal }, striker),
    putSlowly(world, orders, { ...striking, signal }),
  ]
  try {
    const victims = [...world.children, ...Object.values(world.servers)]
    await Promise.all([strike(victims, striking, striker).finally(() => over.abort()), ...background])
  } finally {
    over.abort()
    clearInterval(told)
    await Promise.allSettled(background)
    await striker.thawed()
  }
  await Promise.all(Object.values(world.servers).map((server) => server.back()))
}

function notifiersOf({ children }: World): Kept[] {
  return children.filter(({ name }) => name.startsWith('notifier'))
}

/** Orders come in as long as everything is struck; the rest of them at its end. */
async function putSlowly({ shop }: World, orders: ScriptOrder[], { milliseconds, signal }: Storm): Promise<void> {
  const slices = 20
  for (const slice of chunksOf(orders, Math.ceil(orders.length / slices))) {
    await shop.put(slice)
    await wait(milliseconds / slices / 2, undefined, { signal }).catch(() => {})
  }
}

type Asking = { seed: number; suppliers: ScriptSupplier[]; signal: AbortSignal }

/** Asks for runs of one supplier after another, and lets those go on that were paused. */
async function keepAsking({ shop }: World, { seed, suppliers, signal }: Asking): Promise<void> {
  const random = randomOf(seed, 'asking')
  while (!signal.aborted) {
    await shop.askForRun(random.pick(suppliers).id).catch(() => {})
    if (random.chance(0.1)) await shop.resumePaused().catch(() => {})
    await wait(100 + random.below(400))
  }
}
