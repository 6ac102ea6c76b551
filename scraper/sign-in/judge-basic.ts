import type { Seen } from './look-at.ts'
import type { Outcome, Trouble, Wait, Wire } from './outcome.ts'
import type { SignedIn } from './sign-in.ts'
import { blockedBySay, downBy, isSignedIn, keptOut, met } from './signs.ts'
import { refusalIn } from './words.ts'

/** What a portal answers without any page of a browser. */
export type Answer = { status: number; path: string; words: string; asksForBasic: boolean }

/** Before: the portal must ask for the credentials; one that does not is another portal than the definition knows. */
export function judgeAsking(answer: Answer): Trouble | { kind: 'ready' } {
  if (answer.status === 401 && answer.asksForBasic) return { kind: 'ready' }
  const expected = 'expected 401, asking for credentials (basic)'
  return byStatus(answer) ?? { kind: 'changed', said: `${expected}; ${metAnswer(answer)}` }
}

/** After: the credentials were sent with this one request. */
export function judgeAnswer(answer: Answer): Trouble | { kind: 'ready' } {
  const { status, words } = answer
  const said = refusalIn(words)
  if (status === 401 || (status >= 400 && said))
    return { kind: 'refused', means: said?.means ?? 'not-said', said: metAnswer(answer) }
  return byStatus(answer) ?? (status < 400 ? { kind: 'ready' } : { kind: 'changed', said: metAnswer(answer) })
}

function byStatus(answer: Answer): Trouble | null {
  const { status } = answer
  if (status === 403 || status === 429) return { kind: 'blocked', said: metAnswer(answer) }
  return status >= 500 ? { kind: 'down', said: metAnswer(answer) } : null
}

function metAnswer({ status, path, words }: Answer): string {
  return `${path} answers ${status}: ${words.replaceAll(/\s+/g, ' ').trim().slice(0, 160)}`
}

/** The page that is opened with the credentials; without an account's name to look for, its status is the proof. */
export function judgeBasicPage(seen: Seen, wire: Wire, signedIn: SignedIn | undefined): Outcome | Wait {
  if (wire.status === 401) return { kind: 'refused', means: 'not-said', said: `answers 401; ${met(seen)}` }
  const kept = keptOut(seen, wire) ?? downBy(seen, wire)
  if (kept) return kept
  if (signedIn ? isSignedIn(seen, signedIn) : wire.status !== null && wire.status < 400) return { kind: 'signed-in' }
  if (!wire.quiet && !wire.late) return { kind: 'wait' }
  if (wire.pending) return { kind: 'slow', said: met(seen) }
  const expected = signedIn ? `${signedIn.selector} with "${signedIn.text}" and no password field` : 'a page'
  return blockedBySay(seen) ?? { kind: 'changed', said: `expected ${expected}; ${met(seen)}` }
}
