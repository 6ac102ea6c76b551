import type { CDPSession, Page, Response } from 'playwright-core'
import { TooLarge } from '#scraper/failure.ts'
import { devtoolsOf } from './devtools.ts'

/** What came into a tab, and is still to come, since it last set out for something. */
type Load = {
  bytes: number
  most: number
  tooLarge: PromiseWithResolvers<never>
  /** Of requests that may still change the page. */
  pending: Set<string>
  /** Of the last document, though the browser shows a page of its own in place of an empty one. */
  answer: Answer | null
}

/** What came of a request, as far as its status says it. */
export type Answer = Pick<Response, 'status' | 'url' | 'headers'>

const loads = new WeakMap<Page, Load>()
/** Nobody looks at them. */
const films = ['*.mp4', '*.mp4?*', '*.webm', '*.webm?*', '*.m3u8*', '*.mp3', '*.mp3?*']
/** What a page asks for to show it. */
const changing = new Set(['Document', 'XHR', 'Fetch', 'Script'])

/** From now on nothing larger than this comes into the tab: its load is stopped while it is under way. */
export async function limitLoads(page: Page, megabytes: number): Promise<void> {
  if (loads.has(page)) return
  const load: Load = { most: megabytes * 1_000_000, ...fresh() }
  loads.set(page, load)
  const { session, frameId } = await devtoolsOf(page)
  watchSize(session, { load, address: () => page.url() })
  watchRequests(session, { load, frameId })
  // What comes is counted here, and kept for nobody.
  await session.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 })
  await session.send('Network.setBlockedURLs', { urls: films })
}

/** From now on the tab asks the portal itself, whatever it has kept: a second look is one at the portal. */
export async function passCacheBy(page: Page): Promise<void> {
  const { session } = await devtoolsOf(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
}

/** To be called when a tab sets out for something new. */
export function countAnew(page: Page): void {
  const load = loads.get(page)
  if (load) Object.assign(load, fresh())
}

/** What is still awaited would break into the next load of the tab. It may be on its way from one page to another. */
export async function stopLoading(page: Page): Promise<void> {
  const { session } = await devtoolsOf(page)
  await session.send('Page.stopLoading').catch(() => {})
}

/** Ends with what is done, or with the failure that too much came in. */
export async function withinLimit<T>(page: Page, act: () => Promise<T>): Promise<T> {
  const load = loads.get(page)
  if (load === undefined) return act()
  const acting = act()
  acting.catch(() => {})
  return Promise.race([acting, load.tooLarge.promise])
}

/** Whether nothing is under way that may still change the page. */
export function isQuiet(page: Page): boolean {
  return (loads.get(page)?.pending.size ?? 0) === 0
}

export function answerOf(page: Page): Answer | null {
  return loads.get(page)?.answer ?? null
}

function watchSize(session: CDPSession, { load, address }: { load: Load; address: () => string }): void {
  const stop = (what: string) => {
    if (load.bytes === Infinity) return
    load.bytes = Infinity
    const allowed = `the definition's limits allow ${load.most / 1_000_000} MB (pageMegabytes)`
    load.tooLarge.reject(new TooLarge(`${what}; ${allowed}`))
    void session.send('Page.stopLoading').catch(() => {}) // The page may be gone by then.
  }
  session.on('Network.responseReceived', ({ response }) => {
    const announced = Number(response.headers['content-length'] ?? response.headers['Content-Length'] ?? 0)
    if (announced > load.most) stop(`${placeOf(response.url)} announces ${Math.ceil(announced / 1_000_000)} MB`)
  })
  session.on('Network.dataReceived', ({ dataLength }) => {
    load.bytes += dataLength
    if (load.bytes > load.most) stop(`${placeOf(address())} sends more and more`)
  })
}

/** A query may hold a session or a token. */
function placeOf(address: string): string {
  if (!URL.canParse(address)) return 'an address that is none'
  const { protocol, host, pathname } = new URL(address)
  return host === '' ? protocol : `${protocol}//${host}${pathname}`
}

function watchRequests(session: CDPSession, { load, frameId }: { load: Load; frameId: string }): void {
  session.on('Network.requestWillBeSent', ({ requestId, type, ...sent }) => {
    // What a frame shows is not read; and that one of another site has come is told in a session of its own only.
    const isOfFrame = type === 'Document' && sent.frameId !== frameId
    if (type !== undefined && changing.has(type) && !isOfFrame) load.pending.add(requestId)
  })
  session.on('Network.responseReceived', ({ type, response: { status, url, headers } }) => {
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    if (type === 'Document') load.answer = { status: () => status, url: () => url, headers: () => lowered }
  })
  session.on('Network.loadingFinished', ({ requestId }) => void load.pending.delete(requestId))
  session.on('Network.loadingFailed', ({ requestId }) => void load.pending.delete(requestId))
}

function fresh(): Omit<Load, 'most'> {
  const tooLarge = Promise.withResolvers<never>()
  tooLarge.promise.catch(() => {})
  return { bytes: 0, tooLarge, pending: new Set(), answer: null }
}
