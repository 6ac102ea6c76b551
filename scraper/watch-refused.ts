import type { Page, Request, Response } from 'playwright-core'
import { pathOf } from './sources/open-page.ts'

/** What a page asked for by itself and did not get, in words. */
export type Refused = { said: string; status?: number; aborted?: boolean }

/** Of what the page asks for from now on; what it got by asking once more was not refused. */
export function watchRefused(tab: Page): Disposable & { refused(): Refused | null } {
  const asked = new Set<Request>()
  const refused = new Map<string, Refused>()
  const ask = (request: Request) => {
    if (['xhr', 'fetch'].includes(request.resourceType())) asked.add(request)
  }
  const hear = (response: Response) => {
    if (!asked.has(response.request())) return
    const [status, address] = [response.status(), response.url()]
    if (status < 400) refused.delete(address)
    else refused.set(address, { said: `${pathOf(address)} answers ${status}`, status })
  }
  const fail = (request: Request) => {
    if (!asked.has(request)) return
    const [address, why] = [request.url(), request.failure()?.errorText ?? 'failed']
    refused.set(address, { said: `${pathOf(address)} gives no answer (${why})`, aborted: why === 'net::ERR_ABORTED' })
  }
  tab.on('request', ask).on('response', hear).on('requestfailed', fail)
  return {
    refused: () => [...refused.values()].find(({ aborted }) => !aborted) ?? [...refused.values()][0] ?? null,
    [Symbol.dispose]: () => void tab.off('request', ask).off('response', hear).off('requestfailed', fail),
  }
}
