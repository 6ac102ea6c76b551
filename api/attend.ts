import { setTimeout as wait } from 'node:timers/promises'
import type { Given } from './given.ts'
import type { Hurry } from './hurry.ts'

export type Attend = {
  /** A notifier works out anew what the hold shows; without one, what was shown last stands. */
  refresh(id: string): Promise<void>
  /** Something was decided of it: a notifier does it at once, or else the sweep. */
  hurry(id: string): void
  /** Has a notifier do at once what was decided of a hold of notices; false where none has done it by now. */
  settle(id: string): Promise<boolean>
}

const attendWithinMs = 4_000
const lookEveryMs = 40

type Parts = Pick<Given, 'store' | 'broker' | 'attendWithinMs'> & { hurry: Hurry }

/** Asks the notifier to attend to a hold: only it knows what would become of orders. */
export function makeAttend({ store, broker, hurry, ...given }: Parts): Attend {
  let asked = 0
  const ask = (id: string) =>
    hurry('wish.made', { body: { v: 1, about: 'hold', id }, id: `hold/${id}/${(asked += 1)}` })

  /** How often it was counted; null where nobody counts it. */
  async function revOf(id: string): Promise<number | null> {
    const name = id.slice(id.indexOf('/') + 1)
    if (id.startsWith('run/')) {
      const run = await store.runs.get(name)
      return run?.state === 'held' ? (run.forecast?.rev ?? 0) : null
    }
    const hold = id.startsWith('item/') ? (await store.holds.ofItems([name])).get(name) : undefined
    return hold?.state === 'open' ? (hold.rev ?? 0) : null
  }

  async function askUntil(id: string, isDone: () => Promise<boolean>): Promise<boolean> {
    ask(id)
    const end = performance.now() + (given.attendWithinMs ?? attendWithinMs)
    while (performance.now() < end) {
      await wait(lookEveryMs)
      if (await isDone()) return true
    }
    return isDone()
  }

  return {
    hurry: ask,
    async refresh(id) {
      const before = await revOf(id)
      if (before === null || !broker.isConnected()) return
      await askUntil(id, async () => (await revOf(id)) !== before)
    },
    settle: (id) => askUntil(id, async () => (await store.holds.ofNotices(id))?.toWaive === undefined),
  }
}
