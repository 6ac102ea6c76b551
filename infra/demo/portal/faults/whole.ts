import type { Listing } from '../table.ts'
import type { Fault } from './fault.ts'
import { everywhere, inHtml, inPages } from './fault.ts'

/** A part that looks like the whole (F6), and nothing that looks like a result (F7). */
export const wholeFaults = {
  'empty-page': {
    about: 'page 3 of the table is empty, with status 200 and the total as ever',
    failures: ['F6'],
    portals: inPages,
    bites: { page: 3 },
    listing: (listing) => ({ ...listing, rows: [] }),
  },
  'total-missing': {
    about: 'the portal no longer says how many rows there are',
    failures: ['F6'],
    portals: everywhere,
    listing: (listing) => ({ ...listing, total: null }),
  },
  'total-wrong': {
    about: 'the total is larger by 20 than what can be read',
    failures: ['F6'],
    portals: everywhere,
    listing: (listing) => moreTotal(listing, 20),
  },
  'total-moves': {
    about: 'each request is told another total',
    failures: ['F6'],
    portals: inPages,
    listing: (listing, { request }) => moreTotal(listing, request),
  },
  'short-page': {
    about: 'page 3 lacks three fifths of its rows, though the total stays',
    failures: ['F6'],
    portals: inPages,
    bites: { page: 3 },
    listing: (listing) => ({ ...listing, rows: listing.rows.slice(0, Math.ceil(listing.rows.length * 0.4)) }),
  },
  'page-repeats': {
    about: 'page 3 shows the rows of page 2 again',
    failures: ['F6', 'F11'],
    portals: inPages,
    bites: { page: 3 },
    listing: (listing) => ({ ...listing, rows: listing.all.slice(listing.size, listing.size + listing.rows.length) }),
  },
  'next-missing': {
    about: 'page 2 says that it is the last, though the total stays',
    failures: ['F6'],
    portals: inPages,
    bites: { page: 2 },
    listing: (listing) => ({ ...listing, pages: 2 }),
  },
  'empty-table': {
    about: 'the table has its headers, but no row',
    failures: ['F7'],
    portals: everywhere,
    listing: (listing) => ({ ...listing, rows: [], from: 0, to: 0, total: 0, pages: 1 }),
  },
  'half-gone': {
    about: 'half of the items are gone, and the total fits what is left',
    failures: ['F6'],
    portals: everywhere,
    items: (items) => items.filter((_, i) => i % 2 === 0),
  },
  'short-file': {
    about: 'the file lacks a third of its rows, though it and the page announce all',
    failures: ['F6'],
    portals: ['kontor'],
    bites: { at: ['table'] },
    listing: (listing) => ({ ...listing, rows: listing.rows.slice(0, Math.ceil((listing.rows.length * 2) / 3)) }),
  },
  'trailer-missing': {
    about: 'the file ends without its last line "Summe"',
    failures: ['F6'],
    portals: ['kontor'],
    bites: { at: ['table'] },
    listing: (listing) => ({ ...listing, total: null }),
  },
  'huge-page': {
    about: 'each answer with the table is larger by 40 MB',
    failures: ['F4'],
    portals: [...inHtml, 'northpine'],
    bites: { at: ['table'] },
    page: (text) =>
      text.includes('</table>') ? text.replace('</table>', () => `</table>${filler()}`) : text + filler(),
  },
} satisfies Record<string, Fault>

function moreTotal(listing: Listing, more: number): Listing {
  return { ...listing, total: (listing.total ?? 0) + more }
}

/** White space, so that data stay data. */
function filler(): string {
  return '\n'.repeat(40_000_000)
}
