import { setTimeout as wait } from 'node:timers/promises'
import type { Page, Request, Response } from 'playwright-core'
import { Failure, PortalChanged, PortalDown, PortalSlow } from '#scraper/failure.ts'
import type { Request as Repeatable } from './ask.ts'
import { checkStatus } from './ask.ts'
import { htmlInstead, isHtml } from './files/html-instead.ts'
import { checkSize } from './files/read-file.ts'
import { isQuiet } from './loads.ts'
import { pathOf } from './open-page.ts'

/** What a page asked for by itself, and what it was answered. */
export type OwnAnswer = { sent: Repeatable; bytes: Buffer }

export type OwnRequests = Disposable & {
  /** The answer to the last one, when the page has come to rest: with it the page ends up. */
  lastAnswer(limits: { pageSeconds: number; settleSeconds: number }): Promise<Response>
}

const restMs = 250

/** Watches for what the page asks by itself from now on; only requests of this path count, wherever they are led. */
export function watchOwnRequests(tab: Page, path: string): OwnRequests {
  const seen = {
    pending: new Set<Request>(),
    others: new Set<string>(),
    last: null as Response | null,
    at: 0,
    failed: false,
  }
  const ask = (request: Request) => {
    if (isIt(request, path)) seen.pending.add(request)
    else if (isData(request)) seen.others.add(pathOf(request.url()))
  }
  const hear = (response: Response) => {
    const isRedirection = response.status() >= 300 && response.status() < 400
    if (!seen.pending.delete(response.request()) || isRedirection) return
    Object.assign(seen, { last: response, at: performance.now(), failed: false })
  }
  const fail = (request: Request) => {
    if (seen.pending.delete(request)) seen.failed = true
  }
  tab.on('request', ask).on('response', hear).on('requestfailed', fail)
  return {
    async lastAnswer({ pageSeconds, settleSeconds }) {
      const end = performance.now() + pageSeconds * 1000
      for (;;) {
        const rests = performance.now() - seen.at
        const isAtRest = seen.pending.size === 0 && rests > restMs && (isQuiet(tab) || rests > settleSeconds * 1000)
        if (seen.last && isAtRest) return seen.last
        if (performance.now() > end) throw noAnswer(path, { ...seen, pageSeconds })
        await wait(50)
      }
    },
    [Symbol.dispose]: () => void tab.off('request', ask).off('response', hear).off('requestfailed', fail),
  }
}

type Without = { pending: Set<Request>; failed: boolean; others: Set<string>; pageSeconds: number }

function noAnswer(path: string, { pending, failed, others, pageSeconds }: Without): Failure {
  if (pending.size > 0) return new PortalSlow(`${path} does not answer the page within ${pageSeconds} s`)
  if (failed) return new PortalDown(`${path} gives the page no answer`)
  const met = [...others].slice(0, 10).join(', ') || 'nothing'
  return new PortalChanged(`the page does not ask for ${path} by itself within ${pageSeconds} s; it asks for ${met}`)
}

function isIt(request: Request, path: string): boolean {
  const before = request.redirectedFrom()
  return before
    ? isIt(before, path)
    : isData(request) && request.method() !== 'OPTIONS' && pathOf(request.url()) === path
}

function isData(request: Request): boolean {
  return request.resourceType() === 'fetch' || request.resourceType() === 'xhr'
}

/** The answer's body, and the request as it can be made again. */
export async function takeAnswer(response: Response, mostBytes: number): Promise<OwnAnswer> {
  checkStatus(response)
  const bytes = await bodyOf(response)
  checkSize(bytes, mostBytes)
  if (isHtml(bytes)) throw htmlInstead(bytes, `an answer from ${pathOf(response.url())}`)
  const request = response.request()
  const headers = Object.fromEntries(Object.entries(await request.allHeaders()).filter(([name]) => isKept(name)))
  return { sent: { address: request.url(), method: request.method(), headers, body: request.postDataBuffer() }, bytes }
}

async function bodyOf(response: Response): Promise<Buffer> {
  try {
    return await response.body()
  } catch (error) {
    if (error instanceof Failure) throw error
    throw new PortalDown(`${pathOf(response.url())} gives no whole answer`)
  }
}

/** Those of the connection are made anew; cookies come from the session as it is then. */
const ofConnection = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'cookie'])

function isKept(name: string): boolean {
  return !name.startsWith(':') && !ofConnection.has(name)
}
