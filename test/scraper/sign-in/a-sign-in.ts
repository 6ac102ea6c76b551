import type { Page } from 'playwright-core'
import { z } from 'zod'
import type { Proof } from '#core/domain/messages.ts'
import { SupplierId } from '#core/domain/ids.ts'
import type { OpenBrowser } from '#scraper/browser.ts'
import { Definition } from '#scraper/definition.ts'
import type { Failure } from '#scraper/failure.ts'
import { asFailure } from '#scraper/failure.ts'
import { makeHarvest } from '#scraper/harvest.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import type { SessionMemory } from '#scraper/robot.ts'
import { definePlatform } from '#scraper/robot.ts'
import { noMemory } from '#scraper/session-memory.ts'
import { signInTo } from '#scraper/sign-in/sign-in-to.ts'
import { SignIn } from '#scraper/sign-in/sign-in.ts'
import { makeVisit } from '#scraper/visit.ts'
import { account } from './a-portal.ts'

export const secrets = { username: 'obchod', password: 'tajne-heslo-2026' }
const platform = definePlatform({
  name: 'test',
  options: z.unknown(),
  read: () => Promise.resolve([]),
  readSaved: () => Promise.resolve([]),
})

/** A loaded supplier whose options are a sign-in. */
export function supplierAt(
  address: string,
  { signIn = {}, limits = {}, ...changes }: { signIn?: object; limits?: object; credentials?: string[] } = {},
): Supplier {
  const definition = Definition.parse({
    name: 'Small',
    number: 1,
    language: 'cs',
    timeZone: 'Europe/Prague',
    schedule: { cron: '0 7 * * *', jitterSeconds: 0 },
    columns: [{ name: 'Dostupnost', holds: 'availability' }],
    address,
    credentials: Object.keys(secrets),
    confirmAfterSeconds: 31,
    limits: { delayMs: 0, pageSeconds: 6, settleSeconds: 0.3, tryAgainSeconds: 0.1, tries: 2, ...limits },
    platform,
    options: { signIn },
    ...changes,
  })
  const robot = platform.robot(null)
  return { id: SupplierId.parse('small'), definition, hash: 'x', address, secrets, robot }
}

/** As a definition has it, with its defaults. */
export function plainForm(changes: object = {}): SignIn {
  return SignIn.parse({
    kind: 'form',
    path: '/login',
    steps: [{ fill: { '#user': 'username', '#pass': 'password' }, submit: '#send' }],
    signedIn: { selector: '.account', text: account },
    ...changes,
  })
}

type Try = {
  open: OpenBrowser
  address: string
  signIn: SignIn
  limits?: object
  session?: SessionMemory
  supplier?: Supplier
  secrets?: Record<string, string>
  path?: string
  look?: (tab: Page) => Promise<void>
}
/** Of the page only whether it is known: to print one, as an assertion does, takes for ever. */
export type Failed = Pick<Failure, 'kind' | 'message' | 'step' | 'stack'> & { hasPage: boolean }
export type Tried = { proofs: Proof[]; failure: Failed | null; progress: string[]; steps: string[] }

/** One sign-in in a browser of its own, as a run would do it. */
export async function trySignIn({
  open,
  address,
  signIn,
  limits = {},
  session = noMemory,
  ...wish
}: Try): Promise<Tried> {
  const supplier = wish.supplier ?? supplierAt(address, { signIn, limits })
  await using browser = await open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
  const { context } = browser
  const progress: string[] = []
  const steps: string[] = []
  const visit = makeVisit({
    supplier: { ...supplier, secrets: { ...supplier.secrets, ...wish.secrets } },
    harvest: makeHarvest({ columns: [], part: () => {} }),
    progress: { step: async (step) => void progress.push(step) },
    context,
    signal: new AbortController().signal,
    endsAt: performance.now() + 60_000,
    kept: { taking: Promise.resolve(null) },
    session,
    onStep: ({ name }) => void steps.push(name),
  })
  const tab = await context.newPage()
  try {
    const proofs = await signInTo(visit, { tab, signIn, path: wish.path ?? '/katalog' })
    await wish.look?.(tab)
    return { proofs, failure: null, progress, steps }
  } catch (error) {
    const { kind, message, step, stack, page } = asFailure(error)
    return {
      proofs: [],
      failure: { kind, message, step, stack: `${stack}`, hasPage: page !== undefined },
      progress,
      steps,
    }
  }
}
