import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { Failure } from '#scraper/failure.ts'
import { asFailure, Incomplete, PortalChanged } from '#scraper/failure.ts'
import { isQuiet, withinLimit } from './loads.ts'
import type { Look, Snapshot } from './snapshot.ts'
import { takeSnapshot } from './snapshot.ts'

/** What a look at a page says of it; what it is not, it may still become, so no look is the last word before the end. */
export type Judgement<T> =
  /** All that it announces is there; it counts at once where the page asks for nothing more. */
  | { kind: 'ready'; value: T }
  /** As it could be, but nothing on it says that this is all: it counts when the next look shows the same. */
  | { kind: 'likely'; value: T; shows: string }
  /** `atLast` is what it is worth if it stays so. */
  | { kind: 'not-yet'; failure: Failure; atLast?: T }

type Settle<T> = {
  look: Look
  settleSeconds: number
  judge: (snapshot: Snapshot) => Judgement<T>
  /** Between two looks that found nothing. */
  meanwhile?: () => Promise<unknown>
}

const firstPauseMs = 25
const longestPauseMs = 200
const equalForMs = 250

/** Looks again and again until the page is ready, for as long as it may take to settle. */
export async function settled<T>(page: Page, settle: Settle<T>): Promise<T> {
  return withinLimit(page, () => lookUntilReady(page, settle))
}

async function lookUntilReady<T>(page: Page, { look, settleSeconds, judge, ...also }: Settle<T>): Promise<T> {
  const end = performance.now() + settleSeconds * 1000
  let likely = { shows: '', since: 0 }
  let wasQuiet = true
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    wasQuiet &&= isQuiet(page)
    const snapshot = await snapshotOrNull(page, look)
    const judgement = snapshot && judge(snapshot)
    wasQuiet &&= isQuiet(page)
    const now = performance.now()
    if (judgement?.kind === 'ready' && wasQuiet) return judgement.value
    if (judgement && judgement.kind !== 'not-yet') {
      const shows = showsOf(judgement)
      if (shows !== likely.shows) likely = { shows, since: now }
      const isEqual = now - likely.since >= equalForMs
      if (isEqual && (isQuiet(page) || now > end)) return judgement.value
    }
    if (now > end + (judgement && judgement.kind !== 'not-yet' ? equalForMs : 0)) return atTheEnd(judgement)
    if (judgement?.kind === 'not-yet') await also.meanwhile?.()
    await wait(pause)
  }
}

/** What a page asked for may fill cells that are there already: then only what stays counts. */
function showsOf<T>(judgement: Exclude<Judgement<T>, { kind: 'not-yet' }>): string {
  return judgement.kind === 'likely' ? judgement.shows : JSON.stringify(judgement.value)
}

function atTheEnd<T>(judgement: Judgement<T> | null): T {
  if (judgement === null) throw new PortalChanged('the page goes on to another without end')
  if (judgement.kind !== 'not-yet') throw new Incomplete('the table changes from look to look')
  if (judgement.atLast === undefined) throw judgement.failure
  return judgement.atLast
}

/** Null while the page is just going on to another. */
async function snapshotOrNull(page: Page, look: Look): Promise<Snapshot | null> {
  try {
    return await takeSnapshot(page, look)
  } catch (error) {
    const said = asFailure(error).message
    if (/context was destroyed|navigat|Cannot find context|No frame for given id/i.test(said)) return null
    throw error
  }
}
