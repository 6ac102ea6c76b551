import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { Limits } from '#scraper/definition.ts'
import { clearObstacles, doSteps } from '#scraper/do-steps.ts'
import type { Failure } from '#scraper/failure.ts'
import { asFailure } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import { Step } from '#scraper/step.ts'
import { makeTestBrowsers } from './a-browser.ts'
import type { Play } from './sign-in/a-portal.ts'
import { servePortal } from './sign-in/a-portal.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

const names: string[] = []
function visitOf(pageSeconds: number): Pick<Visit, 'limits' | 'signal' | 'step'> {
  return {
    limits: Limits.parse({ pageSeconds, settleSeconds: 0.3 }),
    signal: new AbortController().signal,
    step: async (name, act) => {
      names.push(name)
      return act()
    },
  }
}
const visit = visitOf(6)

type Others = Record<string, ReturnType<Play>>
type Failed = Pick<Failure, 'kind' | 'message'>
type Done = { failure: Failed | null; text: string; path: string }

/** Does steps on a page, and says how it ended. */
async function on(
  html: string,
  steps: z.input<typeof Step>[],
  { others = {}, pageSeconds = 6 }: { others?: Others; pageSeconds?: number | undefined } = {},
): Promise<Done> {
  await using portal = await servePortal(({ path }) => others[path] ?? { html })
  await using browser = await browsers.share({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
  const tab = await browser.context.newPage()
  await tab.goto(portal.url)
  const failure = await failureOf(() => doSteps(tab, z.array(Step).parse(steps), visitOf(pageSeconds)))
  if (failure) return { failure, text: '', path: '' }
  return { failure, text: await tab.innerText('body'), path: new URL(tab.url()).pathname }
}

async function failureOf(act: () => Promise<unknown>): Promise<Failed | null> {
  try {
    await act()
    return null
  } catch (error) {
    const { kind, message, page } = asFailure(error)
    assert.ok(page, 'a failure knows its page')
    return { kind, message }
  }
}

const filters = `<form action="/results"><input id="q" name="q"><label><input type="checkbox" id="all" style="display:none">all</label>
  <select id="brand"><option value="">any<option value="b1">Brand&nbsp;One<option value="b2">Brand Two</select>
  <button id="go">Search</button></form><p id="out"></p>`

test('fields are filled, chosen and checked, and a click brings a new page', async () => {
  const script = `<script>document.forms[0].onsubmit = () => { localStorage.setItem('was', [q.value, brand.value, all.checked]) }</script>`
  const results = { html: '<table id="hits"></table><script>document.write(localStorage.getItem("was"))</script>' }
  const { failure, text, path } = await on(
    filters + script,
    [
      { do: 'fill', target: '#q', text: 'figurka' },
      { do: 'select', target: '#brand', option: 'Brand Two' },
      { do: 'check', target: '#all' },
      { do: 'click', target: '#go', effect: { loads: true, path: '/results' } },
    ],
    { others: { '/results?q=figurka': results } },
  )
  assert.equal(failure, null)
  assert.deepEqual([path, text.trim()], ['/results', 'figurka,b2,true'])
  assert.deepEqual(names, ['fill #q', 'select "Brand Two" in #brand', 'check #all', 'click #go'])
})

test('a filter that the page applies by itself is proved by its effect', async () => {
  const script = `<script>brand.onchange = () => setTimeout(() => { out.textContent = 'chosen ' + brand.value }, 300)</script>`
  const { failure, text } = await on(filters + script, [
    { do: 'select', target: '#brand', option: 'b1', effect: { shows: '#out:not(:empty)' } },
  ])
  assert.equal(failure, null)
  assert.match(text, /chosen b1/)
})

const reloads = `${filters}<script>brand.onchange = () => setTimeout(() => { location.href = '/?b=' + brand.value }, 10)</script>`
const fetches = `${filters}<script>brand.onchange = () => setTimeout(async () => {
  for (const part of [1, 2, 3]) out.textContent += await (await fetch('/part' + part)).text() }, 10)</script>`
const choose = { do: 'select' as const, target: '#brand', option: 'b1' }

test('a filter without an effect is done when the page that it reloads is there', async () => {
  const filtered = { html: `${filters.replace('value="b1"', '$& selected')}<p>only Brand One</p>`, waitMs: 700 }
  const { failure, text } = await on(reloads, [choose], { others: { '/?b=b1': filtered } })
  assert.equal(failure, null)
  assert.match(text, /only Brand One/)
})

test('a filter without an effect is done when all that the page asks for because of it has come', async () => {
  const waitMs = 300
  const parts = {
    '/part1': { html: 'one ', waitMs },
    '/part2': { html: 'two ', waitMs },
    '/part3': { html: 'three', waitMs },
  }
  const { failure, text } = await on(fetches, [choose], { others: parts })
  assert.equal(failure, null)
  assert.match(text, /one.*two.*three/)
})

test('a box that is as wanted already is left alone, whatever effect it would have, and that is said', async () => {
  const checked = `<input type="checkbox" id="all" checked onclick="location.href = '/'"><p id="out">all</p>`
  const { failure } = await on(checked, [{ do: 'check', target: '#all', effect: { shows: '#out' } }])
  assert.equal(failure, null)
  assert.equal(names.at(-1), '#all is checked already')
})

type Wrong = {
  title: string
  html?: string
  step: z.input<typeof Step>
  kind: string
  words: RegExp
  others?: Others
  /** Where nobody answers. */
  pageSeconds?: number
}
const wrong: Wrong[] = [
  {
    title: 'a click without its effect',
    step: { do: 'click', target: '#out', effect: { shows: '.hit' } },
    html: `${filters}<script>out.textContent = 'nothing'</script>`,
    kind: 'changed',
    words: /expected \.hit to show after click #out; met \/ "Portal" shows: .*nothing/,
  },
  {
    title: 'an effect that is there before the step',
    step: { do: 'click', target: '#go', effect: { shows: '#q' } },
    kind: 'changed',
    words: /it is so before/,
  },
  {
    title: 'an element that is not there',
    step: { do: 'fill', target: '#query', text: 'x' },
    kind: 'changed',
    words: /expected one #query \(met none\)/,
  },
  {
    title: 'two elements where one is meant',
    step: { do: 'click', target: '#go, #q', effect: { loads: true } },
    kind: 'changed',
    words: /2 of them/,
  },
  {
    title: 'an element that is hidden',
    html: '<button id="go" hidden>Search</button>',
    step: { do: 'click', target: '#go', effect: { loads: true } },
    kind: 'changed',
    words: /only what is not shown/,
  },
  {
    title: 'an option that is not there',
    step: { do: 'select', target: '#brand', option: 'Brand Three' },
    kind: 'changed',
    words: /option "Brand Three" in #brand; met "any", "Brand One", "Brand Two"/,
  },
  {
    title: 'a checkbox that does not stay',
    html: `${filters}<script>all.onclick = () => setTimeout(() => {}); all.onchange = () => { all.checked = false }</script>`,
    step: { do: 'check', target: '#all' },
    kind: 'changed',
    words: /#all does not stay checked/,
  },
  {
    title: 'a filter that the page loaded because of it does not show',
    html: reloads,
    step: choose,
    others: { '/?b=b1': { html: filters } },
    kind: 'changed',
    words: /#brand does not stay at "b1"/,
  },
  {
    title: 'a filter that is gone from the page loaded because of it',
    html: reloads,
    step: choose,
    others: { '/?b=b1': { html: '<table></table>' } },
    kind: 'changed',
    words: /after select "b1" in #brand the page has no single #brand any more; .* give the step an effect/,
  },
  {
    title: 'a page that answers 503 to a filter without an effect',
    html: reloads,
    step: choose,
    others: { '/?b=b1': { status: 503, html: 'Sorry' } },
    kind: 'down',
    words: /\/ answers 503/,
  },
  {
    title: 'a filter without an effect whose rows are refused',
    html: fetches,
    step: choose,
    others: { '/part1': { status: 500, html: 'Sorry' } },
    kind: 'incomplete',
    words: /after select "b1" in #brand the page asks for something that it does not get: \/part1 answers 500/,
  },
  {
    title: 'a filter without an effect whose rows never come',
    html: fetches,
    step: choose,
    others: { '/part1': 'cut' },
    kind: 'incomplete',
    words: /that it does not get: \/part1 gives no answer/,
  },
  {
    title: 'a filter without an effect that is too much for the portal',
    html: fetches,
    step: choose,
    others: { '/part1': { status: 429, html: 'Slower' } },
    kind: 'blocked',
    words: /\/part1 answers 429/,
  },
  {
    title: 'a page that never answers a filter without an effect',
    html: fetches,
    step: choose,
    others: { '/part1': 'never' },
    pageSeconds: 2,
    kind: 'slow',
    words: /after select "b1" in #brand the page asks for something without end, still after 2 s/,
  },
  {
    title: 'a page that answers 503 to the click',
    step: { do: 'click', target: '#go', effect: { shows: '.hit' } },
    others: { '/results?q=': { status: 503, html: 'Sorry' } },
    kind: 'down',
    words: /\/results answers 503/,
  },
  {
    title: 'a page that never answers the click',
    step: { do: 'click', target: '#go', effect: { shows: '.hit' } },
    others: { '/results?q=': 'never' },
    pageSeconds: 2,
    kind: 'slow',
    words: /\.hit to show did not come within 2 s of click #go/,
  },
]
for (const { title, html = filters, step, kind, words, others = {}, pageSeconds } of wrong) {
  test(`${title} (${kind})`, async () => {
    const { failure } = await on(html, [step], { others, pageSeconds })
    assert.equal(failure?.kind, kind, failure?.message)
    assert.match(failure.message, words)
  })
}

async function onPage<T>(html: string, act: (tab: Page) => Promise<T>): Promise<T> {
  await using browser = await browsers.share({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
  const tab = await browser.context.newPage()
  await tab.setContent(html)
  return await act(tab)
}

const banner = { name: 'cookies', shows: '#banner', click: '#banner button' }

test('an obstacle is clicked away where it is there, and said', async () => {
  const there = `<div id="banner">Cookies <button onclick="setTimeout(() => this.parentNode.remove(), 200)">OK</button></div>`
  const cleared = await onPage(there, async (tab) => [
    await clearObstacles(tab, [banner], visit),
    await tab.locator('#banner').count(),
    await clearObstacles(tab, [banner], visit),
  ])
  assert.deepEqual(cleared, [[banner], 0, []])
})

test('an obstacle that stays is a changed portal', async () => {
  const failure = await onPage('<div id="banner"><button>OK</button></div>', (tab) =>
    failureOf(() => clearObstacles(tab, [banner], visitOf(2))),
  )
  assert.deepEqual(failure, { kind: 'changed', message: '#banner is still there after a click on #banner button' })
})
