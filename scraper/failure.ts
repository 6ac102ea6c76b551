import type { Page } from 'playwright-core'
import { errors } from 'playwright-core'
import type { FailureKind } from '#core/domain/messages.ts'

/** A run that cannot be whole. Each class is a decision; the message says what was met, where, and what was expected. */
export abstract class Failure extends Error {
  abstract readonly kind: FailureKind
  #page: Page | undefined
  /** Where it happened, for the evidence; an accessor, for who prints an error must not print the browser with it. */
  get page(): Page | undefined {
    return this.#page
  }
  set page(page: Page | undefined) {
    this.#page = page
  }
  /** The step under way, in words. */
  step: string | undefined
  /** Whether the same page may be different in a moment: it is then loaded again, within the run's budget. */
  readonly again: boolean = false
}

/** The portal said no to us: a person must look at the account. Trying again would only lock it. */
export class LoginRefused extends Failure {
  override name = 'LoginRefused'
  readonly kind = 'login-refused'
}

/** The portal keeps us out for now (captcha, too many requests): come later, and more slowly. */
export class Blocked extends Failure {
  override name = 'Blocked'
  readonly kind = 'blocked'
  override readonly again: boolean
  readonly retryAfterSeconds: number | undefined
  /** Only too many requests (429) are worth another in the same run; a captcha or a wall is not. */
  constructor(
    message: string,
    { again = false, retryAfterSeconds }: { again?: boolean; retryAfterSeconds?: number } = {},
  ) {
    super(message)
    this.again = again
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The page is not what the definition says: a person must compare the two. */
export class PortalChanged extends Failure {
  override name = 'PortalChanged'
  readonly kind = 'changed'
}

/** What was read is not provably the whole table: read it anew at the next run. */
export class Incomplete extends Failure {
  override name = 'Incomplete'
  readonly kind = 'incomplete'
  override readonly again: boolean = true
}

/** The portal no longer knows us in the middle of the run; credentials are submitted once a run, so it ends here. */
export class SessionLost extends Incomplete {
  override name = 'SessionLost'
  override readonly again = false
}

/** Nobody answers, or only with an excuse: the next run tries again. */
export class PortalDown extends Failure {
  override name = 'PortalDown'
  readonly kind = 'down'
  override readonly again = true
}

/** It would take longer than a run or a page may: the next run tries again. */
export class PortalSlow extends Failure {
  override name = 'PortalSlow'
  readonly kind = 'slow'
  override readonly again = true
}

/** Something of ours ended in the middle; the portal has nothing to do with it. */
export class Interrupted extends Failure {
  override name = 'Interrupted'
  readonly kind = 'interrupted'
}

/** More than we are ready to hold: raise the limit, or look at what the portal sends. */
export class TooLarge extends Failure {
  override name = 'TooLarge'
  readonly kind = 'too-large'
}

/** A mistake in our program or definition: mend it. */
export class Defect extends Failure {
  override name = 'Defect'
  readonly kind = 'defect'
}

/** Makes a failure of whatever was thrown while a portal was read. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  const said = firstLine(error)
  if (error instanceof errors.TimeoutError) return new PortalSlow(`no end within the time allowed: ${said}`)
  // Playwright tells these apart by their text only. Aborted: the address gave no page, but a download or nothing.
  if (said.includes('net::ERR_ABORTED')) return new PortalChanged(said)
  if (/net::ERR_|NS_ERROR_/.test(said)) return new PortalDown(said)
  if (/has been closed|crashed|browser has disconnected/i.test(said)) return new Interrupted(`Chromium ended: ${said}`)
  return new Defect(said, { cause: error })
}

/** Playwright's later lines are its call log, which holds what was filled in. */
function firstLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error).split('\n')[0] ?? ''
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message.split('\n')[0]}`
}
