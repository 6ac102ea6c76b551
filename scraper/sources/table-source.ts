import type { Page } from 'playwright-core'
import type { Observation, Proof } from '#core/domain/messages.ts'
import { Defect } from '#scraper/failure.ts'
import type { Saved, Visit } from '#scraper/robot.ts'
import { proveCanary } from './canary.ts'
import { readDetails } from './details.ts'
import { checkNothingFurther } from './further-page.ts'
import { atPage } from './open-page.ts'
import type { Reading, SavedReading } from './read-source.ts'
import { takeSnapshot } from './snapshot.ts'
import type { TableSource } from './source.ts'
import { findPlaces, readRow } from './table.ts'
import type { TablePage } from './table-page.ts'
import { lookOf, tableMissing } from './table-page.ts'
import type { TableReading } from './table-tab.ts'
import { makeTableReading } from './table-tab.ts'
import { readAllPages } from './turn-pages.ts'
import { judgeUnfit } from './unfit.ts'
import { needsSecondLook, proveEqual, proveWhole } from './wholeness.ts'

/** Reads all pages of a table, with all that proves that they are the whole of it. */
export async function readTableSource(visit: Visit, { tab, source, signIn }: Reading<TableSource>): Promise<Proof[]> {
  const reading = makeTableReading(visit, { source, signIn })
  return atPage(tab, async () => {
    const listed = await readOnce(reading, tab)
    const whole = proveWhole(listed)
    checkNothingFurther(listed)
    const twice = needsSecondLook(listed) ? [await readAgain(reading, { tab, listed })] : []
    const pages = await withDetails(reading, listed)
    const unfit = pages.flatMap((page) => page.unfit)
    const fit = judgeUnfit(unfit, { rows: rowsOf(pages), share: source.unfitShare })
    visit.unfit(unfit)
    const canary = source.canary ? [proveCanary(rowsIn(pages), source.canary)] : []
    return [...whole, ...twice, ...ours(reading, pages), ...canary, ...fit]
  })
}

/** Rows are handed in as they come, unless something of them is still to be read. */
async function readOnce(reading: TableReading, tab: Page): Promise<TablePage[]> {
  const { visit, source } = reading
  const pages: TablePage[] = []
  const take = (page: TablePage) => {
    pages.push(page)
    if (!source.details) visit.observe(rowsIn([page]))
  }
  await readAllPages(reading, { tab, take, onFirst: () => visit.keep(tab) })
  if (source.paging.by !== 'parameter') await visit.keep(tab)
  return pages
}

async function withDetails(reading: TableReading, listed: TablePage[]): Promise<TablePage[]> {
  const { details } = reading.source
  if (!details) return listed
  const pages = await readDetails(reading, { pages: listed, details })
  for (const page of pages) reading.visit.observe(rowsIn([page]))
  return pages
}

/** Where nothing counts the rows, chance is told from truth by looking twice. */
async function readAgain(reading: TableReading, { tab, listed }: { tab: Page; listed: TablePage[] }): Promise<Proof> {
  return reading.visit.step('everything once more', async () => {
    const pages: TablePage[] = []
    await readAllPages({ ...reading, isSecondLook: true }, { tab, take: (page) => void pages.push(page) })
    return proveEqual(seenIn(listed), seenIn(pages))
  })
}

function seenIn(pages: TablePage[]): { codes: Set<string>; rows: number } {
  return { codes: new Set(rowsIn(pages).map(({ code }) => code)), rows: rowsOf(pages) }
}

function ours({ signedIn, source }: TableReading, pages: TablePage[]): Proof[] {
  const account = signedIn ? [{ what: 'account', said: `"${signedIn.text}" is shown on each of them` }] : []
  const items = `${rowsIn(pages).length} pages of items were read, each shows its code`
  return source.details ? [...account, { what: 'details', said: items }] : account
}

function rowsIn(pages: TablePage[]): Observation[] {
  return pages.flatMap(({ items }) => items.map(({ row }) => row))
}

function rowsOf(pages: TablePage[]): number {
  return pages.reduce((sum, { rows }) => sum + rows, 0)
}

/** The rows of a saved page; what proves that it is ours and whole was proved when it was saved. */
export async function readSavedTable(
  saved: Saved,
  { source, columns }: SavedReading<TableSource>,
): Promise<Observation[]> {
  if (saved.kind === 'file') throw new Defect(`${saved.file.name} is a file; a table is read from a page`)
  const snapshot = await takeSnapshot(saved.page, lookOf(source, null))
  if (snapshot.table === null) throw tableMissing(snapshot, source)
  const places = findPlaces(snapshot.table, { ...source, columns })
  const read = snapshot.table.rows.map((raw) => readRow(raw, { places, page: 1 }))
  return read.flatMap((one) => (one.kind === 'fits' ? [one.row] : []))
}
