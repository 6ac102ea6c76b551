import { readdir, readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { account } from '#infra/demo/portal/account.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { demoItems } from '#infra/demo/portal/items.ts'
import { makeReadPortal } from '#scraper/read-portal.ts'
import { noMemory } from '#scraper/session-memory.ts'
import { chromiumPath, makeTestBrowsers } from '#test/scraper/a-browser.ts'
import { makeLog, makeRecorder, request } from '#test/scraper/a-run.ts'
import { supplierOf, suppliersOf } from '#test/scraper/a-supplier.ts'

const [pageSize, atOnce, rounds] = [50, 4, 3]

type Bench = {
  pages: number
  portal: Awaited<ReturnType<typeof servePortal>>
  browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
}

/** What a whole run costs beside a bare script that only loads the same pages, and beside the same table read cell by cell. */
export async function measurePages(pages: number): Promise<void> {
  const portal = await servePortal({ port: 0, items: demoItems('2026-11-21', pages * pageSize), pageSize })
  const browsers = await makeTestBrowsers()
  try {
    await compare({ pages, portal, browsers })
  } finally {
    await portal.close()
    await browsers.clear()
  }
}

async function compare(bench: Bench): Promise<void> {
  const { pages } = bench
  const bare: Cost[] = []
  const ours: Cost[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await costOf(() => loadBare(bench)))
    ours.push(await costOf(() => readWhole(bench)))
  }
  const peak = await peakMemory(() => readWhole(bench)) // Apart: to look costs as much as a page.
  const perCell = await secondsPerPage(bench)
  console.log(`${pages} pages of ${pageSize} rows, ${atOnce} at once, ${rounds} rounds each, medians`)
  tell('whole run', ours)
  tell('bare page loads', bare)
  const ratio = (of: keyof Cost) => (median(ours, of) / median(bare, of)).toFixed(2)
  console.log(`ratio            ${ratio('seconds')} by the clock, ${ratio('processor')} by the processor`)
  console.log(`peak memory      ${Math.round(peak)} MB, Chromium and this process with the portal in it`)
  console.log(
    `cell by cell     ${(perCell * pages).toFixed(0)} s  (${perCell.toFixed(2)} s for one page, times ${pages})`,
  )
}

/** The run as the scraper does it, from request to answer. */
async function readWhole({ pages, portal, browsers }: Bench): Promise<void> {
  const limits = { pagesInParallel: atOnce, delayMs: 0 }
  const secrets = { username: account.username, password: account.password }
  const recorder = makeRecorder()
  const read = makeReadPortal({
    suppliers: suppliersOf({ ...supplierOf({ limits }), address: portal.url, secrets }),
    openBrowser: browsers.open,
    stopping: new AbortController().signal,
    sessionOf: () => noMemory,
    log: makeLog(),
  })
  await read(request({ publish: recorder.publish, secondsAllowed: 600 }))
  const finished = recorder.finished()
  if (finished.outcome !== 'whole') throw new Error(finished.words)
  if (finished.rows !== pages * pageSize) throw new Error(`${finished.rows} rows`)
}

async function loadBare({ pages, portal }: Bench): Promise<void> {
  await withBareBrowser(portal.url, async (context) => {
    const numbers = Array.from({ length: pages }, (_, i) => i + 1)
    const loadNext = async (tab: Page) => {
      for (let page = numbers.shift(); page !== undefined; page = numbers.shift()) {
        await tab.goto(`${portal.url}/katalog?strana=${page}`, { waitUntil: 'domcontentloaded' })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, async () => loadNext(await context.newPage())))
  })
}

async function withBareBrowser(url: string, act: (context: BrowserContext) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'avizo-bare-'))
  const context = await chromium.launchPersistentContext(profile, { executablePath: chromiumPath() })
  try {
    const tab = await context.newPage()
    await tab.goto(`${url}/prihlaseni`, { waitUntil: 'domcontentloaded' })
    await tab.fill('[name=jmeno]', account.username)
    await tab.fill('[name=heslo]', account.password)
    await Promise.all([tab.waitForEvent('domcontentloaded'), tab.click('#prihlaseni button')])
    await act(context)
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
}

/** Seconds for one page whose cells are asked for one by one. */
async function secondsPerPage({ portal }: Bench): Promise<number> {
  let seconds = 0
  await withBareBrowser(portal.url, async (context) => {
    const tab = await context.newPage()
    await tab.goto(`${portal.url}/katalog?strana=2`, { waitUntil: 'domcontentloaded' })
    const cost = await costOf(async () => {
      const rows = tab.locator('#zbozi tbody tr')
      for (let row = 0; row < pageSize; row++) {
        for (let cell = 0; cell < 5; cell++) await rows.nth(row).locator('td').nth(cell).innerText()
      }
    })
    seconds = cost.seconds
  })
  return seconds
}

/** By the clock, and of the processor, which other work on the machine does not lengthen. */
type Cost = { seconds: number; processor: number }

async function costOf(act: () => Promise<void>): Promise<Cost> {
  const [began, spent] = [performance.now(), await processorSeconds()]
  await act()
  return { seconds: (performance.now() - began) / 1000, processor: (await processorSeconds()) - spent }
}

/** Of this process and of those that it began and that have ended: browsers do, in each round. */
async function processorSeconds(): Promise<number> {
  const { user, system } = process.cpuUsage()
  const stat = await readFile('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / 100
}

/** Most megabytes of this process and all that came of it, each page of memory counted once. */
async function peakMemory(act: () => Promise<void>): Promise<number> {
  let highest = 0
  let looking = Promise.resolve()
  const look = async () => {
    highest = Math.max(highest, await megabytesOf(process.pid))
  }
  const timer = setInterval(() => {
    looking = look()
  }, 500)
  try {
    await act()
  } finally {
    clearInterval(timer)
    await looking
  }
  return highest
}

async function megabytesOf(root: number): Promise<number> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const isOurs = (pid: number | undefined): boolean => pid === root || (!!pid && isOurs(parents.get(pid)))
  const sizes = [...parents.keys()].filter(isOurs).map(async (pid) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1000
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function median(costs: Cost[], of: keyof Cost): number {
  return costs.map((cost) => cost[of]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] as number
}

function tell(what: string, costs: Cost[]): void {
  const all = costs.map(({ seconds }) => seconds.toFixed(2)).join(', ')
  const [seconds, processor] = [median(costs, 'seconds').toFixed(2), median(costs, 'processor').toFixed(2)]
  console.log(`${what.padEnd(16)} ${seconds} s  (${all}), ${processor} s of the processor`)
}
