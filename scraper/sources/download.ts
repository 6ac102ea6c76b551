import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import type { Observation, Proof } from '#core/domain/messages.ts'
import { Defect } from '#scraper/failure.ts'
import type { Saved, SavedFile, Visit } from '#scraper/robot.ts'
import { ask } from './ask.ts'
import { proveCanary } from './canary.ts'
import { devtoolsOf } from './devtools.ts'
import { downloadByClick } from './download-by-click.ts'
import { readItemsApart } from './files/read-apart.ts'
import type { FileItems, ItemsWish } from './files/read-items.ts'
import { proveFile, proveSame } from './files/whole-file.ts'
import { passCacheBy } from './loads.ts'
import { atPage } from './open-page.ts'
import type { Reading, SavedReading } from './read-source.ts'
import type { DownloadSource } from './source.ts'
import type { SourcePage } from './source-page.ts'
import { makeSourcePage, openSourcePage, prepareSourcePage, proveOurs } from './source-page.ts'
import { tryAgain } from './try-again.ts'
import { judgeUnfit } from './unfit.ts'

type DownloadPage = SourcePage & { source: DownloadSource }
type Downloaded = { file: SavedFile; items: FileItems; proofs: Proof[] }

/** Downloads a file and reads it, with all that proves that it is whole. */
export async function readDownload(visit: Visit, given: Reading<DownloadSource>): Promise<Proof[]> {
  const { tab, source } = given
  const page = { ...makeSourcePage(visit, given), source }
  return atPage(tab, async () => {
    const first = await downloadOnce(page)
    const { observations, unfit, rows, headers } = first.items
    const same = first.proofs.length > 0 ? [] : [await downloadAgain(page, first)]
    const fit = judgeUnfit(unfit, { rows, share: source.unfitShare })
    const canary = source.canary ? [proveCanary(observations, source.canary)] : []
    await visit.keep(tab, first.file)
    visit.unfit(unfit)
    visit.observe(observations)
    const what = { what: 'headers', said: `${headers.join(', ')} in ${first.file.name}` }
    return [what, ...first.proofs, ...same, ...canary, ...fit]
  })
}

async function downloadOnce(page: DownloadPage, { isSecondLook = false } = {}): Promise<Downloaded> {
  const { visit, tab, source } = page
  let isAgain = isSecondLook
  return tryAgain(visit, async () => {
    if (isAgain) await forgetCache(tab)
    isAgain = true
    await openSourcePage(page)
    await prepareSourcePage(page)
    const { total } = source.whole
    const marks = await proveOurs(page, total === undefined ? {} : { total })
    const file = await visit.step(stepOf(source), () => download(page))
    const wish = wishOf(source, { columns: visit.columns, mostBytes: visit.limits.pageMegabytes * 1_000_000 })
    const items = await visit.step(`read ${file.name}`, () => readItemsApart(file.bytes, wish, visit.signal))
    return { file, items, proofs: proveFile(items, { announced: marks['total'] ?? null }) }
  })
}

/** Where nothing announces how much there is, a file that was cut is told by another one. */
async function downloadAgain(page: DownloadPage, first: Downloaded): Promise<Proof> {
  return page.visit.step('everything once more', async () => {
    const { items } = await downloadOnce(page, { isSecondLook: true })
    return proveSame(first.items, items)
  })
}

/** What is asked for again is asked of the portal, also by a tab that a click opens for it. */
async function forgetCache(tab: Page): Promise<void> {
  await passCacheBy(tab)
  const { session } = await devtoolsOf(tab)
  await session.send('Network.clearBrowserCache')
}

function stepOf({ by }: DownloadSource): string {
  return 'click' in by ? `download by a click on ${by.click}` : `download ${by.path}`
}

async function download({ visit, tab, source, pace }: DownloadPage): Promise<SavedFile> {
  const { by } = source
  await pace()
  if ('click' in by) return downloadByClick(visit, { tab, target: by.click })
  const address = visit.address + by.path
  const { bytes, headers } = await ask(visit, { address, method: 'GET', headers: { referer: tab.url() }, body: null })
  return { name: nameOf(headers['content-disposition'] ?? '', by.path), bytes }
}

function nameOf(disposition: string, path: string): string {
  const named = /filename="?([^";]+)/i.exec(disposition)?.[1]
  return basename(named ?? path.replace(/[?#].*$/, '')) || 'file'
}

type Wanted = Pick<ItemsWish, 'columns' | 'mostBytes'>

function wishOf({ file, fields, others, whole }: DownloadSource, wanted: Wanted): ItemsWish {
  return { file, fields, others, trailer: whole.trailer, totalAt: whole.totalAt, ...wanted }
}

export async function readSavedDownload(
  saved: Saved,
  { source, columns }: SavedReading<DownloadSource>,
): Promise<Observation[]> {
  if (saved.kind === 'page') throw new Defect('a page was saved; this source is read from a file')
  const { bytes } = saved.file
  const { observations } = await readItemsApart(bytes, wishOf(source, { columns, mostBytes: Infinity }))
  return observations
}
