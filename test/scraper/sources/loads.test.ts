import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { TooLarge } from '#scraper/failure.ts'
import { limitLoads } from '#scraper/sources/loads.ts'
import { goTo } from '#scraper/sources/open-page.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import { servePortal } from './a-small-portal.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

test('what is too large is named by its place alone: a query may hold a session', async () => {
  await using portal = await servePortal(() => ({ body: 'x'.repeat(20_000) }))
  await using browser = await browsers.share({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 5 })
  const tab = await browser.context.newPage()
  await limitLoads(tab, 0.01)
  await assert.rejects(goTo(tab, `${portal.url}/katalog?basket=S3CRET`), (error) => {
    assert.ok(error instanceof TooLarge)
    assert.match(error.message, /^http:\/\/127\.0\.0\.1:\d+\/katalog announces 1 MB; /)
    return true
  })
})
