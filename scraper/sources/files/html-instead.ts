import type { Failure } from '#scraper/failure.ts'
import { SessionLost } from '#scraper/failure.ts'
import { notAsExpected } from '#scraper/sources/open-page.ts'

/** Whether a file is a page in truth: a portal that does not know us any more answers with its sign-in page. */
export function isHtml(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 1_000)).toString('latin1').replaceAll('\0', '')
  return /^[^<a-z]{0,20}(<!--[\s\S]*?-->\s*)?<(!doctype\s+html|html|head|body|meta|title)[\s>]/i.test(start)
}

/** What a page that came instead of `expected` is. */
export function htmlInstead(bytes: Uint8Array, expected: string): Failure {
  const html = new TextDecoder().decode(bytes.subarray(0, 200_000))
  const title = plainText(/<title[^>]*>([\s\S]*?)<\/title>/i.exec(html)?.[1] ?? '')
  const words = plainText(html.replaceAll(/<(script|style|title)[\s\S]*?<\/\1>/gi, ' ')).slice(0, 300)
  if (/<input[^>]+type\s*=\s*["']?password/i.test(html))
    return new SessionLost(`expected ${expected}; met a page "${title}" with a password field: the session has ended`)
  const instead = {
    address: 'the answer',
    title,
    words,
    marks: {},
    seen: {},
    passwordField: false,
    styled: true,
    table: null,
  }
  return notAsExpected(expected, instead)
}

function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
