import type { Page } from 'playwright-core'
import { clearObstacles } from '#scraper/do-steps.ts'
import { Blocked, Incomplete, PortalSlow, TooLarge } from '#scraper/failure.ts'
import type { Refused } from '#scraper/watch-refused.ts'
import { watchRefused } from '#scraper/watch-refused.ts'
import { readAnnounced } from './announced.ts'
import { mostPages } from './by-parameter.ts'
import { clickSeen } from './click-seen.ts'
import { countAnew, isQuiet } from './loads.ts'
import { atPage } from './open-page.ts'
import type { Judgement } from './settle.ts'
import { settled } from './settle.ts'
import type { Seen, Snapshot } from './snapshot.ts'
import type { TableReading } from './table-tab.ts'
import { settlePage } from './table-tab.ts'
import type { Turning } from './turn-pages.ts'

/** How far the table has grown; `total` is what the page announces. */
type Growth = { rows: number; more: boolean; total: number | null }
type Clicking = { button: string; before: Growth }

/** Clicks for more as long as there is a button for it, and reads the table once it is complete. */
export async function readLoadMore(reading: TableReading, { tab, first, take }: Turning): Promise<void> {
  const { visit, source } = reading
  if (source.paging.by !== 'load-more') return
  const { button } = source.paging
  let grown: Growth = { rows: first.rows, more: hasMore(first.next), total: first.announced?.total ?? null }
  for (let clicks = 1; grown.more; clicks++) {
    if (clicks > mostPages) throw new TooLarge(`more than ${mostPages} clicks on ${button}`)
    const before = grown
    grown = await visit.step(`more after ${before.rows} rows`, () =>
      atPage(tab, () => clickForMore(reading, tab, { button, before })),
    )
  }
  take(await visit.step('all rows', () => atPage(tab, () => settlePage(reading, tab, { page: 1 }))))
}

async function clickForMore(
  { visit, source, look, pace }: TableReading,
  tab: Page,
  clicking: Clicking,
): Promise<Growth> {
  await pace()
  await clearObstacles(tab, source.obstacles, visit)
  countAnew(tab)
  using watch = watchRefused(tab)
  await clickSeen(tab, clicking.button)
  const { limits } = visit
  // A button may stay though all is there.
  const settleSeconds = isAll(clicking.before) ? limits.settleSeconds : limits.pageSeconds
  const judge = (snapshot: Snapshot) =>
    judgeGrowth(snapshot, { ...clicking, refused: watch.refused(), isPending: !isQuiet(tab) })
  // Awaited, for the watch must not end before.
  return await settled(tab, { look: { ...look, countOnly: true }, settleSeconds, judge })
}

type Judging = Clicking & { refused: Refused | null; isPending: boolean }

/** Many a button hides itself while it loads: that it is gone is the end only where what it asked for was given. */
function judgeGrowth({ table, seen, marks }: Snapshot, judging: Judging): Judgement<Growth> {
  const { before, refused, isPending } = judging
  const total = marks['total'] == null ? null : readAnnounced(marks['total']).total
  const grown = { rows: table?.count ?? 0, more: hasMore(seen['next']), total }
  const isBusy = (seen['busy'] ?? []).length > 0
  const isEnd = !grown.more && refused === null && !isPending
  if (!isBusy && (grown.rows > before.rows || isEnd))
    return { kind: 'likely', value: grown, shows: JSON.stringify(grown) }
  const failure = noMore(judging, grown)
  return { kind: 'not-yet', failure, ...(isAll(before) && { atLast: { ...before, more: false } }) }
}

function noMore({ button, before, refused, isPending }: Judging, { more }: Growth): Blocked | Incomplete | PortalSlow {
  const words = `${button} is ${more ? 'still there' : 'gone'}, but a click on it brings no more than ${before.rows} rows`
  if (refused !== null) {
    const why = `${words}: ${refused.said}`
    return refused.status === 429 ? new Blocked(why) : new Incomplete(why)
  }
  if (isPending && !more) return new PortalSlow(`${words}, and what the page asks for does not come`)
  return new Incomplete(words)
}

function isAll({ rows, total }: Growth): boolean {
  return rows === total
}

function hasMore(seen: Seen[] = []): boolean {
  return seen.some(({ enabled }) => enabled)
}
