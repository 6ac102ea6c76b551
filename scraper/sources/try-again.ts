import { setTimeout as wait } from 'node:timers/promises'
import { asFailure, Blocked } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'

const longestWaitSeconds = 60

/**
 * Does something after the sign-in once more where the portal may be different in a moment: down, slow, incomplete, too
 * many requests. What was refused, has changed or is lost stays so.
 */
export async function tryAgain<T>(
  { limits, signal, secondsLeft }: Pick<Visit, 'limits' | 'signal' | 'secondsLeft'>,
  act: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act()
    } catch (error) {
      const failure = asFailure(error)
      if (signal.aborted || !failure.again || tries >= limits.tries) throw failure
      const asked = failure instanceof Blocked ? failure.retryAfterSeconds : undefined
      const seconds = Math.max(asked ?? 0, limits.tryAgainSeconds * 2 ** (tries - 1))
      if (seconds > Math.min(longestWaitSeconds, secondsLeft())) throw failure
      await wait(seconds * 1000, undefined, { signal }).catch(() => {})
    }
  }
}
