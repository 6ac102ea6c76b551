import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { chromiumPath } from '#test/scraper/a-browser.ts'
import { renderWholeMails } from './whole-mails.ts'

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const schemes = ['light', 'dark'] as const
const widths = [360, 1280]
/** In these each part of the layout is seen; the checker takes its time. */
const shown = ['good-and-bad', 'never-told', 'long-and-foreign', 'bare, of a shop without a logo']
const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="40"/>'

let browser: Browser
let mails: Map<string, string>
before(async () => {
  mails = await renderWholeMails()
  browser = await chromium.launch({ executablePath: chromiumPath() })
})
after(() => browser.close())

for (const colorScheme of schemes) {
  for (const width of widths) {
    test(`every mail is accessible, ${colorScheme} and ${width} pixels wide`, async () => {
      const page = await openPage({ colorScheme, viewport: { width, height: 740 } })
      for (const name of shown) {
        await page.setContent(mails.get(name) ?? '')
        await page.evaluate(axe.source)
        const { violations, incomplete } = await page.evaluate(
          (values) => axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }),
          standards,
        )
        const said = [...violations, ...incomplete].map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join()}`,
        )
        assert.deepEqual(said, [], name)
      }
      await page.close()
    })
  }
}

test('a mail is never wider than the screen, and nothing in it than its place, from 320 pixels on', async () => {
  const page = await openPage({})
  for (const width of [320, 360, 480, 800]) {
    await page.setViewportSize({ width, height: 740 })
    for (const [name, html] of mails) {
      await page.setContent(html)
      // The white card cuts off what is too wide, so the page alone would not tell.
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('td')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(({ tagName, textContent }) => `${tagName} ${textContent.trim().slice(0, 60)}`),
      )
      assert.deepEqual(wide, [], `${name} at ${width} pixels`)
    }
  }
  await page.close()
})

test('by night all around and in the mail is dark', async () => {
  const page = await openPage({ colorScheme: 'dark' })
  await page.setContent(mails.get('good-and-bad') ?? '')
  const light = await page.evaluate(() =>
    [...document.querySelectorAll('body, body *')].flatMap((element) => {
      const { backgroundColor } = getComputedStyle(element)
      const parts = backgroundColor.match(/[\d.]+/g)?.map(Number) ?? []
      const isDark = parts[3] === 0 || Math.max(...parts.slice(0, 3)) < 80
      // The logo keeps a light ground, and the button is the one bright thing.
      return isDark || element.closest('.logo, .button')
        ? []
        : [`${element.outerHTML.slice(0, 80)}: ${backgroundColor}`]
    }),
  )
  assert.deepEqual(light, [])
  const logo = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.querySelector('.logo') ?? document.body)
    return { color, backgroundColor }
  })
  assert.deepEqual(logo, { color: 'rgb(31, 41, 51)', backgroundColor: 'rgb(255, 255, 255)' }, 'its words, if not shown')
  await page.close()
})

/** A page without a network, in which any picture is found. */
async function openPage(options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options)
  await page.route('**/*', (route) => route.fulfill({ contentType: 'image/svg+xml', body: picture }))
  return page
}
