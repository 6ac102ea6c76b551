import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findChromium } from '#infra/setup/chromium.ts'
import type { BrowserWish, LentBrowser, OpenBrowser } from '#scraper/browser.ts'
import { contextOptions, makeOpenBrowser } from '#scraper/browser.ts'

export function chromiumPath(): string {
  const found = findChromium()
  if (found === undefined) throw new Error('no Chromium to test with; see "Chromium" in the output of npm start')
  return found
}

type TestBrowsers = {
  open: OpenBrowser
  /** A context of its own in the one browser of this file: for the many tests that are not about the browser itself. */
  share: OpenBrowser
  profiles: string
  clear(): Promise<void>
}

/** Opens real browsers, with profiles in a folder of the test's own. */
export async function makeTestBrowsers(): Promise<TestBrowsers> {
  const profiles = await mkdtemp(join(tmpdir(), 'avizo-test-browsers-'))
  const open = makeOpenBrowser({ executablePath: chromiumPath(), profiles })
  let shared: Promise<LentBrowser> | undefined
  return {
    open,
    profiles,
    async share(wish) {
      shared ??= open(wish)
      return shareOf(await shared, wish)
    },
    async clear() {
      await (await shared)?.[Symbol.asyncDispose]()
      await rm(profiles, { recursive: true, force: true })
    },
  }
}

async function shareOf({ context: whole, isOpen }: LentBrowser, wish: BrowserWish): Promise<LentBrowser> {
  const context = await whole.browser()?.newContext(contextOptions(wish))
  if (context === undefined) throw new Error('the shared browser is gone')
  context.setDefaultTimeout(wish.pageSeconds * 1000)
  return {
    context,
    isOpen,
    // A load that was stopped may keep its context for longer than anybody wants to know.
    [Symbol.asyncDispose]: () => Promise.race([context.close(), wait(2_000, undefined, { ref: false })]),
  }
}

export async function openTestPage(
  open: OpenBrowser,
  html: string,
): Promise<LentBrowser & { page: Awaited<ReturnType<LentBrowser['context']['newPage']>> }> {
  const browser = await open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 5 })
  const page = await browser.context.newPage()
  await page.setContent(html)
  return { ...browser, page }
}
