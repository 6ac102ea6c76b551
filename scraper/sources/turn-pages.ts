import type { Page } from 'playwright-core'
import { readByLinks } from './by-links.ts'
import { readByNext } from './by-next.ts'
import { readByParameter } from './by-parameter.ts'
import { readLoadMore } from './load-more.ts'
import type { TablePage } from './table-page.ts'
import type { TableReading } from './table-tab.ts'
import { readFirst } from './table-tab.ts'

/** The first page, as it stands in the tab, and who takes the pages. */
export type Turning = { tab: Page; first: TablePage; take: (page: TablePage) => void }

/** Reads the first page and then all that follow, in the way of the source. */
export async function readAllPages(
  reading: TableReading,
  { tab, take, onFirst }: Pick<Turning, 'tab' | 'take'> & { onFirst?: () => Promise<void> },
): Promise<void> {
  const { paging } = reading.source
  const first = await readFirst(reading, tab)
  if (paging.by === 'load-more') return readLoadMore(reading, { tab, first, take })
  take(first)
  switch (paging.by) {
    case 'nothing':
      return
    case 'parameter':
      await Promise.all([onFirst?.(), readByParameter(reading, { tab, first, take, paging })])
      return
    case 'links':
      return readByLinks(reading, { tab, first, take })
    case 'next':
      return readByNext(reading, { tab, first, take })
    default:
      return paging satisfies never
  }
}
