import type { Page } from 'playwright-core'
import { clearObstacles, doSteps } from '#scraper/do-steps.ts'
import type { Failure } from '#scraper/failure.ts'
import { PortalChanged, SessionLost } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import type { SignedIn, SignIn } from '#scraper/sign-in/sign-in.ts'
import type { Obstacle, Step } from '#scraper/step.ts'
import { limitLoads } from './loads.ts'
import { goTo, notAsExpected, pathOf } from './open-page.ts'
import { makePace } from './pace.ts'
import type { Judgement } from './settle.ts'
import { settled } from './settle.ts'
import type { Snapshot } from './snapshot.ts'
import { plain } from './table.ts'

/** A page on which a file or an answer is got, and what all loads for it share. */
export type SourcePage = {
  visit: Visit
  tab: Page
  source: { path: string; obstacles: Obstacle[]; prepare: Step[] }
  /** Null where nobody signs in, or nothing shows it. */
  signedIn: SignedIn | null
  /** To be awaited before each load. */
  pace: () => Promise<void>
}

type Parts = { tab: Page; source: SourcePage['source']; signIn: SignIn }

export function makeSourcePage(visit: Visit, { tab, source, signIn }: Parts): SourcePage {
  const signedIn = (signIn.kind !== 'none' && signIn.signedIn) || null
  return { visit, tab, source, signedIn, pace: makePace(visit) }
}

/** Opens the page; obstacles and steps are still to come. */
export async function openSourcePage({ visit, tab, source, pace }: SourcePage): Promise<void> {
  await limitLoads(tab, visit.limits.pageMegabytes)
  await visit.step(`open ${source.path}`, async () => {
    await pace()
    await goTo(tab, visit.address + source.path)
  })
}

export async function prepareSourcePage({ visit, tab, source }: SourcePage, steps = source.prepare): Promise<void> {
  await clearObstacles(tab, source.obstacles, visit)
  await doSteps(tab, steps, visit)
}

/** Waits until the page is ours and shows all marks; gives their texts. */
export async function proveOurs(
  { visit, tab, signedIn, source }: SourcePage,
  marks: Record<string, string>,
): Promise<Record<string, string>> {
  return settled(tab, {
    look: { marks: { ...marks, ...(signedIn && { account: signedIn.selector }) } },
    settleSeconds: visit.limits.settleSeconds,
    judge: (snapshot) => judge(snapshot, { signedIn, marks }),
    meanwhile: () => clearObstacles(tab, source.obstacles, visit),
  })
}

type Wanted = { signedIn: SignedIn | null; marks: Record<string, string> }

function judge(snapshot: Snapshot, wanted: Wanted): Judgement<Record<string, string>> {
  const failure = notOurs(snapshot, wanted)
  if (failure) return { kind: 'not-yet', failure }
  const texts = Object.keys(wanted.marks).map((name) => [name, snapshot.marks[name] ?? ''])
  return { kind: 'ready', value: Object.fromEntries(texts) as Record<string, string> }
}

function notOurs(snapshot: Snapshot, { signedIn, marks }: Wanted): Failure | null {
  const account = snapshot.marks['account'] ?? null
  const isOurs = signedIn === null || plain(account ?? '').includes(plain(signedIn.text))
  if (snapshot.passwordField) return passwordThere(snapshot, { isOurs, signedIn })
  if (!isOurs) return notAsExpected(`the account "${signedIn.text}" signed in (found: ${account ?? 'none'})`, snapshot)
  const missing = Object.entries(marks).find(([name]) => snapshot.marks[name] == null)
  return missing ? notAsExpected(`the ${missing[0]} at ${missing[1]}`, snapshot) : null
}

function passwordThere({ address }: Snapshot, given: { isOurs: boolean; signedIn: SignedIn | null }): Failure {
  const where = pathOf(address)
  if (given.signedIn === null) return new PortalChanged(`${where} asks for a password; the definition knows no account`)
  if (!given.isOurs) return new SessionLost(`${where} shows the sign-in form: the session has ended`)
  return new PortalChanged(`${where} shows a password field; is that so for whoever is signed in?`)
}
