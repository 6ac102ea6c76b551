import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import type { NoticeContent } from '#core/domain/news.ts'
import { midJanuary, newsOf, notice } from '#templates/examples.ts'
import { oneLine } from '#templates/outside.ts'
import type { RenderedMail } from '#templates/render.ts'
import { makeRenderer } from '#templates/render.ts'
import type { Shop } from '#templates/view.ts'
import { chromiumPath } from '#test/scraper/a-browser.ts'
import { hostileTexts } from '#test/support/hostile-texts.ts'

let browser: Browser
let page: Page
let plain: Structure
before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath() })
  page = await browser.newPage()
  plain = await structureOf((await renderWith('x')).html)
})
after(() => browser.close())

for (const text of hostileTexts) {
  test(`nothing but text comes of ${JSON.stringify(text)}`, async () => {
    const mail = await renderWith(text)
    const found = await structureOf(mail.html)
    assert.deepEqual(found.elements, plain.elements, 'other elements, attributes or comments')
    assert.deepEqual(found.inOutlook, plain.inOutlook, 'other elements where conditional comments are read')
    assert.deepEqual(found.targets, plain.targets, 'links that lead elsewhere')
    assert.deepEqual(new Set(found.titles), new Set([oneLine(text, 'title')]))
    assert.doesNotMatch(mail.subject, /[\p{Cc}\u2028\u2029\u202A-\u202E]|\p{Surrogate}/u)
    assert.equal(
      mail.text.split(/\r\n|[\r\n\u2028\u2029\u0085]/).length,
      (await renderWith('x')).text.split('\n').length,
    )
    assert.doesNotMatch(mail.text, /(?!\n)\p{Cc}|[\u202A-\u202E]|\p{Surrogate}/u)
  })
}

async function renderWith(text: string): Promise<RenderedMail> {
  const shop: Shop = {
    name: text,
    url: `https://shop.example/${text}`,
    contact: text,
    delayTexts: { en: text },
    logo: { url: `https://shop.example/${text}`, width: 100, alt: text },
    footer: text,
    legal: text,
  }
  const content: NoticeContent = notice({
    language: 'en',
    order: { number: text, url: `https://shop.example/${text}` },
    customer: { name: text },
    news: [newsOf('delayed', { title: text }), newsOf('arrived', { line: text, title: '' })],
    others: [{ line: '2', title: text, quantity: 1, availability: midJanuary }],
  })
  return (await makeRenderer(shop)).render(content)
}

type Structure = { elements: string[]; inOutlook: string[]; targets: string[]; titles: string[] }

/** What a browser makes of the html, and what a program would that reads what is in conditional comments. */
async function structureOf(html: string): Promise<Structure> {
  const revealed = html.replace(/<!--\[if [^\]]*\]>|<!\[endif\]-->/g, '')
  const [seen, inOutlook] = await Promise.all([html, revealed].map((source) => page.evaluate(readStructure, source)))
  assert.ok(seen && inOutlook)
  return { ...seen, inOutlook: inOutlook.elements }
}

function readStructure(source: string): Omit<Structure, 'inOutlook'> {
  const read = new DOMParser().parseFromString(source, 'text/html')
  const elements: string[] = []
  const walker = read.createTreeWalker(read, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const attributes = node instanceof Element ? node.getAttributeNames().join(' ') : ''
    elements.push(`${node.nodeName} ${attributes}`)
  }
  const linked = [...read.querySelectorAll('[href], [src]')]
  const targets = linked.map(
    (element) => new URL(element.getAttribute('href') ?? element.getAttribute('src') ?? '').origin,
  )
  const titles = [...read.querySelectorAll('td bdi')]
    .filter((element) => element.closest('p') === null)
    .map(({ textContent }) => textContent)
  return { elements, targets, titles }
}
