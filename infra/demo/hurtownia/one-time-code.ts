import { Secret, TOTP } from 'otpauth'

/** Checks one-time codes: those of the step before and after are taken too, and each step only once. */
export function makeCodeCheck({ secret, now }: { secret: string; now: () => Date }) {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })
  let lastStep = -1
  return {
    takes(code: string): boolean {
      const timestamp = now().getTime()
      const delta = totp.validate({ token: code.replaceAll(' ', ''), timestamp, window: 1 })
      const step = totp.counter({ timestamp }) + (delta ?? 0)
      if (delta === null || step <= lastStep) return false
      lastStep = step
      return true
    },
    forget(): void {
      lastStep = -1
    },
  }
}
export type CodeCheck = ReturnType<typeof makeCodeCheck>
