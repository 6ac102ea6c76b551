import { Defect, Incomplete, PortalChanged } from '#scraper/failure.ts'
import { isEncoding } from './encoding.ts'

const marks: [encoding: string, bytes: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** The text of a file, or why it is not in this encoding: a wrong letter in a code would be another item. */
export function decode(bytes: Uint8Array, label: string): string {
  const { encoding } = decoderOf(label)
  const mark = markOf(bytes)
  if (mark && mark !== encoding) throw new PortalChanged(`the file begins with the mark of ${mark}; ${wanted(label)}`)
  const text = decodeStrictly(bytes, label)
  if (!encoding.startsWith('utf-')) checkSingleBytes(bytes, { text, label })
  if (text.includes('\0')) throw new PortalChanged(`the file has NUL characters as ${label}; is it another encoding?`)
  return text
}

/** The encoding that a file's first bytes name, if any. */
export function markOf(bytes: Uint8Array): string | undefined {
  return marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))?.[0]
}

function wanted(label: string): string {
  return `the definition says ${label}`
}

function decoderOf(label: string): TextDecoder {
  if (!isEncoding(label))
    throw new Defect(`there is no encoding "${label}"; names are those of the web, as windows-1250`)
  return new TextDecoder(label, { fatal: true })
}

function decodeStrictly(bytes: Uint8Array, label: string): string {
  try {
    return decoderOf(label).decode(bytes)
  } catch (error) {
    throw brokenBytes(bytes, label, error)
  }
}

function brokenBytes(bytes: Uint8Array, label: string, cause: unknown): Incomplete | PortalChanged | Defect {
  if (isPrefix(bytes, label))
    return new Incomplete(`the file ends in the middle of a character of ${label}: it was cut`)
  const at = firstBroken(bytes, label)
  if (at === bytes.length) return new Defect(`a file of ${bytes.length} bytes cannot be decoded as ${label}`, { cause })
  const line = new TextDecoder(label).decode(bytes.subarray(0, at)).split('\n').length
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0')
  return new PortalChanged(`byte ${at + 1} (${byte}, line ${line}) of the file is not ${label}; ${wanted(label)}`)
}

/** Whether the bytes are right so far, though a character may not be at its end. */
function isPrefix(bytes: Uint8Array, label: string): boolean {
  return decodes(bytes, label, { stream: true })
}

function isWhole(bytes: Uint8Array, label: string): boolean {
  return decodes(bytes, label, { stream: false })
}

function decodes(bytes: Uint8Array, label: string, options: { stream: boolean }): boolean {
  try {
    decoderOf(label).decode(bytes, options)
    return true
  } catch {
    return false
  }
}

/** Where the first wrong character begins. */
function firstBroken(bytes: Uint8Array, label: string): number {
  let at = lastRight(bytes, label)
  while (at > 0 && !isWhole(bytes.subarray(0, at), label)) at -= 1
  return at
}

/** How many bytes may be right, by halving. */
function lastRight(bytes: Uint8Array, label: string): number {
  let [right, broken] = [0, bytes.length]
  while (broken - right > 1) {
    const middle = (right + broken) >> 1
    if (isPrefix(bytes.subarray(0, middle), label)) right = middle
    else broken = middle
  }
  return right
}

/** In these encodings nearly every byte means something, so a file in another one decodes too: to wrong letters. */
function checkSingleBytes(bytes: Uint8Array, { text, label }: { text: string; label: string }): void {
  const control = /[\u0080-\u009f]/.exec(text)
  if (control) {
    const line = text.slice(0, control.index).split('\n').length
    throw new PortalChanged(`line ${line} of the file has a byte that means nothing in ${label}; ${wanted(label)}`)
  }
  if (bytes.every((byte) => byte < 0x80)) return
  if (isPrefix(bytes, 'utf-8')) throw new PortalChanged(`the file is utf-8 throughout; ${wanted(label)}`)
}
