import { readFile, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Download, Page } from 'playwright-core'
import { click, theOne, whatIsThere } from '#scraper/elements.ts'
import type { Failure } from '#scraper/failure.ts'
import { Incomplete, PortalSlow, SessionLost } from '#scraper/failure.ts'
import type { SavedFile, Visit } from '#scraper/robot.ts'
import { devtoolsOf } from './devtools.ts'
import { checkSize } from './files/read-file.ts'
import { checkAnswer, notAsExpected } from './open-page.ts'
import type { Watch } from './watch-click.ts'
import { watchClick } from './watch-click.ts'

/** A tab that opens for a download is seen a moment after the click. */
const leastQuietSeconds = 1

/** Clicks, and takes the file that comes of it; a page that comes instead is said to be what it is. */
export async function downloadByClick(
  visit: Visit,
  { tab, target }: { tab: Page; target: string },
): Promise<SavedFile> {
  const button = await theOne(tab, target, visit)
  using watch = watchClick(tab)
  await click(button, target, { timeout: visit.limits.pageSeconds * 1000 })
  const download = await firstDownload({ visit, target, watch })
  try {
    return await save(download, visit)
  } finally {
    await download.delete().catch(() => {}) // It also goes with the browser.
    for (const page of watch.opened()) await page.close().catch(() => {})
  }
}

type Waiting = { visit: Visit; target: string; watch: Watch }

async function firstDownload({ visit, target, watch }: Waiting): Promise<Download> {
  const { pageSeconds, settleSeconds } = visit.limits
  const end = performance.now() + pageSeconds * 1000
  for (;;) {
    visit.signal.throwIfAborted()
    const download = watch.download()
    if (download) return download
    const quiet = watch.quietSeconds()
    // Before its body is here a page is still on its way, and would disturb the next try.
    if (quiet > 0.1) checkAnswer(watch.answer())
    if (quiet > Math.max(settleSeconds, leastQuietSeconds)) throw await noDownload(watch.lastPage(), target)
    if (performance.now() > end) throw new PortalSlow(`no download within ${pageSeconds} s of the click on ${target}`)
    await wait(50)
  }
}

async function noDownload(page: Page, target: string): Promise<Failure> {
  const there = await whatIsThere(page)
  const expected = `a download after the click on ${target}`
  const failure = there.passwordField
    ? new SessionLost(`expected ${expected}; met a page "${there.title}" with a password field: the session has ended`)
    : notAsExpected(expected, there)
  failure.page = page
  return failure
}

async function save(download: Download, { limits, signal }: Visit): Promise<SavedFile> {
  const mostBytes = limits.pageMegabytes * 1_000_000
  const late = AbortSignal.any([signal, AbortSignal.timeout(limits.pageSeconds * 1000)])
  const path = await pathWithin(download, { mostBytes, late })
  checkSize({ length: (await stat(path)).size }, mostBytes)
  return { name: download.suggestedFilename(), bytes: await readFile(path) }
}

/** Stops a download that grows too large or takes too long, while it is under way. */
async function pathWithin(
  download: Download,
  { mostBytes, late }: { mostBytes: number; late: AbortSignal },
): Promise<string> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (failure: unknown) => {
    reject(failure)
    void download.cancel().catch(() => {})
  }
  const expire = () => stop(new PortalSlow('the download takes longer than the pageSeconds of the limits'))
  late.addEventListener('abort', expire, { once: true })
  const unwatch = await watchGrowth(download, (bytes) => tooLarge(bytes, { mostBytes, stop }))
  try {
    return await Promise.race([promise, wholePath(download)])
  } finally {
    late.removeEventListener('abort', expire)
    unwatch()
  }
}

function tooLarge(bytes: number, { mostBytes, stop }: { mostBytes: number; stop: (failure: unknown) => void }): void {
  try {
    checkSize({ length: bytes }, mostBytes)
  } catch (failure) {
    stop(failure)
  }
}

async function wholePath(download: Download): Promise<string> {
  const failure = await download.failure()
  if (failure !== null) throw new Incomplete(`the download broke off: ${failure}`)
  return download.path()
}

/** Only Chromium's own protocol tells how much has come. */
async function watchGrowth(download: Download, grown: (bytes: number) => void): Promise<() => void> {
  try {
    const { session } = await devtoolsOf(download.page())
    const hear = ({ receivedBytes }: { receivedBytes: number }) => grown(receivedBytes)
    session.on('Page.downloadProgress', hear)
    await session.send('Page.enable')
    return () => void session.off('Page.downloadProgress', hear)
  } catch {
    return () => {} // A tab that was opened for the download alone is gone by now.
  }
}
