import { read } from '@e965/xlsx'
import { makeBlank } from '#scraper/blank.ts'

/**
 * The name of a credential that stands in these bytes in any writing, or null. Evidence is blanked already; what goes
 * into version control is looked through once more, and more widely: decoded, and within packed files.
 */
export function findSecret(bytes: Uint8Array, secrets: Record<string, string>): string | null {
  const texts = textsOf(Buffer.from(bytes)).flatMap(writings)
  for (const [name, value] of Object.entries(secrets)) {
    if (value === '') continue
    const blanks = [makeBlank({ [name]: value }), ...encoded(value, secrets).map((code) => makeBlank({ code }))]
    const nothing = makeBlank({})
    if (texts.some((text) => blanks.some((blank) => blank(text) !== nothing(text)))) return name
  }
  return null
}

/** As HTTP basic and tokens carry it. */
function encoded(value: string, { username = '', password = '' }: Record<string, string>): string[] {
  const pair = Buffer.from(`${username}:${password}`)
  const ways = [Buffer.from(value).toString('base64').replaceAll('=', ''), Buffer.from(value).toString('hex')]
  // The first characters of a short name alone could stand anywhere.
  return [...ways.filter((way) => way.length >= 8), pair.toString('base64').replaceAll('=', '')]
}

function textsOf(bytes: Buffer): string[] {
  const plain = [bytes.toString('utf8'), bytes.toString('latin1'), bytes.toString('utf16le')]
  return bytes.subarray(0, 2).toString() === 'PK' ? [...plain, ...packed(bytes)] : plain
}

/** Texts of the files within a workbook. */
function packed(bytes: Buffer): string[] {
  const { files = {} } = read(bytes, { type: 'buffer', bookFiles: true }) as { files?: Record<string, unknown> }
  return Object.values(files).flatMap((file) => {
    const content = typeof file === 'object' && file !== null && 'content' in file ? file.content : undefined
    return content instanceof Uint8Array ? [Buffer.from(content).toString('utf8')] : []
  })
}

/** The text, and what a reader makes of it who knows HTML, addresses or JSON. */
function writings(text: string): string[] {
  const html = text
    .replaceAll(/&#(\d{1,6});/g, (_, code: string) => letter(Number(code)))
    .replaceAll(/&#x([\da-f]{1,5});/gi, (_, code: string) => letter(Number.parseInt(code, 16)))
    .replaceAll(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => named[name] ?? '')
  const address = text.replaceAll(/(?:%[\da-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  )
  const json = text.replaceAll(/\\u([\da-f]{4})/gi, (_, code: string) => letter(Number.parseInt(code, 16)))
  return [...new Set([text, html, address, json])]
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function letter(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ''
}
