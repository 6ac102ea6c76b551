import type { Proof } from '#core/domain/messages.ts'
import { Incomplete, PortalChanged } from '#scraper/failure.ts'
import type { Announced, PagesAnnounced } from './announced.ts'

/** A page of a table as it was read; what it does not announce is absent. */
export type PageRead = {
  page: number
  headers: string[]
  /** All rows, also those that don't fit. */
  rows: number
  announced?: Announced
  pages?: PagesAnnounced
  isLast?: boolean
}

/** Proves that the pages are one whole table as far as the portal announces it, or says what is missing. */
export function proveWhole(read: PageRead[]): Proof[] {
  const ordered = read.toSorted((a, b) => a.page - b.page)
  const [first] = ordered
  if (first === undefined) throw new Incomplete('no page was read')
  for (const page of ordered) checkHeaders(page, first)
  const many = onPages(ordered.length)
  const proofs = [{ what: 'headers', said: `${first.headers.join(', ')} ${many}` }]
  if (first.announced) proofs.push({ what: 'rows', said: `${proveTotal(ordered, first.announced)} ${many}` })
  if (first.pages) proofs.push({ what: 'pages', said: provePages(ordered, first.pages) })
  if (first.isLast !== undefined) proofs.push({ what: 'last page', said: proveLast(ordered) })
  const rows = rowsOf(ordered)
  if (rows === 0) throw new Incomplete('not one row was read; an empty table is no news')
  return proofs
}

/** Whether a page could be shorter than it should be without anybody noticing: pages may be counted, rows are not. */
export function needsSecondLook(read: PageRead[]): boolean {
  return read.some(({ announced }) => announced === undefined)
}

/** What was seen twice was not seen by chance: the same codes, as many rows. */
export function proveEqual(
  first: { codes: Set<string>; rows: number },
  second: { codes: Set<string>; rows: number },
): Proof {
  const gone = [...first.codes].filter((code) => !second.codes.has(code))
  const come = [...second.codes].filter((code) => !first.codes.has(code))
  if (gone.length > 0 || come.length > 0 || first.rows !== second.rows) {
    const differing = [...gone, ...come].slice(0, 3).map((code) => `"${code}"`)
    const such = differing.length > 0 ? `, such as ${differing.join(', ')}` : ''
    throw new Incomplete(
      `read twice, ${first.rows} rows and then ${second.rows}; ${gone.length + come.length} codes were not there both times${such}`,
    )
  }
  return { what: 'read twice', said: `nothing counts the rows; read twice, the same ${first.rows} rows` }
}

function checkHeaders({ page, headers }: PageRead, first: PageRead): void {
  if (inOrder(headers) === inOrder(first.headers)) return
  throw new PortalChanged(
    `page ${page} has the headers ${headers.join(', ')}, page ${first.page} ${first.headers.join(', ')}`,
  )
}

function proveTotal(ordered: PageRead[], { total }: Announced): string {
  if (total === 0) throw new Incomplete('the portal announces 0 rows; an empty table is no news')
  for (const { page, announced } of ordered) {
    if (announced?.total === total) continue
    throw new Incomplete(`page ${page} announces ${announced?.total ?? 'no'} rows, page ${ordered[0]?.page} ${total}`)
  }
  checkRanges(ordered.flatMap(({ page, announced }) => (announced ? [{ page, ...announced }] : [])))
  const rows = rowsOf(ordered)
  if (rows !== total) throw new Incomplete(`${rows} rows were read, but ${total} are announced`)
  return `${rows} rows read = ${total} announced`
}

/** Each page begins with the row after the one before it. */
function checkRanges(announced: (Announced & { page: number })[]): void {
  let next = 1
  for (const { page, from, to } of announced.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0))) {
    if (from === undefined || to === undefined) return
    if (from !== next) throw new Incomplete(`page ${page} begins with row ${from}, expected ${next}`)
    next = to + 1
  }
}

function provePages(ordered: PageRead[], { pages }: PagesAnnounced): string {
  for (const { page, pages: said } of ordered) {
    if (said?.pages !== pages)
      throw new Incomplete(`page ${page} announces ${said?.pages ?? 'no'} pages, page ${ordered[0]?.page} ${pages}`)
  }
  if (ordered.length !== pages) throw new Incomplete(`${ordered.length} pages were read, but ${pages} are announced`)
  for (const { page, pages: said } of ordered) {
    if (said?.current === undefined || said.current === page) continue
    throw new PortalChanged(
      `page ${page} calls itself page ${said.current} of ${pages}: does the portal count from another number (paging.first)?`,
    )
  }
  return `${ordered.length} pages read = ${pages} announced`
}

function proveLast(ordered: PageRead[]): string {
  const marked = ordered.filter(({ isLast }) => isLast).map(({ page }) => page)
  const last = ordered.at(-1)?.page
  if (marked.length !== 1 || marked[0] !== last) {
    throw new Incomplete(
      `the mark of the last page stands on ${marked.length === 0 ? 'no page' : `page ${marked.join(', ')}`}, expected on page ${last}`,
    )
  }
  return `page ${last} says that it is the last`
}

function inOrder(headers: string[]): string {
  return headers.toSorted((a, b) => (a < b ? -1 : 1)).join('\n')
}

function rowsOf(pages: PageRead[]): number {
  return pages.reduce((sum, { rows }) => sum + rows, 0)
}

function onPages(count: number): string {
  return count === 1 ? 'on the one page' : `on all ${count} pages`
}
