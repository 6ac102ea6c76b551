import { pathOf } from '#scraper/sources/open-page.ts'
import type { Seen } from './look-at.ts'
import type { Trouble, Wire } from './outcome.ts'
import type { Sign, SignedIn } from './sign-in.ts'
import { blockIn, normalised } from './words.ts'

export function isSignedIn(seen: Seen, { selector, text }: SignedIn): boolean {
  const shown = seen.shown[selector]
  return typeof shown === 'string' && normalised(shown).includes(normalised(text)) && !seen.passwordField
}

/** By status, by a riddle, or by a sign that the definition knows. */
export function keptOut(seen: Seen, { status, retryAfterSeconds }: Wire, blocked: Sign[] = []): Trouble | null {
  const tooMany = { tooMany: retryAfterSeconds === undefined ? {} : { retryAfterSeconds } }
  if (status === 429) return { kind: 'blocked', said: `answers 429; ${met(seen)}`, ...tooMany }
  if (status === 403) return { kind: 'blocked', said: `answers 403; ${met(seen)}` }
  if (seen.captcha) return { kind: 'blocked', said: `shows a captcha; ${met(seen)}` }
  return blocked.some((sign) => isGiven(sign, seen)) ? { kind: 'blocked', said: met(seen) } : null
}

export function downBy(seen: Seen, { status }: Wire): Trouble | null {
  if (status === null && seen.address.startsWith('chrome-error:')) return { kind: 'down', said: 'broke the connection' }
  return status !== null && status >= 500 ? { kind: 'down', said: `answers ${status}; ${met(seen)}` } : null
}

/** Words are a reason, never the test: only for a page that is not what it should be. */
export function blockedBySay(seen: Seen): Trouble | null {
  const passage = blockIn(`${seen.title} ${seen.words}`)
  return passage === null ? null : { kind: 'blocked', said: `"${passage}" at ${pathOf(seen.address)}` }
}

export function isGiven({ selector, words }: Sign, seen: Seen): boolean {
  const text = selector === undefined ? seen.words : seen.shown[selector]
  if (typeof text !== 'string') return false
  return words === undefined || normalised(text).includes(normalised(words))
}

export function isThere(seen: Seen, selector: string | undefined): boolean {
  return selector !== undefined && typeof seen.shown[selector] === 'string'
}

/** What was on the page instead. */
export function met({ address, title, words }: Seen): string {
  return `met ${pathOf(address)} "${title}" shows: ${words.replaceAll(/\s+/g, ' ').trim().slice(0, 160)}`
}
