import { setTimeout as wait } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { errors } from 'playwright-core'
import { PortalChanged } from './failure.ts'
import type { Visit } from './robot.ts'
import { notAsExpected } from './sources/open-page.ts'
import type { Snapshot } from './sources/snapshot.ts'
import { takeSnapshot } from './sources/snapshot.ts'

export async function isShown(tab: Page, selector: string): Promise<boolean> {
  return tab.locator(`css=${selector}`).filter({ visible: true }).first().isVisible()
}

/** The one element that is meant: a page with none, or with several, is another page than the definition knows. */
export async function theOne(
  tab: Page,
  selector: string,
  { limits, signal }: Pick<Visit, 'limits' | 'signal'>,
): Promise<Locator> {
  const all = tab.locator(`css=${selector}`)
  const visible = all.filter({ visible: true })
  const end = performance.now() + limits.settleSeconds * 1000
  for (;;) {
    signal.throwIfAborted()
    const shown = await visible.count()
    if (shown === 1) return visible
    const there = shown === 0 ? await all.count() : shown
    if (there === 1 && (await all.getAttribute('type')) === 'checkbox') return all
    if (performance.now() > end) {
      const met = there === 0 ? 'none' : shown === 0 ? 'only what is not shown' : `${shown} of them`
      throw notAsExpected(`one ${selector} (met ${met})`, await whatIsThere(tab))
    }
    await wait(50)
  }
}

/** Clicks once. What lies over the page and would take the click must be named as an obstacle by a person. */
export async function click(
  target: Locator,
  selector: string,
  { timeout, trial = false }: { timeout: number; trial?: boolean },
): Promise<void> {
  try {
    await target.click({ timeout, trial, noWaitAfter: true })
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    const covering = /(<[^\n]*?>)[^\n]* intercepts pointer events/.exec(error.message)?.[1]
    const met = covering === undefined ? 'it cannot be clicked' : `${covering} lies over it: is it an obstacle?`
    throw new PortalChanged(`expected to click ${selector}; ${met}`)
  }
}

/** For messages that say what was on the page instead. */
export function whatIsThere(tab: Page): Promise<Snapshot> {
  return takeSnapshot(tab, { table: 'table', marks: {} })
}
