import type { APIResponse, Response } from 'playwright-core'
import { errors } from 'playwright-core'
import { Failure, PortalDown, PortalSlow, SessionLost } from '#scraper/failure.ts'
import type { Visit } from '#scraper/robot.ts'
import { htmlInstead, isHtml } from './files/html-instead.ts'
import { checkSize } from './files/read-file.ts'
import { checkAnswer, pathOf } from './open-page.ts'

/** A request as the page would make it; what its headers and its query say is told nobody. */
export type Request = { address: string; method: string; headers: Record<string, string>; body: Buffer | null }

/** Asks with the session's cookies, and gives the body of an answer that is none of a page. */
export async function ask(
  { context, limits, signal }: Visit,
  { address, method, headers, body }: Request,
): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  const path = pathOf(address)
  try {
    const timeout = limits.pageSeconds * 1000
    const given = { method, headers, timeout, signal, ...(body && { data: body }) }
    const response = await context.request.fetch(address, given)
    checkStatus(response)
    const bytes = await response.body()
    checkSize(bytes, limits.pageMegabytes * 1_000_000)
    checkType(bytes, { response, path })
    return { bytes, headers: response.headers() }
  } catch (error) {
    signal.throwIfAborted()
    throw withoutHeaders(error, path)
  }
}

/** Playwright tells these by their text, and lists all headers behind its first line. */
function withoutHeaders(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error
  if (error instanceof errors.TimeoutError)
    return new PortalSlow(`${path} was not there within the pageSeconds that the definition's limits allow`)
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
  const why = /E[A-Z]{4,}|socket hang up|aborted|certificate/.exec(said)?.[0] ?? 'the connection failed'
  return new PortalDown(`${path} gives no whole answer: ${why}`)
}

export function checkStatus(response: Response | APIResponse): void {
  if (response.status() === 401)
    throw new SessionLost(`${pathOf(response.url())} answers 401: the session has ended, or counts for nothing there`)
  checkAnswer(response)
}

/** A page is a page whatever it was asked for; old portals call each file html, but name it as an attachment. */
function checkType(bytes: Uint8Array, { response, path }: { response: APIResponse; path: string }): void {
  const headers = response.headers()
  const isAttached = headers['content-disposition']?.startsWith('attachment') ?? false
  const isCalledHtml = headers['content-type']?.startsWith('text/html') ?? false
  if (isHtml(bytes) || (isCalledHtml && !isAttached)) throw htmlInstead(bytes, `a file or an answer from ${path}`)
}
