import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeTestBrowsers } from './a-browser.ts'
import { serveTablePortal } from './sources/a-table-portal.ts'

test('images, fonts and trackers are not loaded; styles, scripts and data are', async () => {
  const page = `<!doctype html><link rel=stylesheet href="/s.css"><script src="/a.js"></script>
    <script async src="http://www.google-analytics.com/a.js"></script><p class=f>Text</p>
    <img src="/a.png"><div class=b>.</div><script>fetch('/data')</script>`
  const css = `@font-face { font-family: f; src: url(/f.woff2) } .f { font-family: f } .b { background: url(/b.png) }`
  const portal = await serveTablePortal((url) =>
    url.pathname === '/s.css' ? { html: css, headers: { 'content-type': 'text/css' } } : page,
  )
  const browsers = await makeTestBrowsers()
  {
    await using browser = await browsers.open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
    const tab = await browser.context.newPage()
    const failed: string[] = []
    tab.on('requestfailed', (request) => failed.push(`${new URL(request.url()).host} ${request.failure()?.errorText}`))
    await tab.goto(portal.address, { waitUntil: 'load' })
    await tab.waitForFunction(() => document.fonts.status === 'loaded')
    assert.ok(await tab.evaluate(() => matchMedia('(hover: hover) and (pointer: fine)').matches), 'a mouse is there')
    assert.deepEqual(failed, ['www.google-analytics.com net::ERR_NAME_NOT_RESOLVED'])
  }
  await browsers.clear()
  await portal.close()
  assert.deepEqual(portal.asked.map(({ path }) => path).toSorted(), ['/', '/a.js', '/data', '/s.css'])
})
