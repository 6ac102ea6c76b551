import type { Page } from 'playwright-core'
import { clearObstacles, doSteps } from '#scraper/do-steps.ts'
import { Incomplete } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import type { SignedIn, SignIn } from '#scraper/sign-in/sign-in.ts'
import { limitLoads, passCacheBy } from './loads.ts'
import { atPage, goTo } from './open-page.ts'
import { makePace } from './pace.ts'
import type { Judgement } from './settle.ts'
import { settled } from './settle.ts'
import type { Look, Snapshot } from './snapshot.ts'
import type { TableSource } from './source.ts'
import type { Judging, TablePage } from './table-page.ts'
import { judgeTablePage, lookOf } from './table-page.ts'
import { tryAgain } from './try-again.ts'

/** All that the reading of one table source shares. */
export type TableReading = {
  visit: Visit
  source: TableSource
  signedIn: SignedIn | null
  origin: string
  look: Look
  /** To be awaited before each page load. */
  pace: () => Promise<void>
  /** Everything is read once more: nothing may come from what the browser kept. */
  isSecondLook: boolean
}

/** A page that is asked for. */
export type Asked = Pick<Judging, 'page' | 'rowsExpected' | 'mayBeEmpty' | 'isFirst'> & { of?: number }

export function makeTableReading(
  visit: Visit,
  { source, signIn }: { source: TableSource; signIn: SignIn },
): TableReading {
  const signedIn = (signIn.kind !== 'none' && signIn.signedIn) || null
  const { origin } = new URL(visit.address)
  return { visit, source, signedIn, origin, look: lookOf(source, signedIn), pace: makePace(visit), isSecondLook: false }
}

/** The first page, with filters set and searches done. The sign-in may have ended on it. */
export async function readFirst(reading: TableReading, tab: Page): Promise<TablePage> {
  const { visit, source } = reading
  const address = visit.address + source.path
  await limitLoads(tab, visit.limits.pageMegabytes)
  let isThere = !reading.isSecondLook && tab.url() === address
  const open = anew(reading, tab, address)
  return tryAgain(visit, () =>
    atPage(tab, async () => {
      if (!isThere) await visit.step(`open ${source.path}`, open)
      isThere = false
      await clearObstacles(tab, source.obstacles, visit)
      await doSteps(tab, source.prepare, visit)
      return visit.step('page 1', () => settlePage(reading, tab, { page: 1, isFirst: true }))
    }),
  )
}

/** A page with an address of its own. */
export async function readAddress(
  reading: TableReading,
  tab: Page,
  asked: Asked & { address: string },
): Promise<TablePage> {
  const { visit } = reading
  const open = anew(reading, tab, asked.address)
  return tryAgain(visit, () =>
    visit.step(nameOf(asked), () =>
      atPage(tab, async () => {
        await open()
        return settlePage(reading, tab, asked)
      }),
    ),
  )
}

/** Goes to an address; what is asked for again is asked of the portal. */
function anew({ pace, isSecondLook }: TableReading, tab: Page, address: string): () => Promise<void> {
  let isAgain = isSecondLook
  return async () => {
    if (isAgain) await passCacheBy(tab)
    isAgain = true
    await pace()
    await goTo(tab, address)
  }
}

export function nameOf({ page, of }: Asked): string {
  return of === undefined ? `page ${page}` : `page ${page} of ${of}`
}

/** Waits until the page that is open in the tab is the one that is asked for, ours and complete. */
export async function settlePage(reading: TableReading, tab: Page, asked: Asked): Promise<TablePage> {
  return settled(tab, {
    ...settling(reading, tab),
    judge: (snapshot) => judgeTablePage(snapshot, judgingOf(reading, asked)),
  })
}

/** The same after a click, which must have changed the rows. */
export async function settleUnlike(
  reading: TableReading,
  tab: Page,
  { before, check, ...asked }: Asked & { before: TablePage; check: () => void },
): Promise<TablePage> {
  const judge = (snapshot: Snapshot): Judgement<TablePage> => {
    check()
    const judged = judgeTablePage(snapshot, judgingOf(reading, asked))
    if (judged.kind === 'not-yet' || codesOf(judged.value) !== codesOf(before)) return judged
    return {
      kind: 'not-yet',
      failure: new Incomplete(`the click changed nothing: the rows are those of page ${before.page}`),
    }
  }
  return settled(tab, { ...settling(reading, tab), settleSeconds: reading.visit.limits.pageSeconds, judge })
}

export function codesOf({ items }: TablePage): string {
  return items.map(({ row }) => row.code).toSorted().join('\n') // prettier-ignore
}

function settling({ look, visit, source }: TableReading, tab: Page) {
  const { settleSeconds } = visit.limits
  const meanwhile = () => clearObstacles(tab, source.obstacles, visit)
  return { look, settleSeconds, ...(source.obstacles.length > 0 && { meanwhile }) }
}

function judgingOf({ source, visit, signedIn, origin }: TableReading, asked: Asked): Judging {
  return { ...asked, source, columns: visit.columns, signedIn, origin }
}
