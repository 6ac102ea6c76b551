import type { Page } from 'playwright-core'
import type { Visit } from '#scraper/robot.ts'
import { limitLoads, passCacheBy } from './loads.ts'

/** Tabs of the visit's browser, used again and again. */
export type Tabs = { lend<T>(act: (tab: Page) => Promise<T>): Promise<T> }

export function openTabs({ context, limits }: Pick<Visit, 'context' | 'limits'>, isSecondLook = false): Tabs {
  const idle: Page[] = []
  const open = async () => {
    const tab = await context.newPage()
    await limitLoads(tab, limits.pageMegabytes)
    if (isSecondLook) await passCacheBy(tab)
    return tab
  }
  return {
    async lend(act) {
      const tab = idle.pop() ?? (await open())
      const result = await act(tab)
      idle.push(tab) // One on which something failed shows it, for the evidence.
      return result
    },
  }
}
