import type { Page } from 'playwright-core'
import { errors } from 'playwright-core'
import { asFailure, Blocked, PortalChanged, PortalDown, PortalSlow } from '#scraper/failure.ts'
import type { Answer } from './loads.ts'
import { answerOf, countAnew, stopLoading, withinLimit } from './loads.ts'
import type { Snapshot } from './snapshot.ts'

/** Goes to an address and waits until the page's own text is there. */
export async function goTo(page: Page, address: string): Promise<void> {
  checkAnswer(await load(page, address))
}

/** The same, whatever the portal answers. */
export async function load(page: Page, address: string): Promise<Answer | null> {
  countAnew(page)
  try {
    return await withinLimit(page, () => page.goto(address, { waitUntil: 'domcontentloaded' }))
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) return await refused(page, error)
    await stopLoading(page)
    throw new PortalSlow(`${pathOf(address)} was not there within the pageSeconds that the definition's limits allow`)
  }
}

/**
 * An error without a page of its own is shown by the browser's, which Playwright takes for no answer at all. That page is
 * waited for: come later, it would break into the next load of the tab.
 */
async function refused(page: Page, error: unknown): Promise<Answer> {
  if (!String(error).includes('net::ERR_')) throw error
  await page.waitForURL(/^chrome-error:/, { waitUntil: 'commit', timeout: 1_000 }).catch(() => {})
  const answer = answerOf(page)
  if (answer && String(error).includes('ERR_HTTP_RESPONSE_CODE_FAILURE')) return answer
  throw error
}

/** What the status alone says; a page with 200 must prove itself besides. */
export function checkAnswer(response: Answer | null): void {
  if (response === null) return
  const status = response.status()
  const met = `${pathOf(response.url())} answers ${status}; expected a page`
  if (status === 429) throw new Blocked(met, { again: true, ...retryAfter(response) })
  if (status === 403 || status === 401) throw new Blocked(met)
  if (status >= 500) throw new PortalDown(met)
  if (status >= 400) throw new PortalChanged(met)
}

/** Seconds, or a moment. */
function retryAfter(response: Answer): { retryAfterSeconds?: number } {
  const said = response.headers()['retry-after']?.trim() ?? ''
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000
  return Number.isNaN(seconds) ? {} : { retryAfterSeconds: Math.max(0, Math.ceil(seconds)) }
}

/** Remembers with a failure the page where it happened, so that the evidence shows that one. */
export async function atPage<T>(page: Page, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const failure = asFailure(error)
    failure.page ??= page
    throw failure
  }
}

const blocking =
  /captcha|robot|unusual traffic|too many requests|access denied|příliš mnoho (požadavků|pokusů)|přístup (byl )?(odepřen|zablokován)/i

/** A page that is not the one expected: kept out, if it says so, else changed. Words are a reason, never the test. */
export function notAsExpected(
  expected: string,
  { address, title, words }: Pick<Snapshot, 'address' | 'title' | 'words'>,
): Blocked | PortalChanged {
  const met = `${pathOf(address)} "${title}" shows: ${words.slice(0, 160)}`
  const message = `expected ${expected}; met ${met}`
  return blocking.test(`${title} ${words}`) ? new Blocked(message) : new PortalChanged(message)
}

export function pathOf(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname : address
}
