import type { KeyObject } from 'node:crypto'
import { createHash, verify } from 'node:crypto'

export type Verified = { isValid: boolean; tags: Record<string, string>; signed: string[] }

/** DKIM as RFC 6376 has it, relaxed/relaxed with rsa-sha256, and not a line of it from who signs. */
export function verifyDkim(raw: Uint8Array, publicKey: KeyObject): Verified {
  const message = Buffer.from(raw).toString('latin1')
  const end = message.indexOf('\r\n\r\n')
  const fields = message.slice(0, end).split(/\r\n(?![ \t])/)
  const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? ''
  const tags = tagsOf(signature)
  const signed = (tags['h'] ?? '').toLowerCase().split(':')
  const unsigned = fields.toReversed()
  const lines = signed.map((name) => {
    const index = unsigned.findIndex((field) => field.toLowerCase().startsWith(`${name}:`))
    return index < 0 ? '' : `${relaxed(unsigned.splice(index, 1)[0] ?? '')}\r\n`
  })
  const own = relaxed(signature.replace(/(;\s*b=)[^;]*$/, '$1'))
  const bodyHash = createHash('sha256')
    .update(relaxedBody(message.slice(end + 4)), 'latin1')
    .digest('base64')
  const data = Buffer.from(lines.join('') + own, 'latin1')
  const isValid = bodyHash === tags['bh'] && verify('sha256', data, publicKey, Buffer.from(tags['b'] ?? '', 'base64'))
  return { isValid, tags, signed }
}

function tagsOf(signature: string): Record<string, string> {
  const list = signature.slice(signature.indexOf(':') + 1).split(';')
  return Object.fromEntries(
    list.map((tag) => [tag.split('=', 1)[0]?.trim() ?? '', tag.slice(tag.indexOf('=') + 1).replaceAll(/\s/g, '')]),
  )
}

function relaxed(field: string): string {
  const colon = field.indexOf(':')
  const value = field
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim()
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`
}
