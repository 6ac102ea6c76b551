import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { clearObstacles } from '#scraper/do-steps.ts'
import { PortalSlow } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import { load, pathOf } from '#scraper/sources/open-page.ts'
import type { Obstacle } from '#scraper/step.ts'
import type { Traffic } from '#scraper/traffic.ts'
import { watchTraffic } from '#scraper/traffic.ts'
import { within } from '#scraper/within.ts'
import type { Seen } from './look-at.ts'
import { lookOrNull } from './look-at.ts'
import type { Wire } from './outcome.ts'
import { wireOf } from './wire.ts'

type Judged = { kind: string }
type Looking<J extends Judged> = {
  /** Selectors of what the judge must know of. */
  selectors: string[]
  obstacles: Obstacle[]
  judge: (seen: Seen, wire: Wire) => J | { kind: 'wait' }
}

/** Goes to an address and looks at it until it is judged. */
export async function openAndJudge<J extends Judged>(
  tab: Page,
  address: string,
  given: Looking<J> & { visit: Visit },
): Promise<J> {
  using traffic = watchTraffic(tab)
  await load(tab, address)
  return await judgeWhenClear(tab, { ...given, traffic })
}

type Judging<J extends Judged> = Looking<J> & { visit: Visit; traffic: Traffic }

/** For the last look, when the time for it is over. */
const graceSeconds = 1

/** Looks again and again, for as long as a step may take; what comes in the way is cleared, once. */
export async function judgeWhenClear<J extends Judged>(tab: Page, given: Judging<J>): Promise<J> {
  const { pageSeconds } = given.visit.limits
  return within(pageSeconds + graceSeconds, {
    act: (over) => lookAndJudge(tab, { ...given, over }),
    late: () => new PortalSlow(`no answer in time: ${pathOf(tab.url())} does not come to rest within ${pageSeconds} s`),
  })
}

async function lookAndJudge<J extends Judged>(
  tab: Page,
  { selectors, obstacles, judge, visit, traffic, over }: Judging<J> & { over: AbortSignal },
): Promise<J> {
  const end = performance.now() + visit.limits.pageSeconds * 1000
  let left = obstacles
  for (;;) {
    visit.signal.throwIfAborted()
    over.throwIfAborted()
    const wire = wireOf(traffic, { limits: visit.limits, end })
    const seen = await lookOrNull(tab, selectors)
    const judged = seen && judge(seen, wire)
    if (judged && judged.kind !== 'wait') return judged as J
    const cleared = await clearObstacles(tab, left, visit)
    if (cleared.length > 0) traffic.stir()
    left = left.filter((obstacle) => !cleared.includes(obstacle))
    await wait(100)
  }
}
