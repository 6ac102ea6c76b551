import PQueue from 'p-queue'
import { Incomplete, PortalChanged, TooLarge } from '#scraper/failure.ts'
import type { Paging } from './source.ts'
import type { TablePage } from './table-page.ts'
import type { Asked, TableReading } from './table-tab.ts'
import { codesOf, readAddress } from './table-tab.ts'
import type { Tabs } from './tabs.ts'
import { openTabs } from './tabs.ts'
import type { Turning } from './turn-pages.ts'

type ByParameter = Turning & { paging: Extract<Paging, { by: 'parameter' }> }

export const mostPages = 20_000

/** Pages whose number is known are read several at once; else one by one until there are no more. */
export async function readByParameter(reading: TableReading, turning: ByParameter): Promise<void> {
  const { tab, first, paging } = turning
  // Filters that were set stand in the address.
  const addressOf = addresses(tab.url(), { paging, rows: first.rows })
  const tabs = openTabs(reading.visit, reading.isSecondLook)
  const known = pagesKnown(first)
  const asked = (page: number): Asked & { address: string } => ({
    page,
    address: addressOf(page),
    ...(known !== null && { of: known }),
    ...(first.announced && { rowsExpected: Math.min(first.rows, first.announced.total - (page - 1) * first.rows) }),
  })
  return known === null
    ? readUntilEnd(reading, { ...turning, tabs, asked })
    : readKnown(reading, { ...turning, tabs, asked, known })
}

type Asking = ByParameter & { tabs: Tabs; asked: (page: number) => Asked & { address: string } }

async function readKnown(
  reading: TableReading,
  { take, tabs, asked, known }: Asking & { known: number },
): Promise<void> {
  if (known > mostPages) throw new TooLarge(`${known} pages are announced: more than ${mostPages}`)
  const { limits, signal } = reading.visit
  const queue = new PQueue({ concurrency: limits.pagesInParallel })
  const pages = Array.from({ length: known - 1 }, (_, i) => i + 2)
  const readOne = (page: number) => tabs.lend(async (own) => take(await readAddress(reading, own, asked(page))))
  try {
    await queue.addAll(pages.map((page) => () => readOne(page)), { signal }) // prettier-ignore
  } finally {
    queue.clear()
  }
}

/** An empty page, or one that is as the one before, is the end if the one after it is so too: else rows were left out. */
async function readUntilEnd(reading: TableReading, { first, take, tabs, asked, paging }: Asking): Promise<void> {
  const hasMark = first.isLast !== undefined
  const isEnd = (page: TablePage, last: TablePage) =>
    page.rows === 0 || [last, first].some((one) => codesOf(one) === codesOf(page))
  const read = (page: number) =>
    tabs.lend((own) => readAddress(reading, own, { ...asked(page), ...(!hasMark && { mayBeEmpty: true }) }))
  let last = first
  for (let page = 2; page <= mostPages; page++) {
    if (last.isLast) return
    const next = await read(page)
    if (page === 2 && next.rows > 0 && codesOf(next) === codesOf(first)) throw sameAsFirst(paging)
    if (isEnd(next, last)) {
      if (hasMark) throw new Incomplete(`page ${page} is as one before it, and none says that it is the last`)
      if (isEnd(await read(page + 1), last)) return
      throw new Incomplete(`page ${page} has no rows of its own, but page ${page + 1} has`)
    }
    take(next)
    last = next
  }
  throw new TooLarge(`more than ${mostPages} pages`)
}

/** A parameter that turns no pages would make the first of many the whole table. */
function sameAsFirst({ name, first }: ByParameter['paging']): PortalChanged {
  const asks = `does "${name}" turn the pages, and does it count from ${first}?`
  return new PortalChanged(
    `with "${name}" one higher the portal shows the rows of the first page again: ${asks} Where there is one page only, say paging: { by: 'nothing' }`,
  )
}

function pagesKnown({ announced, pages, rows }: TablePage): number | null {
  const byRows = announced && Math.ceil(announced.total / Math.max(rows, 1))
  return byRows === undefined && pages === undefined ? null : Math.max(byRows ?? 1, pages?.pages ?? 1)
}

function addresses(
  firstAddress: string,
  { paging, rows }: { paging: ByParameter['paging']; rows: number },
): (page: number) => string {
  return (page) => {
    const address = new URL(firstAddress)
    const value = paging.counts === 'rows' ? (page - 1) * rows : page - 1 + paging.first
    address.searchParams.set(paging.name, String(value))
    return address.href
  }
}
