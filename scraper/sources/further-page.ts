import { PortalChanged } from '#scraper/failure.ts'
import { pathOf } from './open-page.ts'
import type { Seen } from './snapshot.ts'
import type { TableSource } from './source.ts'
import type { TablePage } from './table-page.ts'

const pagers = '[class*=pag i], [class*=strank i], [id*=pag i], [aria-label*=pag i], nav, [role=navigation]'

/** What shows that there is a page after this one, where nothing that the definition names counts rows or pages. */
export function furtherLook({ whole, paging, pager }: TableSource): Record<string, string> {
  if (whole.total || whole.pages || whole.lastPage || paging.by === 'parameter' || pager === 'ignored') return {}
  return { relNext: 'a[rel~=next]', pager: `:is(${pagers}) :is(a, button):not(tbody *)` }
}

type First = Pick<TablePage, 'announced' | 'pages' | 'isLast' | 'next' | 'seen'>
type Shown = { page: number; seen: Record<string, Seen[]> }

/**
 * Two equal reads prove that nothing was lost on the way, not that all pages were turned: a page that goes on after the
 * last one read is more than we know of.
 */
export function checkNothingFurther(pages: Shown[]): void {
  const further = furtherOf(pages.toSorted((a, b) => b.page - a.page)[0]?.seen ?? {}, pages.length)
  if (further === null) return
  throw new PortalChanged(
    `after ${pages.length === 1 ? 'the one page' : `the ${pages.length} pages`} that the definition reads, the portal leads on to ${further}; ` +
      'expected the end: name the links in "paging", or what counts the rows in "whole" ' +
      "(pager: 'ignored', if they belong to something else)",
  )
}

/** Of the first page: what leads on may have got another name, and the first page would pass for the whole table. */
export function checkWayOn({ announced, pages, isLast, next, seen }: First, { paging }: TableSource): void {
  const isAnnounced = announced !== undefined || pages !== undefined || isLast !== undefined
  if (isAnnounced || next.length > 0) return
  const selector = wayOn(paging)
  if (selector === null) return
  const further = furtherOf(seen, 1)
  throw new PortalChanged(
    `page 1 has no ${selector} to go on by, not even one that is disabled${further === null ? '' : `, but leads on to ${further}`}; ` +
      "expected it, for nothing counts the rows: where there is one page only, say paging: { by: 'nothing' }; " +
      'where there may be more, name what counts the rows in "whole"',
  )
}

function wayOn(paging: TableSource['paging']): string | null {
  switch (paging.by) {
    case 'links':
      return paging.links
    case 'next':
      return paging.next
    case 'load-more':
      return paging.button
    default:
      return null
  }
}

/** What looks as if it led to the page after so many. */
function furtherOf(seen: Record<string, Seen[]>, pages: number): string | null {
  const [relNext] = (seen['relNext'] ?? []).filter(({ enabled }) => enabled)
  const further = relNext ?? (seen['pager'] ?? []).find((one) => one.enabled && leadsOn(one.text, pages))
  if (further === undefined) return null
  return `"${further.text}"${further.address === null ? '' : ` (${pathOf(further.address)})`}`
}

const onwards = new Set(
  ['další', 'další strana', 'další stránka', 'následující', 'ďalej', 'ďalšia', 'ďalšia strana', 'nasledujúca'].concat(
    ['dalej', 'następna', 'następna strona', 'weiter', 'nächste', 'nächste seite', 'vor', 'next', 'next page'],
    ['›', '»', '>', '>>', '→', '⟩'],
  ),
)

function leadsOn(text: string, pages: number): boolean {
  const said = text.toLowerCase().replaceAll(/\s+/g, ' ').trim()
  const word = said.replace(/\s*[›»>→⟩]+$/u, '')
  return said === String(pages + 1) || onwards.has(said) || onwards.has(word)
}
