import { lastCode } from './sign-in/totp.ts'

/** Takes secrets out of a text. */
export type Blank = (text: string) => string

export const hidden = '[hidden]'

/** Values of such fields, attributes and parameters are secrets though we don't know them. */
export const secretName =
  /csrf|xsrf|token|nonce|session|sessid|relace|auth|passw|heslo|secret|otp|jwt|saml|api[_-]?key/i

const telling = 'csrf|xsrf|token|nonce|session|sessid|auth|passw|heslo|secret|otp|jwt|saml|api[_-]?key|signature'
/** Too short to be looked for within others: `sort_key`, `design` and `inside` are no secrets. */
const short = 'sid|[a-z]+[_-]sid|oscsid|ticket|key|sig'
/** Also in brackets (`user[token]`, which an address may write %5B and %5D), and behind a hash. */
const secretNames = String.raw`[\w.\-[\]%]{0,60}(?:${telling})[\w.\-[\]%]{0,60}|(?:[\w.-]{0,60}(?:\[|%5B))?(?:${short})(?:\]|%5D)?`
const anyValue = String.raw`[^&;"'#\s<>]+`
const parameters = new RegExp(`([?&;#](?:${secretNames})=)${anyValue}`, 'gi')

const query = /[?#][^"'\s<>?#]+/g
const codeOrState = new RegExp(`([?&;#](?:code|state)=)${anyValue}`, 'gi')

/** What finds secrets in a text, as a page can be handed it. */
export type SecretPattern = { source: string; flags: string }

/** Blanks the credentials wherever and however they are written, and parameters of addresses that are secret by name. */
export function makeBlank(secrets: Record<string, string>): Blank {
  const patterns = secretPatterns(secrets).map(({ source, flags }) => new RegExp(source, flags))
  return (text) => {
    const anonymous = text.replaceAll(parameters, `$1${hidden}`).replaceAll(query, withoutCode)
    return patterns.reduce((blanked, pattern) => blanked.replaceAll(pattern, hidden), anonymous)
  }
}

/** `code` alone is an item's number on many a page; beside `state` it signs us in by way of another portal (OAuth). */
function withoutCode(asked: string): string {
  const both = /[?&;#]code=/i.test(asked) && /[?&;#]state=/i.test(asked)
  return both ? asked.replaceAll(codeOrState, `$1${hidden}`) : asked
}

export function secretPatterns(secrets: Record<string, string>): SecretPattern[] {
  const known = Object.entries(secrets).flatMap(([name, value]) => writings(value).map((text) => patternOf(name, text)))
  const code = secrets['totp'] === undefined ? undefined : lastCode(secrets['totp'])
  return code === undefined ? known : [...known, { source: `(?<!\\d)${code}(?!\\d)`, flags: 'gu' }]
}

/** As it is, and as html, addresses, forms and JSON write it; the longest first. */
function writings(value: string): string[] {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = escaped.replaceAll('"', '&quot;')
  const inForm = new URLSearchParams({ x: value }).toString().slice(2)
  const inJson = JSON.stringify(value).slice(1, -1)
  const ways = [value, escaped, quoted, encodeURIComponent(value), inForm, inJson].filter((text) => text !== '')
  return [...new Set(ways)].sort((a, b) => b.length - a.length)
}

/** A user name is often a plain word ("obchod"), which may stay inside of others ("velkoobchod"). */
function patternOf(name: string, text: string): SecretPattern {
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
  const source = name === 'username' ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal
  return { source, flags: 'giu' }
}
