import type { Page, Request, Response } from 'playwright-core'

/** What goes over the wire from the moment on at which the watch began. */
export type Traffic = Disposable & {
  /** Requests that left, of any page of the browser. */
  begun(): number
  /** Whether something is asked and not answered yet, or answered and not yet shown. */
  isPending(): boolean
  /** How long nothing has begun, ended or been loaded. */
  quietSeconds(): number
  /** Something was done to the page: it is not quiet before it has had time to answer. */
  stir(): void
  /** Documents that were asked for in the tab. */
  navigations(): number
  /** Documents that came into the tab. */
  loads(): number
  /** Of the tab's last document, past redirections. */
  answer(): Response | null
}

/** A page that is quiet for less than this may be about to begin. */
export const leastSettleSeconds = 0.5

/** Open as long as their page; they say nothing about whether it is complete. */
const endless = new Set(['ping', 'eventsource', 'websocket'])

export function watchTraffic(tab: Page): Traffic {
  const pending = new Set<Request>()
  const seen = {
    begun: 0,
    navigations: 0,
    loads: 0,
    underway: false,
    at: performance.now(),
    answer: null as Response | null,
  }
  const stir = () => void (seen.at = performance.now())
  const begin = (request: Request) => {
    seen.begun += 1
    if (!endless.has(request.resourceType())) pending.add(request)
    stir()
  }
  const goOn = (request: Request) => {
    if (!isDocument(tab, request)) return
    if (request.redirectedFrom() === null) seen.navigations += 1
    seen.underway = true
  }
  const end = (request: Request) => {
    if (pending.delete(request)) stir()
  }
  const fail = (request: Request) => {
    end(request)
    if (isDocument(tab, request)) seen.underway = false
  }
  const load = () => {
    seen.loads += 1
    seen.underway = false
    stir()
  }
  const take = (response: Response) => {
    const status = response.status()
    const isRedirection = status >= 300 && status < 400
    if (!isRedirection && isDocument(tab, response.request())) seen.answer = response
  }
  const context = tab.context()
  context.on('request', begin).on('requestfinished', end).on('requestfailed', fail)
  tab.on('domcontentloaded', load).on('request', goOn).on('response', take)
  return {
    begun: () => seen.begun,
    isPending: () => pending.size > 0 || seen.underway,
    quietSeconds: () => (performance.now() - seen.at) / 1000,
    stir,
    navigations: () => seen.navigations,
    loads: () => seen.loads,
    answer: () => seen.answer,
    [Symbol.dispose]() {
      context.off('request', begin).off('requestfinished', end).off('requestfailed', fail)
      tab.off('domcontentloaded', load).off('request', goOn).off('response', take)
    },
  }
}

function isDocument(tab: Page, request: Request): boolean {
  return request.isNavigationRequest() && request.frame() === tab.mainFrame()
}
