import type { Seen } from './look-at.ts'
import type { Outcome, Trouble, Wait, Wire } from './outcome.ts'
import type { FormSignIn } from './sign-in.ts'
import { fieldsOf } from './sign-in.ts'
import { blockedBySay, downBy, isSignedIn, isThere, keptOut, met } from './signs.ts'

/** Before anything was submitted: the form is there, or why not. It is never a refusal. */
export function judgeForm(seen: Seen, wire: Wire, signIn: FormSignIn): Trouble | Wait | { kind: 'ready' } {
  const [first] = signIn.steps
  const kept = keptOut(seen, wire, signIn.blocked) ?? downBy(seen, wire)
  if (kept) return kept
  if (first && fieldsOf(first).every((field) => isThere(seen, field))) return { kind: 'ready' }
  if (!wire.quiet && !wire.late) return { kind: 'wait' }
  if (wire.late && wire.pending) return { kind: 'slow', said: met(seen) }
  const fields = first ? fieldsOf(first).join(', ') : ''
  return blockedBySay(seen) ?? { kind: 'changed', said: `expected the sign-in form with ${fields}; ${met(seen)}` }
}

/** Of a page opened with a remembered session: it proves itself, or is no longer good for anything. */
export function judgeSession(seen: Seen, wire: Wire, signIn: FormSignIn): Outcome | Wait | { kind: 'lost' } {
  if (isSignedIn(seen, signIn.signedIn)) return { kind: 'signed-in' }
  if (wire.status === 401 || wire.status === 403) return { kind: 'lost' }
  const kept = keptOut(seen, wire, signIn.blocked) ?? downBy(seen, wire)
  if (kept) return kept
  if (!wire.quiet && !wire.late) return { kind: 'wait' }
  if (wire.late && wire.pending) return { kind: 'slow', said: met(seen) }
  return (seen.passwordField ? null : blockedBySay(seen)) ?? { kind: 'lost' }
}

/** A riddle that came after the form did: without its answer a submit would only count as a wrong one. */
export function judgeBeforeSubmit(seen: Seen, { blocked }: FormSignIn): Trouble | null {
  return keptOut(seen, { status: null, pending: false, quiet: true, late: false }, blocked)
}
