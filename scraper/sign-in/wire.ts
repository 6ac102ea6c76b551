import type { Response } from 'playwright-core'
import type { Visit } from '#scraper/robot.ts'
import type { Traffic } from '#scraper/traffic.ts'
import { leastSettleSeconds } from '#scraper/traffic.ts'
import type { Wire } from './outcome.ts'

/** What a watch over the wire says now; `end` is when the time for the step is over, by the monotonic clock. */
export function wireOf(traffic: Traffic, { limits, end }: Pick<Visit, 'limits'> & { end: number }): Wire {
  const answer = traffic.answer()
  const pending = traffic.isPending()
  const settled = Math.max(limits.settleSeconds, leastSettleSeconds)
  return {
    status: answer?.status() ?? null,
    ...retryAfter(answer),
    pending,
    quiet: !pending && traffic.quietSeconds() > settled,
    late: performance.now() > end,
  }
}

/** In seconds; the header's other form, a date, is not worth a guess at the portal's clock. */
function retryAfter(answer: Response | null): { retryAfterSeconds?: number } {
  const given = answer?.headers()['retry-after']
  return given !== undefined && /^\d+$/.test(given) ? { retryAfterSeconds: Number(given) } : {}
}
