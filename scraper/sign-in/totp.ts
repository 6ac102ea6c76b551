import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Secret, TOTP, URI } from 'otpauth'
import { Defect } from '#scraper/failure.ts'

/** A code that is typed in at the end of its time would be late at the portal. */
const lastSeconds = 3

type Used = { counter: number; code: string }

/**
 * The last code that this process gave away, by secret: portals take each only once, so a second use looks like a wrong
 * one. Of the process, because a run knows nothing of the run before.
 */
const lastUsed = new Map<string, Used>()

type Moment = { secret: string; signal: AbortSignal; now?: () => number }

/** The code of the moment, after waiting for the next one where this one is nearly over or was used. */
export async function codeOfTheMoment({ secret, signal, now = Date.now }: Moment): Promise<string> {
  const totp = parseTotp(secret)
  const counter = usableCounter(totp, { now: now(), last: lastUsed.get(nameOf(secret))?.counter })
  const begins = counter * totp.period * 1000
  while (now() < begins) await wait(Math.min(begins - now(), 1000), undefined, { signal })
  const code = totp.generate({ timestamp: begins })
  lastUsed.set(nameOf(secret), { counter, code })
  return code
}

/** The number of the first time step that may still be used. */
export function usableCounter(
  { period }: Pick<TOTP, 'period'>,
  { now, last = -1 }: { now: number; last?: number | undefined },
): number {
  const seconds = now / 1000
  const counter = Math.floor(seconds / period)
  const isNearlyOver = (counter + 1) * period - seconds <= lastSeconds
  return Math.max(isNearlyOver ? counter + 1 : counter, last + 1)
}

/** As portals hand it out: in base 32, with or without spaces, or as the otpauth:// address of a QR code. */
export function parseTotp(secret: string): TOTP {
  try {
    const totp = /^otpauth:/i.test(secret) ? URI.parse(secret) : fromBase32(secret)
    if (totp instanceof TOTP && totp.secret.bytes.length > 0) return totp
  } catch {
    // The parser's words hold the secret.
  }
  throw new Defect('the credential "totp" is neither a secret in base 32 nor an otpauth://totp/… address')
}

function fromBase32(secret: string): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(/[\s-]/g, '').toUpperCase()) })
}

/** The code that was given away last, so that evidence does not show it while it is good. */
export function lastCode(secret: string): string | undefined {
  return lastUsed.get(nameOf(secret))?.code
}

function nameOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64')
}
