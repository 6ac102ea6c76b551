import type { Observation, UnfitRow } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import type { Failure } from '#scraper/failure.ts'
import { asFailure, Incomplete, PortalChanged, PortalSlow, SessionLost } from '#scraper/failure.ts'
import type { SignedIn } from '#scraper/sign-in/sign-in.ts'
import { readAnnounced, readPages, rowsAnnounced } from './announced.ts'
import { checkWayOn, furtherLook } from './further-page.ts'
import { isBlank } from './is-blank.ts'
import { notAsExpected, pathOf } from './open-page.ts'
import type { Judgement } from './settle.ts'
import type { Look, RawTable, Seen, Snapshot } from './snapshot.ts'
import type { TableSource } from './source.ts'
import { findPlaces, plain, readRow } from './table.ts'
import type { PageRead } from './wholeness.ts'

/** A row that fits, where it stands, and the address of its own page. */
export type Item = { row: Observation; where: string; link: string | null }

/** A page of the table, read. */
export type TablePage = PageRead & {
  items: Item[]
  unfit: UnfitRow[]
  /** Rows that are there and not shown. */
  hidden: number
  /** Where the next ones are. */
  next: Seen[]
  /** Whatever else was looked for. */
  seen: Record<string, Seen[]>
}

export type Judging = {
  page: number
  source: TableSource
  columns: Column[]
  /** Null where nobody signs in. */
  signedIn: SignedIn | null
  origin: string
  /** Rows that this page must have, where they follow from the total. */
  rowsExpected?: number | undefined
  /** The page after the last may have none. */
  mayBeEmpty?: true
  /** Just opened: what leads on must stand on it. */
  isFirst?: true
}

/** What of a page must be looked at. */
export function lookOf(source: TableSource, signedIn: SignedIn | null): Look {
  const { table, skipRows, ignore, details, whole, busy, paging } = source
  return {
    table,
    skipRows,
    ignore,
    rowLink: details?.link,
    marks: {
      ...(signedIn && { account: signedIn.selector }),
      ...(whole.total && { total: whole.total }),
      ...(whole.pages && { pages: whole.pages }),
    },
    seen: {
      ...(whole.lastPage && { last: whole.lastPage }),
      ...(busy && { busy }),
      ...(paging.by === 'links' && { next: paging.links }),
      ...(paging.by === 'next' && { next: paging.next }),
      ...(paging.by === 'load-more' && { next: paging.button }),
      ...furtherLook(source),
    },
    wordsIfLacking: true,
  }
}

/** Judges a page: proves that it is ours and complete, and reads it. */
export function judgeTablePage(snapshot: Snapshot, judging: Judging): Judgement<TablePage> {
  const { table } = snapshot
  const failure = notOurs(snapshot, judging)
  if (failure || table === null) return { kind: 'not-yet', failure: failure ?? new Incomplete('no table') }
  try {
    return judgeRows(readPage(snapshot, { table, judging }), judging)
  } catch (error) {
    return { kind: 'not-yet', failure: asFailure(error) } // Its headers may still be on their way.
  }
}

/** What of the positive proof is not there. */
function notOurs(snapshot: Snapshot, judging: Judging): Failure | null {
  const { page, source, origin } = judging
  const { address, passwordField, table } = snapshot
  if (new URL(address).origin !== origin)
    return new PortalChanged(`page ${page} leads away from the portal ${origin}, to ${address.slice(0, 200)}`)
  const missing = missingMark(snapshot, judging)
  if (passwordField && source.passwordField !== 'allowed') return passwordThere(snapshot, { judging, missing })
  if (!snapshot.styled) return new PortalSlow(`the style sheets of page ${page} do not come`)
  if ((snapshot.seen['busy'] ?? []).length > 0)
    return new PortalSlow(`page ${page} is still at work: ${source.busy} does not go away`)
  return missing === null && table !== null ? null : notAsExpected(`page ${page} with ${missing}`, snapshot)
}

function missingMark({ marks, table }: Snapshot, { source, signedIn }: Judging): string | null {
  const account = marks['account'] ?? null
  if (signedIn && !plain(account ?? '').includes(plain(signedIn.text)))
    return `the account "${signedIn.text}" signed in (found: ${account?.slice(0, 80) ?? 'none'})`
  return table === null ? nameOf(source) : null
}

/** What the table announces of itself. */
function missingLine({ marks }: Snapshot, { whole }: TableSource): string | null {
  if (whole.total && marks['total'] == null) return `the line ${whole.total} that counts the rows`
  return whole.pages && marks['pages'] == null ? `the line ${whole.pages} that counts the pages` : null
}

function nameOf({ table }: TableSource): string {
  return typeof table === 'string' ? `the table ${table}` : `the rows ${table.row}`
}

export function tableMissing(snapshot: Snapshot, source: TableSource): Failure {
  return notAsExpected(`a page with ${nameOf(source)}`, snapshot)
}

type There = { judging: Judging; missing: string | null }

function passwordThere({ address, table }: Snapshot, { judging, missing }: There): Failure {
  const { page, signedIn } = judging
  const where = `page ${page} (${pathOf(address)})`
  if (missing === null && table) {
    return new PortalChanged(`${where} shows a password field beside the table; is that so for whoever is signed in?`)
  }
  if (signedIn)
    return new SessionLost(`page ${page} shows the sign-in form (${pathOf(address)}): the session has ended`)
  return new PortalChanged(`${where} asks for a password, where the definition signs nobody in`)
}

function readPage(snapshot: Snapshot, { table, judging }: { table: RawTable; judging: Judging }): TablePage {
  const { page, source, columns } = judging
  const { marks, seen } = snapshot
  const places = findPlaces(table, { ...source, columns })
  const missing = missingLine(snapshot, source)
  if (missing !== null) throw notAsExpected(`page ${page} with ${missing}`, snapshot)
  const read = table.rows.map((raw) => readRow(raw, { places, page }))
  return {
    page,
    headers: table.headers,
    rows: table.count,
    ...(marks['total'] != null && { announced: readAnnounced(marks['total']) }),
    ...(marks['pages'] != null && { pages: readPages(marks['pages']) }),
    ...(seen['last'] && { isLast: seen['last'].length > 0 }),
    items: read.flatMap((one) => (one.kind === 'fits' ? [one] : [])),
    unfit: read.flatMap((one) => (one.kind === 'unfit' ? [one.row] : [])),
    hidden: table.hidden ?? 0,
    next: seen['next'] ?? [],
    seen,
  }
}

/** Whether the rows of a page are all that it should have. */
function judgeRows(read: TablePage, judging: Judging): Judgement<TablePage> {
  const { announced, rows, items, unfit } = read
  const { page, source, rowsExpected, mayBeEmpty, isFirst } = judging
  const lacks = lacking(read, page)
  if (lacks !== null) return { kind: 'not-yet', failure: lacks }
  if (items.length === 0) {
    const said = unfit[0] ? `, but says "${unfit[0].said}"` : '; an empty table is no news'
    const words = `page ${page} has no row that is an item${said}`
    // A single one may say that the table is to come.
    const failure = unfit.length > 1 ? new PortalChanged(words) : new Incomplete(words)
    return { kind: 'not-yet', failure, ...(mayBeEmpty && rows === 0 && { atLast: read }) }
  }
  if (isFirst) checkWayOn(read, source)
  const isCounted = (announced && rowsAnnounced(announced) !== null) || [rowsExpected, announced?.total].includes(rows)
  if (isCounted && !items.some(hasBlank)) return { kind: 'ready', value: read }
  return { kind: 'likely', value: read, shows: JSON.stringify([items, unfit]) }
}

/** What the page announces and does not show. */
function lacking({ announced, rows, hidden }: TablePage, page: number): Incomplete | null {
  if (announced === undefined) return hidden > 0 ? notShown({ rows, hidden }, page) : null
  const expected = rowsAnnounced(announced)
  if (expected !== null && rows !== expected)
    return new Incomplete(`page ${page} has ${rows} rows, but announces "${announced.said}"`)
  return announced.total === 0 ? new Incomplete('the portal announces 0 rows; an empty table is no news') : null
}

function notShown({ rows, hidden }: Pick<TablePage, 'rows' | 'hidden'>, page: number): Incomplete {
  const met = `page ${page} hides ${hidden} more ${hidden === 1 ? 'row' : 'rows'} beside the ${rows} that it shows`
  return new Incomplete(
    `${met}, and nothing counts them; expected all rows to be shown: name what counts the rows in "whole" (total), ` +
      'or let skipRows match the hidden ones if they are no items',
  )
}

/** A cell without a word may be one that is still to be filled. */
function hasBlank({ row }: Item): boolean {
  return Object.values(row.cells).some(isBlank)
}
