import { chromium } from 'playwright-core'
import type { OpenBrowser } from '#scraper/browser.ts'
import { submitsOnce } from '#scraper/browser.ts'
import { makeProfile, removeProfile } from '#scraper/orphans.ts'

/** A browser on the screen, slow enough to be watched; unlike the scraper's own it shows pictures too. */
export function makeOpenVisible({
  executablePath,
  profiles,
}: {
  executablePath: string
  profiles: string
}): OpenBrowser {
  return async ({ language, timeZone, pageSeconds }) => {
    const profile = await makeProfile(profiles)
    const context = await chromium
      .launchPersistentContext(profile, {
        executablePath,
        headless: false,
        slowMo: 300,
        args: submitsOnce,
        handleSIGINT: false,
        locale: language === 'en' ? 'en-GB' : language,
        timezoneId: timeZone,
        viewport: null,
        serviceWorkers: 'block',
      })
      .catch(async (error: unknown) => {
        await removeProfile(profile)
        throw error
      })
    context.setDefaultTimeout(pageSeconds * 1000)
    return {
      context,
      isOpen: () => context.browser()?.isConnected() ?? false,
      async [Symbol.asyncDispose]() {
        await context.close().catch(() => {})
        await removeProfile(profile)
      },
    }
  }
}
