import type { Page } from 'playwright-core'
import { clearObstacles } from '#scraper/do-steps.ts'
import { Incomplete, TooLarge } from '#scraper/failure.ts'
import { watchTraffic } from '#scraper/traffic.ts'
import { mostPages } from './by-parameter.ts'
import { countAnew } from './loads.ts'
import { atPage, checkAnswer } from './open-page.ts'
import { clickSeen } from './click-seen.ts'
import type { Seen } from './snapshot.ts'
import type { TablePage } from './table-page.ts'
import type { TableReading } from './table-tab.ts'
import { codesOf, nameOf, readAddress, settleUnlike } from './table-tab.ts'
import type { Turning } from './turn-pages.ts'

/** Goes from page to page by the link or button to the next, until it is gone or disabled. */
export async function readByNext(reading: TableReading, { tab, first, take }: Turning): Promise<void> {
  let last = first
  for (let page = 2; page <= mostPages; page++) {
    const next = last.next.find(({ enabled }) => enabled)
    if (next === undefined) return
    const read = await turn(reading, tab, { next, last, page })
    if (codesOf(read) === codesOf(last))
      throw new Incomplete(`the way on from page ${last.page} leads to the same rows`)
    take(read)
    last = read
  }
  throw new TooLarge(`more than ${mostPages} pages`)
}

type Turn = { next: Seen; last: TablePage; page: number }

/** An address can be gone to again where it fails; a click cannot be taken back, so there is one. */
async function turn(reading: TableReading, tab: Page, { next, last, page }: Turn): Promise<TablePage> {
  const address = addressOf(next, tab.url())
  if (address !== null) return readAddress(reading, tab, { page, address })
  const { visit, source, pace } = reading
  return visit.step(nameOf({ page }), () =>
    atPage(tab, async () => {
      await pace()
      await clearObstacles(tab, source.obstacles, visit)
      using traffic = watchTraffic(tab)
      countAnew(tab)
      await clickSeen(tab, source.paging.by === 'next' ? source.paging.next : '')
      return await settleUnlike(reading, tab, { page, before: last, check: () => checkAnswer(traffic.answer()) })
    }),
  )
}

/** Null where the link leads nowhere by itself. */
export function addressOf({ address }: Seen, from: string): string | null {
  if (address === null || !/^https?:/.test(address)) return null
  const [bare, here] = [address.split('#')[0], from.split('#')[0]]
  return bare === here ? null : address
}
