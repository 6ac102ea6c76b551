import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Incoming } from '#core/broker/consume.ts'
import type { RunFinished } from '#core/domain/messages.ts'
import { SupplierId } from '#core/domain/ids.ts'
import { account } from '#infra/demo/portal/account.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { ensureChromium } from '#infra/setup/chromium.ts'
import { makeSay } from '#infra/setup/say.ts'
import { makeOpenBrowser } from '#scraper/browser.ts'
import { loadSuppliers } from '#scraper/load-suppliers.ts'
import { makeReadPortal } from '#scraper/read-portal.ts'
import { noMemory } from '#scraper/session-memory.ts'
import { chromiumPath } from '#test/scraper/a-browser.ts'
import { startChild } from '#test/support/child.ts'

/**
 * Runs one after the other, as a scraper has them over many hours: does anything grow, or stay behind? Every sixth meets
 * a portal whose table is not whole, so that evidence is taken too. `npm run soak -- [runs]`.
 */
const runs = Number(process.argv[2] ?? 60)
const id = SupplierId.parse('demo')
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

await ensureChromium(makeSay(), undefined)
const folder = await mkdtemp(join(tmpdir(), 'avizo-soak-'))
const profiles = join(folder, 'profiles')
await mkdir(profiles)
const port = await freePort()
const suppliers = await loadSuppliers({ folder: 'test/flow/suppliers-daily', variables: variables() })
const portal = await startChild('infra/demo/portal/main.ts', {
  PORTAL_PORT: String(port),
  HURTOWNIA_PORT: String(await freePort()),
  KONTOR_PORT: String(await freePort()),
  NORTHPINE_PORT: String(await freePort()),
  PORTAL_STATE: join(folder, 'portal.json'),
})
const readPortal = makeReader()
const samples: Sample[] = []
const failed: string[] = []
try {
  for (let number = 1; number <= runs; number++) await soakOnce(number)
} finally {
  await portal.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exitCode = judge() ? 0 : 1

type Sample = { megabytes: number; heap: number; browsers: number; folders: number; handles: number }

function variables(): Record<string, string> {
  return {
    SUPPLIER_DEMO_ADDRESS: `http://127.0.0.1:${port}`,
    SUPPLIER_DEMO_USERNAME: account.username,
    SUPPLIER_DEMO_PASSWORD: account.password,
  }
}

function makeReader() {
  const openBrowser = makeOpenBrowser({ executablePath: chromiumPath(), profiles })
  const log = { info: () => {}, warn: () => {} }
  const stopping = new AbortController().signal
  return makeReadPortal({ suppliers, openBrowser, stopping, sessionOf: () => noMemory, log })
}

async function soakOnce(number: number): Promise<void> {
  const isMoody = number % 6 === 0
  await setFault(isMoody ? 'short-page' : null)
  const ending = await readOnce(`demo-20261122T${String(number).padStart(6, '0')}Z-soak`)
  const expected = isMoody ? 'incomplete' : 'whole'
  const said = ending?.outcome === 'failed' ? ending.failure : (ending?.outcome ?? 'nothing')
  if (said !== expected) failed.push(`run ${number} ended ${said} instead of ${expected}`)
  const sample = await takeSample()
  samples.push(sample)
  if (number % 10 === 0 || number === runs) {
    const { megabytes, heap, browsers, folders, handles } = sample
    console.log(
      `run ${number}: ${megabytes.toFixed(1)} MB, ${heap.toFixed(1)} MB of it in use · ${browsers} browsers · ${folders} profiles · ${handles} open handles`,
    )
  }
}

/** One request, as the broker would hand it over; what the run says of itself is forgotten, but for its end. */
async function readOnce(run: string): Promise<RunFinished | null> {
  const kept: { ending: RunFinished | null } = { ending: null }
  const message: Incoming = {
    type: 'run.requested',
    id: run,
    body: { v: 1, supplier: id, run, number: 1, secondsAllowed: 120, why: 'schedule' },
    redelivered: false,
    publish: async (type, { body }) => {
      if (type === 'run.finished') kept.ending = body as RunFinished
    },
  }
  await readPortal(message)
  return kept.ending
}

async function setFault(fault: string | null): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/control/faults`, {
    method: 'POST',
    body: JSON.stringify({ fault }),
    headers: { 'content-type': 'application/json', connection: 'close' },
  })
  if (!answer.ok) throw new Error(`the portal took no fault: ${await answer.text()}`)
  await answer.body?.cancel()
}

async function takeSample(): Promise<Sample> {
  collectGarbage()
  return {
    megabytes: process.memoryUsage.rss() / 2 ** 20,
    heap: process.memoryUsage().heapUsed / 2 ** 20,
    browsers: browsersOf(profiles).length,
    folders: (await readdir(profiles)).length,
    handles: process.getActiveResourcesInfo().length,
  }
}

function browsersOf(where: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(where)
    } catch {
      return false // It ended meanwhile.
    }
  })
}

function judge(): boolean {
  const half = Math.floor(samples.length / 2)
  const [first, second] = [median(samples.slice(0, half)), median(samples.slice(half))]
  const grown = second / first - 1
  const handles = samples.map((sample) => sample.handles)
  const problems = [
    ...failed,
    ...(grown > 0.1 ? [`memory grew by ${percent(grown)} from the first half to the second`] : []),
    ...(samples.some(({ browsers, folders }) => browsers + folders > 0)
      ? ['a browser or its profile stayed behind']
      : []),
    ...((handles.at(-1) ?? 0) > Math.max(...handles.slice(0, half)) ? ['handles stayed open'] : []),
  ]
  console.log(`median memory ${first.toFixed(1)} MB, then ${second.toFixed(1)} MB (${percent(grown)})`)
  console.log(problems.length === 0 ? `${runs} runs: nothing grew, nothing was left` : problems.join('\n'))
  return problems.length === 0
}

function median(list: Sample[]): number {
  const sorted = list.map(({ megabytes }) => megabytes).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function percent(share: number): string {
  return `${share < 0 ? '' : '+'}${(share * 100).toFixed(1)} %`
}
