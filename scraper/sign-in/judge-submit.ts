import { pathOf } from '#scraper/sources/open-page.ts'
import type { Seen } from './look-at.ts'
import type { Outcome, Trouble, Wait, Wire } from './outcome.ts'
import type { FormSignIn, Refusal } from './sign-in.ts'
import { fieldsOf } from './sign-in.ts'
import { blockedBySay, downBy, isGiven, isSignedIn, isThere, keptOut, met } from './signs.ts'
import { refusalIn } from './words.ts'

export type Submitted = {
  signIn: FormSignIn
  /** Number of the step that was submitted, from 0. */
  step: number
  /** The page as it was just before. */
  before: Seen
  /** Requests that left since then; null where something may have left that is not seen. */
  requests: number | null
  /** Documents that came since then. */
  loads: number
}

/**
 * After a submit. Signed in is what proves itself, at once; a no is believed only of a page that has come to rest.
 * Refused goes before everything else, for trying again is what locks an account.
 */
export function judgeSubmit(seen: Seen, wire: Wire, submitted: Submitted): Outcome | Wait | { kind: 'next' } {
  const { signIn, step } = submitted
  if (isSignedIn(seen, signIn.signedIn)) return { kind: 'signed-in' }
  const next = signIn.steps[step + 1]
  if (next && isThere(seen, fieldsOf(next)[0]) && signedRefusal(seen, submitted) === null) return { kind: 'next' }
  if (!wire.quiet && !wire.late) return { kind: 'wait' }
  return (
    refusedBySay(seen, submitted) ??
    refusedByForm(seen, wire, submitted) ??
    keptOut(seen, wire, signIn.blocked) ??
    downBy(seen, wire) ??
    (wire.pending ? { kind: 'slow', said: met(seen) } : null) ??
    blockedBySay(seen) ?? { kind: 'changed', said: `expected ${expectedAfter(submitted)}; ${met(seen)}` }
  )
}

function expectedAfter({ signIn, step }: Submitted): string {
  const next = signIn.steps[step + 1]
  const { selector, text } = signIn.signedIn
  const proof = `${selector} with "${text}" and no password field`
  return next ? `the next step's ${fieldsOf(next)[0]}, or ${proof}` : proof
}

function refusedBySay(seen: Seen, submitted: Submitted): Trouble | null {
  const known = signedRefusal(seen, submitted)
  if (known) return { kind: 'refused', means: known, said: met(seen) }
  const said = refusalIn(seen.words)
  if (said === null || (submitted.loads === 0 && refusalIn(submitted.before.words)?.passage === said.passage))
    return null
  return { kind: 'refused', means: said.means, said: `"${said.passage}" at ${pathOf(seen.address)}` }
}

/** By a sign that the definition knows; what stood on the form already says nothing of its answer. */
function signedRefusal(seen: Seen, { signIn, before, loads }: Submitted): Refusal | null {
  const known = signIn.refused.find((sign) => isGiven(sign, seen) && (loads > 0 || !isGiven(sign, before)))
  return known?.means ?? null
}

/** The form once more, or a 401, is a no without words. */
function refusedByForm(seen: Seen, wire: Wire, submitted: Submitted): Trouble | Wait | null {
  const { signIn, step, requests, loads } = submitted
  if (wire.status === 401 && loads > 0) return { kind: 'refused', means: 'not-said', said: `answers 401; ${met(seen)}` }
  const own = fieldsOf(signIn.steps[step] ?? { fill: {} })
  const again = signIn.steps
    .slice(0, step + 1)
    .flatMap(fieldsOf)
    .find((field) => isThere(seen, field))
  if (again === undefined) return null
  if (loads === 0 && wire.pending) return null
  // Seen from here, a request that is slow to leave is one that did not: that is said only when the time is over.
  if (requests === 0 && !wire.late) return { kind: 'wait' }
  const untouched = loads === 0 && own.every((field) => isThere(seen, field) && seen.filled.includes(field))
  if (requests === 0 && untouched) {
    const submit = signIn.steps[step]?.submit ?? 'the last field'
    return { kind: 'changed', said: `${submit} did nothing: no request left, the form is as it was; ${met(seen)}` }
  }
  return { kind: 'refused', means: 'not-said', said: `the form with ${again} is shown again; ${met(seen)}` }
}
