import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { isShown, whatIsThere } from './elements.ts'
import { Blocked, Incomplete, PortalChanged, PortalSlow } from './failure.ts'
import type { Visit } from './robot.ts'
import { checkAnswer, notAsExpected } from './sources/open-page.ts'
import type { Effect } from './step.ts'
import type { Traffic } from './traffic.ts'
import { leastSettleSeconds } from './traffic.ts'
import type { Refused, watchRefused } from './watch-refused.ts'
import { within } from './within.ts'

/** What is there already proves nothing when it is there afterwards. */
export async function checkBefore(tab: Page, effect: Effect): Promise<void> {
  if (effect.loads || !(await holds(tab, effect))) return
  throw new PortalChanged(`expected ${wordsOf(effect)} only after the step; it is so before: what else would prove it?`)
}

type Proving = { visit: Pick<Visit, 'limits' | 'signal'>; traffic: Traffic; after: string }

export async function provedEffect(tab: Page, effect: Effect, proving: Proving): Promise<void> {
  const { pageSeconds } = proving.visit.limits
  await within(pageSeconds, {
    act: (over) => awaitEffect(tab, effect, { ...proving, over }),
    late: () => new PortalSlow(`${wordsOf(effect)} did not come within ${pageSeconds} s of ${proving.after}`),
  })
}

type Quieting = Proving & { watch: ReturnType<typeof watchRefused> }

/** A page may act on a filter by itself: what it then asks for, or loads, has come before anything else is done. */
export async function awaitQuiet({ visit, traffic, watch, after }: Quieting): Promise<void> {
  const { pageSeconds } = visit.limits
  const end = performance.now() + pageSeconds * 1000
  while (traffic.isPending() || traffic.quietSeconds() <= leastSettleSeconds) {
    visit.signal.throwIfAborted()
    if (performance.now() > end) throw neverQuiet(after, pageSeconds)
    await wait(50)
  }
  checkAnswer(traffic.answer())
  const refused = watch.refused()
  // What a page gives up by itself it asks for once more, or goes on to another page.
  if (refused !== null && !refused.aborted) throw notApplied(after, refused)
}

function notApplied(after: string, { said, status }: Refused): Blocked | Incomplete {
  const why = `after ${after} the page asks for something that it does not get: ${said}; is it what the step is to bring? Else give it an effect`
  return status === 429 ? new Blocked(why, { again: true }) : new Incomplete(why)
}

function neverQuiet(after: string, pageSeconds: number): PortalSlow {
  const met = `after ${after} the page asks for something without end, still after ${pageSeconds} s`
  return new PortalSlow(`${met}; expected it to be quiet: give the step an effect that shows when it is done`)
}

async function awaitEffect(
  tab: Page,
  effect: Effect,
  { visit, traffic, after, over }: Proving & { over: AbortSignal },
): Promise<void> {
  const settled = Math.max(visit.limits.settleSeconds, leastSettleSeconds)
  for (;;) {
    visit.signal.throwIfAborted()
    over.throwIfAborted()
    checkAnswer(traffic.answer())
    if ((!effect.loads || traffic.loads() > 0) && (await holdsOrPasses(tab, effect))) return
    if (!traffic.isPending() && traffic.quietSeconds() > settled)
      throw notAsExpected(`${wordsOf(effect)} after ${after}`, await whatIsThere(tab))
    await wait(50)
  }
}

async function holds(tab: Page, { shows, hides, path }: Effect): Promise<boolean> {
  if (shows !== undefined && !(await isShown(tab, shows))) return false
  if (hides !== undefined && (await isShown(tab, hides))) return false
  return path === undefined || isAt(tab, path)
}

/** A page that is just going on to another holds nothing yet. */
async function holdsOrPasses(tab: Page, effect: Effect): Promise<boolean> {
  try {
    return await holds(tab, effect)
  } catch (error) {
    if (error instanceof Error && /context was destroyed|navigat/i.test(error.message)) return false
    throw error
  }
}

/** The query counts only where the definition names one. */
function isAt(tab: Page, path: string): boolean {
  const address = new URL(tab.url())
  return path === (path.includes('?') ? address.pathname + address.search : address.pathname)
}

function wordsOf({ shows, hides, path, loads }: Effect): string {
  const parts = [
    shows === undefined ? '' : `${shows} to show`,
    hides === undefined ? '' : `${hides} to be gone`,
    path === undefined ? '' : `the address ${path}`,
    loads ? 'a new page' : '',
  ]
  return parts.filter(Boolean).join(' and ')
}
