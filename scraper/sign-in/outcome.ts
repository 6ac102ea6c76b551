import type { Failure } from '#scraper/failure.ts'
import { Blocked, LoginRefused, PortalChanged, PortalDown, PortalSlow } from '#scraper/failure.ts'
import type { Refusal } from './sign-in.ts'

/** How a sign-in may end; `said` is for the person who must look at it. */
export type Outcome =
  | { kind: 'signed-in' }
  | { kind: 'refused'; means: Refusal | 'not-said'; said: string }
  | { kind: 'blocked'; said: string; tooMany?: { retryAfterSeconds?: number } }
  | { kind: 'changed'; said: string }
  | { kind: 'down'; said: string }
  | { kind: 'slow'; said: string }

/** Any end but the good one. */
export type Trouble = Exclude<Outcome, { kind: 'signed-in' }>

/** What the wire says of the page that is looked at. */
export type Wire = {
  /** Of the last document; null where none came. */
  status: number | null
  retryAfterSeconds?: number
  /** Something is asked and not answered yet. */
  pending: boolean
  /** Nothing has moved for as long as a page may take to become complete. */
  quiet: boolean
  /** The time for the step is over. */
  late: boolean
}

export type Wait = { kind: 'wait' }

const meanings: Record<Refusal | 'not-said', string> = {
  'wrong-password': 'wrong user name or password',
  'wrong-code': 'wrong one-time code',
  locked: 'the account is locked',
  'password-expired': 'the password has expired',
  'not-said': 'without saying why',
}

/** What an outcome is to the run. */
export function failureOf(outcome: Trouble): Failure {
  const { said } = outcome
  switch (outcome.kind) {
    case 'refused':
      return new LoginRefused(`the portal refuses us (${meanings[outcome.means]}): ${said}`)
    case 'blocked':
      return new Blocked(`the portal keeps us out: ${said}`, outcome.tooMany && { again: true, ...outcome.tooMany })
    case 'changed':
      return new PortalChanged(said)
    case 'down':
      return new PortalDown(`the portal ${said}`)
    case 'slow':
      return new PortalSlow(`no answer in time; ${said}`)
    default:
      return outcome satisfies never
  }
}
