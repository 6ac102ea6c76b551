import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { takeEvidence } from '#scraper/evidence.ts'
import { makeTestBrowsers, openTestPage } from './a-browser.ts'

const secrets = { username: 'obchod', password: 'tajne-heslo-2026' }
let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

test('secrets are blanked wherever they stand, before the picture is taken; the rest stays', async () => {
  await using browser = await openTestPage(
    browsers.open,
    `<meta name="csrf-token" content="tok-1"><script>const token = 'tok-2'</script>
     <p>velkoobchod, account obchod (tajne-heslo-2026)</p><a href="/x?sid=1&token=tok-3" title="obchod">x</a>
     <form><input name=_csrf type=hidden value=tok-4><input type=password value=tok-5><input name=q value="obchod">
     <div data-csrf="tok-6"></div></form>`,
  )
  await browser.page.locator('[type=password]').fill('tajne-heslo-2026')
  const { page = '', picture } = await takeEvidence(browser.page, secrets)
  assert.doesNotMatch(page, /tok-\d|tajne-heslo|\bobchod/)
  assert.match(page, /velkoobchod, account \[hidden\]/)
  assert.ok(picture)
  const shown = await browser.page.evaluate(() => {
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value)
    return `${document.body.innerText} ${fields.join(' ')}`
  })
  assert.doesNotMatch(shown, /tajne-heslo|account obchod/)
})

test('what style sheets hid is hidden in the kept page too, which has none', async () => {
  const html = `<style>.off { display: none } .sr { position: absolute; width: 1px; height: 1px; overflow: hidden }</style>
    <td>skladem<i class=off>vyprodáno</i><b class=sr>na dotaz</b>`
  await using browser = await openTestPage(browsers.open, `<table><tr>${html}</table>`)
  const { page = '' } = await takeEvidence(browser.page, secrets)
  await browser.page.setContent(page.replace(/<style>.*<\/style>/, ''))
  assert.equal(await browser.page.evaluate(() => document.querySelector('td')?.innerText), 'skladem')
})

test('evidence stays under 2 MB however large the page is', async () => {
  const html = Array.from(
    { length: 16_000 },
    (_, i) => `<p style="color:hsl(${i},90%,50%)">"řádek ${i}" \\ &lt;</p>`,
  ).join('\n')
  await using browser = await openTestPage(browsers.open, html)
  const evidence = await takeEvidence(browser.page, secrets)
  assert.match(evidence.page ?? '', /řádek 1"/)
  assert.ok(Buffer.byteLength(JSON.stringify(evidence)) < 2_000_000)
})

test('a page that is gone leaves its address and no error', async () => {
  await using browser = await openTestPage(browsers.open, 'x')
  await browser.page.close()
  assert.deepEqual(await takeEvidence(browser.page, secrets), { address: 'about:blank' })
})
