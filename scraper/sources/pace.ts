import { setTimeout as wait } from 'node:timers/promises'
import type { Visit } from '#scraper/robot.ts'

/** Waits so that page loads begin at least the supplier's delay after one another, whoever begins them. */
export function makePace({ limits, signal }: Pick<Visit, 'limits' | 'signal'>): () => Promise<void> {
  let next = 0
  return async () => {
    signal.throwIfAborted()
    const now = performance.now()
    const mine = Math.max(now, next)
    next = mine + limits.delayMs
    if (mine > now) await wait(mine - now, undefined, { signal })
  }
}
