import PQueue from 'p-queue'
import type { Page } from 'playwright-core'
import type { UnfitRow } from '#core/domain/messages.ts'
import type { DetailsLook } from './detail-page.ts'
import { judgeDetails, lookOfDetails } from './detail-page.ts'
import { atPage, checkAnswer, load } from './open-page.ts'
import { settled } from './settle.ts'
import type { Item, TablePage } from './table-page.ts'
import type { TableReading } from './table-tab.ts'
import type { Tabs } from './tabs.ts'
import { openTabs } from './tabs.ts'
import { tryAgain } from './try-again.ts'

type Read = { item: Item } | { unfit: UnfitRow }

/** Reads the page of each item, several at once, and puts its cells beside those of the list. */
export async function readDetails(
  reading: TableReading,
  { pages, details }: { pages: TablePage[]; details: DetailsLook },
): Promise<TablePage[]> {
  const { limits, signal } = reading.visit
  const tabs = openTabs(reading.visit)
  const queue = new PQueue({ concurrency: limits.pagesInParallel })
  const readOne = (item: Item) => readItem(reading, { item, details, tabs })
  const readPage = async (page: TablePage) => {
    const read = await queue.addAll(page.items.map((item) => () => readOne(item)), { signal }) // prettier-ignore
    const items = read.flatMap((one) => ('item' in one ? [one.item] : []))
    const torn = read.flatMap((one) => ('unfit' in one ? [one.unfit] : []))
    return { ...page, items, unfit: [...page.unfit, ...torn] }
  }
  try {
    return await Promise.all(pages.map(readPage))
  } finally {
    queue.clear()
  }
}

type Reading = { item: Item; details: DetailsLook; tabs: Tabs }

async function readItem(reading: TableReading, { item, details, tabs }: Reading): Promise<Read> {
  const { link, row } = item
  if (link === null || new URL(link).origin !== reading.origin) {
    const said = link === null ? `no link ${details.link}` : `a link away from the portal, to ${link}`
    return unfit(item, said)
  }
  const open = (tab: Page) =>
    reading.visit.step(`item ${row.code}`, () => atPage(tab, () => openItem(reading, tab, { item, link, details })))
  return tabs.lend((tab) => tryAgain(reading.visit, () => open(tab)))
}

type Opening = { item: Item; link: string; details: DetailsLook }

async function openItem(
  { visit, pace, signedIn, origin }: TableReading,
  tab: Page,
  { item, link, details }: Opening,
): Promise<Read> {
  const { row } = item
  await pace()
  const answer = await load(tab, link)
  const status = answer?.status() ?? 200
  if (status === 404 || status === 410) return unfit(item, `its page answers ${status}`)
  checkAnswer(answer)
  const cells = await settled(tab, {
    look: lookOfDetails(details, signedIn),
    settleSeconds: visit.limits.settleSeconds,
    judge: (snapshot) => judgeDetails(snapshot, { code: row.code, details, signedIn, origin }),
  })
  if ('missing' in cells) return unfit(item, `its page has no ${cells.missing}`)
  return { item: { ...item, row: { ...row, cells: { ...row.cells, ...cells.found } } } }
}

function unfit({ row: { code }, where }: Item, said: string): Read {
  return { unfit: { where, said: `${code}: ${said}`.slice(0, 200), code } }
}
