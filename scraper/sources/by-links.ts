import { Incomplete, PortalChanged, TooLarge } from '#scraper/failure.ts'
import { addressOf } from './by-next.ts'
import { mostPages } from './by-parameter.ts'
import type { Seen } from './snapshot.ts'
import type { TablePage } from './table-page.ts'
import type { TableReading } from './table-tab.ts'
import { codesOf, readAddress } from './table-tab.ts'
import type { Turning } from './turn-pages.ts'

/**
 * Follows the links to pages that stand on each page, until all were read. A link whose text is a number is the page of
 * that number, whatever its address; "next" and "last" lead to addresses that numbers lead to as well.
 */
export async function readByLinks(reading: TableReading, { tab, first, take }: Turning): Promise<void> {
  const known = knownLinks(tab.url())
  known.meet(first, tab.url())
  for (let page = 2; page <= mostPages;) {
    const link = known.next()
    if (link === undefined) return known.checkNumbers()
    const read = await readAddress(reading, tab, { page, address: link.address })
    known.meet(read, link.address)
    // "First" and "previous" lead to the first page by another address than the one it was opened by.
    if (link.number === null && codesOf(read) === codesOf(first)) continue
    // The links of a long table do not come in the order of its pages.
    take({ ...read, page: link.number ?? read.pages?.current ?? page })
    page += 1
  }
  throw new TooLarge(`more than ${mostPages} pages`)
}

type Link = { address: string; number: number | null }

function knownLinks(firstAddress: string) {
  const met = new Set([firstAddress])
  const numbers = new Set([1])
  const waiting: Link[] = []
  const take = (seen: Seen, from: string) => {
    const address = addressOf(seen, from)
    if (address === null && !seen.address?.startsWith('http')) throw noAddress(seen)
    if (address === null || met.has(address)) return
    met.add(address)
    const number = numberOf(seen)
    if (number === null || !numbers.has(number)) waiting.push({ address, number })
    if (number !== null) numbers.add(number)
  }
  return {
    /** Links by numbers first: they say which page an address is. */
    meet({ next }: TablePage, from: string): void {
      const enabled = next.filter((seen) => seen.enabled)
      for (const seen of enabled) if (numberOf(seen) !== null) take(seen, from)
      for (const seen of enabled) if (numberOf(seen) === null) take(seen, from)
    },
    next: () => waiting.shift(),
    /** A gap in the numbers is a page that nobody linked to. */
    checkNumbers(): void {
      const highest = Math.max(...numbers)
      const missing = Array.from({ length: highest }, (_, i) => i + 1).filter((number) => !numbers.has(number))
      if (missing.length > 0)
        throw new Incomplete(`page ${missing.join(', ')} of ${highest} is linked from none of the others`)
    },
  }
}

function numberOf({ text }: Seen): number | null {
  return /^\d+$/.test(text) ? Number(text) : null
}

function noAddress({ text }: Seen): PortalChanged {
  return new PortalChanged(`the link "${text}" has no address to go to; is it paging by "next"?`)
}
