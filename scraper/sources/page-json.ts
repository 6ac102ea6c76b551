import type { Response } from 'playwright-core'
import type { Observation, Proof } from '#core/domain/messages.ts'
import { Defect, PortalChanged, SessionLost } from '#scraper/failure.ts'
import type { Saved, Visit } from '#scraper/robot.ts'
import type { AnswerPage } from './answer-page.ts'
import { readAnswer } from './answer-page.ts'
import type { Request } from './ask.ts'
import { ask } from './ask.ts'
import { proveCanary } from './canary.ts'
import { wordingsOf } from './files/items.ts'
import { readFurther } from './json-pages.ts'
import { passCacheBy } from './loads.ts'
import { atPage } from './open-page.ts'
import type { OwnAnswer } from './own-request.ts'
import { takeAnswer, watchOwnRequests } from './own-request.ts'
import type { Reading, SavedReading } from './read-source.ts'
import { checkFirst, requestOf } from './repeated-request.ts'
import type { PageJsonSource } from './source.ts'
import type { SourcePage } from './source-page.ts'
import { makeSourcePage, openSourcePage, prepareSourcePage, proveOurs } from './source-page.ts'
import { tryAgain } from './try-again.ts'
import { judgeUnfit } from './unfit.ts'
import { withoutTokens } from './without-tokens.ts'
import { needsSecondLook, proveEqual, proveWhole } from './wholeness.ts'

type JsonPage = SourcePage & { source: PageJsonSource }
type First = OwnAnswer & { read: AnswerPage }

/** Reads the JSON that a page fetches for itself, and asks for the other pages of it as the page would. */
export async function readPageJson(visit: Visit, given: Reading<PageJsonSource>): Promise<Proof[]> {
  const { tab, source } = given
  const page = { ...makeSourcePage(visit, given), source }
  return atPage(tab, async () => {
    const first = await readFirst(page)
    await visit.keep(tab, { name: 'answer.json', bytes: kept(first, page) })
    const pages: AnswerPage[] = []
    const take = (read: AnswerPage) => {
      pages.push(read)
      visit.observe(read.observations)
    }
    await readAll(page, { first, take })
    const whole = proveWhole(pages)
    const twice = needsSecondLook(pages) ? [await readAgain(page, { first, pages })] : []
    const ours = await proveOursStill(page)
    const unfit = pages.flatMap((read) => read.unfit)
    const fit = judgeUnfit(unfit, { rows: rowsOf(pages), share: source.unfitShare })
    visit.unfit(unfit)
    const canary = source.canary ? [proveCanary(itemsIn(pages), source.canary)] : []
    return [...whole, ...twice, ...ours, ...canary, ...fit]
  })
}

/** Opens the page and takes what it fetches: after the last step, where there are any, for they choose what is shown. */
async function readFirst(page: JsonPage): Promise<First> {
  const { visit, source } = page
  return tryAgain(visit, async () => {
    const response = await ownAnswer(page)
    return visit.step('page 1', async () => {
      const own = await takeAnswer(response, visit.limits.pageMegabytes * 1_000_000)
      if (source.paging) checkFirst(own.sent, source.paging)
      return { ...own, read: readAnswer(own.bytes, { source, columns: visit.columns, page: 1 }) }
    })
  })
}

async function ownAnswer(page: JsonPage): Promise<Response> {
  const { visit, tab, source } = page
  if (source.prepare.length > 0) {
    await openSourcePage(page)
    await prepareSourcePage(page, source.prepare.slice(0, -1))
  }
  using own = watchOwnRequests(tab, source.request)
  if (source.prepare.length === 0) await openSourcePage(page)
  await prepareSourcePage(page, source.prepare.slice(-1))
  await proveOurs(page, {})
  return await own.lastAnswer(visit.limits)
}

function kept({ bytes, sent }: First, { source: { fields }, visit: { columns } }: JsonPage): Buffer {
  const shown = wordingsOf({ fields, columns }).map((path) => path.split('.').at(-1) ?? path)
  return withoutTokens(bytes, { sent: sent.headers, shown })
}

type Taking = { first: First; take: (read: AnswerPage) => void }

async function readAll(page: JsonPage, { first, take }: Taking): Promise<void> {
  const { source } = page
  take(first.read)
  const { paging } = source
  if (!paging) return
  const { rows } = first.read
  const read = (n: number) => readOne(page, { n, request: requestOf(first.sent, { paging, page: n, rows }), first })
  await readFurther(page.visit, { first: first.read, read, take })
}

type One = { n: number; request: Request; first: First }

async function readOne({ visit, source, pace }: JsonPage, { n, request, first }: One): Promise<AnswerPage> {
  return tryAgain(visit, () =>
    visit.step(`page ${n}`, async () => {
      await pace()
      const { bytes } = await ask(visit, request)
      return readAnswer(bytes, { source, columns: visit.columns, page: n, gaps: first.read.gaps })
    }),
  )
}

/** Where nothing counts the rows, chance is told from truth by looking twice. */
async function readAgain(page: JsonPage, { first, pages }: { first: First; pages: AnswerPage[] }): Promise<Proof> {
  return page.visit.step('everything once more', async () => {
    const again: AnswerPage[] = []
    const read = await readOne(page, { n: 1, request: first.sent, first })
    await readAll(page, { first: { ...first, read }, take: (one) => void again.push(one) })
    return proveEqual(seenIn(pages), seenIn(again))
  })
}

/** A portal that no longer knows us may go on answering, with what it shows everybody. */
async function proveOursStill(page: JsonPage): Promise<Proof[]> {
  const { visit, tab, source, signedIn } = page
  if (signedIn === null) return []
  await visit.step('signed in to the end', async () => {
    await passCacheBy(tab)
    await tryAgain(visit, () => openAnew(page)).catch((error: unknown) => {
      throw error instanceof PortalChanged ? lostBy(error, source.path) : error
    })
  })
  return [{ what: 'account', said: `after the last page ${source.path} still shows "${signedIn.text}"` }]
}

async function openAnew(page: JsonPage): Promise<void> {
  await openSourcePage(page)
  await prepareSourcePage(page)
  await proveOurs(page, {})
}

function lostBy({ message }: PortalChanged, path: string): SessionLost {
  return new SessionLost(
    `the session ended while pages were asked for: opened once more, ${path} is not ours: ${message}`,
  )
}

function seenIn(pages: AnswerPage[]): { codes: Set<string>; rows: number } {
  return { codes: new Set(itemsIn(pages).map(({ code }) => code)), rows: rowsOf(pages) }
}

function itemsIn(pages: AnswerPage[]): Observation[] {
  return pages.flatMap(({ observations }) => observations)
}

function rowsOf(pages: AnswerPage[]): number {
  return pages.reduce((sum, { rows }) => sum + rows, 0)
}

export async function readSavedPageJson(
  saved: Saved,
  { source, columns }: SavedReading<PageJsonSource>,
): Promise<Observation[]> {
  if (saved.kind === 'page') throw new Defect('a page was saved; this source is read from the answer that it fetched')
  return readAnswer(saved.file.bytes, { source, columns, page: 1 }).observations
}
