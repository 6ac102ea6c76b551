import { setTimeout as wait } from 'node:timers/promises'

/** Asks again and again until the answer is there; rejects, with what was waited for, when it isn't in time. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  seconds = 60,
): Promise<T> {
  const end = performance.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await wait(30)
  }
}
