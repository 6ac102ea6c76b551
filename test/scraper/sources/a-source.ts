import type { FailureKind, Observation, Proof, UnfitRow } from '#core/domain/messages.ts'
import type { OpenBrowser } from '#scraper/browser.ts'
import type { Evidence } from '#scraper/evidence.ts'
import { asFailure } from '#scraper/failure.ts'
import { makeHarvest } from '#scraper/harvest.ts'
import { noMemory } from '#scraper/session-memory.ts'
import { SignIn } from '#scraper/sign-in/sign-in.ts'
import { readSource } from '#scraper/sources/read-source.ts'
import { Source } from '#scraper/sources/source.ts'
import type { Kept } from '#scraper/visit.ts'
import { makeVisit } from '#scraper/visit.ts'
import { supplierWith } from '#test/scraper/a-supplier.ts'
import { account } from './a-small-portal.ts'

export const columns = [{ name: 'Termín', holds: 'availability' as const }]

type Wish = { open: OpenBrowser; address: string; source: unknown; limits?: object; signIn?: unknown }
export type Read = {
  proofs: Proof[]
  /** Without its page: what Playwright hangs on it must not be printed by an assertion. */
  failure: { kind: FailureKind; message: string; stack: string } | null
  observations: Observation[]
  unfit: UnfitRow[]
  steps: string[]
  evidence: Evidence | null
  seconds: number
}

const form = {
  kind: 'form',
  path: '/login',
  steps: [{ fill: { '#user': 'username', '#pass': 'password' }, submit: '#send' }],
  signedIn: { selector: '.account', text: account },
}

/** Reads a source in a browser of its own, as if the sign-in had just ended. */
export async function readIn({ open, address, source, limits = {}, signIn = form }: Wish): Promise<Read> {
  const supplier = supplierWith(() => Promise.resolve([]), {
    address,
    columns,
    limits: { delayMs: 0, pageSeconds: 10, settleSeconds: 0.4, tries: 2, tryAgainSeconds: 0.05, ...limits },
  })
  await using browser = await open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
  const observations: Observation[] = []
  const steps: string[] = []
  const kept: Kept = { taking: Promise.resolve(null) }
  const harvest = makeHarvest({ columns, part: (_, part) => void observations.push(...part) })
  const visit = makeVisit({
    supplier,
    harvest,
    progress: { step: () => Promise.resolve() },
    context: browser.context,
    signal: new AbortController().signal,
    endsAt: performance.now() + 60_000,
    kept,
    session: noMemory,
    onStep: ({ name, failed }) => void steps.push(failed ? `${name} (failed)` : name),
  })
  const began = performance.now()
  const tab = await browser.context.newPage()
  const result = await readSource(visit, { tab, source: Source.parse(source), signIn: SignIn.parse(signIn) }).catch(
    asFailure,
  )
  const ended = { steps, evidence: await kept.taking, seconds: (performance.now() - began) / 1000 }
  if (!Array.isArray(result)) {
    const { kind, message, stack = '', cause } = result
    const failure = { kind, message, stack: `${stack} ${cause instanceof Error ? cause.stack : ''}` }
    return { proofs: [], failure, observations, unfit: [], ...ended }
  }
  const { unfit = [] } = harvest.end()
  return { proofs: result, failure: null, observations, unfit, ...ended }
}
