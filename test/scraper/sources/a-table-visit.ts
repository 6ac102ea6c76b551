import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext } from 'playwright-core'
import type { z } from 'zod'
import type { Observation, Proof, UnfitRow } from '#core/domain/messages.ts'
import type { Failure } from '#scraper/failure.ts'
import { asFailure } from '#scraper/failure.ts'
import { makeHarvest } from '#scraper/harvest.ts'
import { Limits } from '#scraper/definition.ts'
import type { Visit } from '#scraper/robot.ts'
import { noMemory } from '#scraper/session-memory.ts'
import type { SignIn } from '#scraper/sign-in/sign-in.ts'
import { TableSource } from '#scraper/sources/source.ts'
import { readTableSource } from '#scraper/sources/table-source.ts'
import type { LentBrowser } from '#scraper/browser.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import type { Answer, Item, TablePortal } from './a-table-portal.ts'
import { account, serveTablePortal } from './a-table-portal.ts'

export type Outcome = {
  failure: Failure | null
  proofs: Proof[]
  rows: Observation[]
  unfit: UnfitRow[]
  steps: string[]
  kept: number
}

const columns = [{ name: 'Dostupnost', holds: 'availability' as const }]
export const signIn: SignIn = {
  kind: 'form',
  path: '/prihlaseni',
  obstacles: [],
  steps: [{ fill: { '#heslo': 'password' }, submit: 'button' }],
  signedIn: { selector: '.ucet', text: account },
  refused: [],
  blocked: [],
  remember: false,
}

type Wish = {
  context: BrowserContext
  address: string
  source?: Partial<z.input<typeof TableSource>>
  limits?: Partial<z.input<typeof Limits>>
  signIn?: SignIn
}

/** Reads a table as a robot does that is signed in already. */
export async function readTableAt({ context, address, source = {}, limits = {}, ...wish }: Wish): Promise<Outcome> {
  const outcome: Outcome = { failure: null, proofs: [], rows: [], unfit: [], steps: [], kept: 0 }
  const harvest = makeHarvest({ columns, part: () => {} })
  const visit: Visit = {
    address,
    columns,
    limits: Limits.parse({ delayMs: 0, pageSeconds: 10, settleSeconds: 3, tryAgainSeconds: 0.1, ...limits }),
    context,
    signal: AbortSignal.timeout(60_000),
    secondsLeft: () => 60,
    credentials: () => Promise.reject(new Error('signed in already')),
    session: noMemory,
    signedIn: () => Promise.resolve(),
    async step(name, act) {
      outcome.steps.push(name)
      return act()
    },
    observe(rows) {
      harvest.observe(rows)
      outcome.rows.push(...rows)
    },
    unfit: (rows) => void outcome.unfit.push(...rows),
    keep: async () => void (outcome.kept += 1),
  }
  const fields = { code: ['Kód'], title: ['Název'] }
  const parsed = TableSource.parse({ kind: 'table', path: '/katalog', table: '#zbozi', fields, ...source })
  try {
    const tab = await context.newPage()
    outcome.proofs = await readTableSource(visit, { tab, source: parsed, signIn: wish.signIn ?? signIn })
  } catch (error) {
    outcome.failure = asFailure(error)
  } finally {
    // The browser's own first page stays: a browser without any goes its own ways.
    const closed = context.pages().slice(1).map((page) => page.close()) // prettier-ignore
    // A load that was stopped may keep its page for longer than anybody wants to know.
    await Promise.race([Promise.all(closed), wait(2_000)])
  }
  return outcome
}

type Hooks = Record<'before' | 'after', (act: () => Promise<void>) => void>

/** One browser for all tests of a file; each reads a portal of its own. */
export function useBrowser({ before, after }: Hooks) {
  let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
  let browser: LentBrowser
  before(async () => {
    browsers = await makeTestBrowsers()
    browser = await browsers.open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
  })
  after(async () => {
    await browser[Symbol.asyncDispose]()
    await browsers.clear()
  })
  return {
    async read(
      answer: (url: URL, times: number) => string | Answer,
      wish: Omit<Wish, 'context' | 'address'> = {},
    ): Promise<Outcome & Pick<TablePortal, 'asked'>> {
      const portal = await serveTablePortal(answer)
      try {
        const { address, asked } = portal
        return { ...(await readTableAt({ context: browser.context, address, ...wish })), asked }
      } finally {
        await portal.close()
      }
    },
    page: () => browser.context.newPage(),
  }
}

export function whole({ failure, rows }: Outcome, expected: Item[]): void {
  assert.equal(failure?.message, undefined) // A failure holds its page, which nobody could print.
  const seen = rows.map(({ code, title, cells }) => [code, title, cells['Dostupnost']])
  assert.deepEqual(seen.toSorted(byCode), expected.toSorted(byCode))
}

function byCode(a: unknown[], b: unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1
}

export function failed({ failure, rows }: Outcome, kind: string, words: RegExp): void {
  assert.ok(failure, `expected a failure, met ${rows.length} rows`)
  assert.equal(failure.kind, kind, failure.message)
  assert.match(failure.message, words)
}

export function whats({ proofs }: Outcome): string[] {
  return proofs.map(({ what }) => what)
}
