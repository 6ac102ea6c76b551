import { hidden, secretName } from '#scraper/blank.ts'

/** Shorter ones are flags and the like. */
const shortestToken = 8

/**
 * An answer as it may be kept: values whose names say that they are secret, and what was sent as a token, are hidden.
 * `shown` are names that the definition reads.
 */
export function withoutTokens(
  bytes: Buffer,
  { sent, shown }: { sent: Record<string, string>; shown: string[] },
): Buffer {
  const text = bytes.toString()
  const secrets = new Set([...tokensIn(JSON.parse(text), new Set(shown)), ...tokensSent(sent)])
  const blanked = [...secrets].reduce((kept, secret) => kept.replaceAll(written(secret), hidden), text)
  return blanked === text ? bytes : Buffer.from(blanked)
}

function tokensIn(value: unknown, shown: Set<string>): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner !== 'string') return tokensIn(inner, shown)
    return secretName.test(key) && !shown.has(key) && inner.length >= shortestToken ? [inner] : []
  })
}

/** "Bearer abc…" and the like. */
function tokensSent(headers: Record<string, string>): string[] {
  const secret = Object.entries(headers).filter(([name]) => name === 'cookie' || secretName.test(name))
  return secret.flatMap(([, value]) => value.split(/[\s;=,]+/)).filter((token) => token.length >= shortestToken)
}

function written(secret: string): string {
  return JSON.stringify(secret).slice(1, -1)
}
