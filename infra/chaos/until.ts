import { setTimeout as wait } from 'node:timers/promises'

/** Asks again and again until the answer is there; what throws meanwhile is no answer yet. */
export async function until<T>(
  what: string,
  question: () => Promise<T | null | false>,
  { seconds = 300, signal, everyMs = 200 }: { seconds?: number; signal?: AbortSignal; everyMs?: number } = {},
): Promise<T> {
  const end = performance.now() + seconds * 1000
  let last: unknown
  while (performance.now() < end) {
    signal?.throwIfAborted()
    try {
      const answer = await question()
      if (answer !== null && answer !== false) return answer
    } catch (error) {
      last = error
    }
    await wait(everyMs)
  }
  throw new Error(`${what}: not so within ${seconds} s`, { cause: last })
}
