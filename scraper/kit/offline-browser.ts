import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

export type SavedPage = { html: string; address: string }
/** Opens saved pages at the addresses where they stood, and reaches nothing else. */
export type OfflineBrowser = AsyncDisposable & {
  open<T>(saved: SavedPage, read: (page: Page) => Promise<T>): Promise<T>
}

/** Nothing on the page may run: what it shows is what was kept. Without a sandbox, so that scripts count as allowed. */
const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "script-src 'none'" }
const nowhere = 'http://saved-page.invalid/'

/** One Chromium for all pages, started for the first of them. */
export function makeOfflineBrowser(chromiumPath: () => string): OfflineBrowser {
  let launched: Promise<Browser> | undefined
  return {
    async open({ html, address }, read) {
      launched ??= chromium.launch({ executablePath: chromiumPath() })
      const context = await (await launched).newContext({ serviceWorkers: 'block' })
      try {
        context.setDefaultTimeout(5_000)
        const target = /^https?:/.test(address) && URL.canParse(address) ? new URL(address).href : nowhere
        let served = false
        await context.route('**/*', (route) => {
          const isOurs = !served && route.request().isNavigationRequest()
          served = true
          return isOurs ? route.fulfill({ body: html, headers }) : route.abort()
        })
        const page = await context.newPage()
        await page.goto(target, { waitUntil: 'domcontentloaded' })
        return await read(page)
      } finally {
        await context.close()
      }
    },
    async [Symbol.asyncDispose]() {
      await (await launched)?.close()
    },
  }
}
