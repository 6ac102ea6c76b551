import type { Page } from 'playwright-core'
import { click } from '#scraper/elements.ts'
import { PortalChanged } from '#scraper/failure.ts'

/** Clicks the one element that is shown; two of the same kind (above and below a table) are as good as one. */
export async function clickSeen(tab: Page, selector: string): Promise<void> {
  const target = tab.locator(`css=${selector}`).filter({ visible: true }).first()
  if ((await target.count()) === 0) throw new PortalChanged(`expected to click ${selector}; it is gone`)
  await click(target, selector, { timeout: 10_000 })
}
