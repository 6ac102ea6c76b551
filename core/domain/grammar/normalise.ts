const combined = /[\u00ad\u200b-\u200f\u2060\ufeff]/g
const dashes = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]/g
const oddMarks = /[\u2018\u2019\u02bc\u00b4`]/g

/**
 * One form for texts that only look different: composed letters, every kind of space as one blank, every kind of dash
 * as "-", lower case. What the grammar reads, and the form of a supplier's own words.
 */
export function normalise(text: string): string {
  const form = formOf(text)
  const lower = (form === 'exotic' ? unified(text) : text).toLowerCase()
  return form === 'plain' ? lower : lower.replace(/\s+/g, ' ').trim()
}

/** Most cells need no more than lower case: letters below U+0300 are composed already. */
function formOf(text: string): 'plain' | 'spaced' | 'exotic' {
  let spaced = false
  let before = 32
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x300 || exoticLatin.has(code)) return 'exotic'
    if (code < 32 || (code === 32 && before === 32)) spaced = true
    before = code
  }
  return spaced || before === 32 ? 'spaced' : 'plain'
}

/** "`", the blanks of U+0085 and U+00A0, the soft hyphen, "´" and "ß" */
const exoticLatin = new Set([0x60, 0x85, 0xa0, 0xad, 0xb4, 0xdf])

function unified(text: string): string {
  return text
    .normalize('NFC')
    .replace(combined, '')
    .replace(dashes, '-')
    .replace(oddMarks, "'")
    .replace(/\u2044/g, '/')
    .replace(/[ßẞ]/g, 'ss')
}

/** The same saying, case and spaces aside. */
export function sameText(a: string, b: string): boolean {
  return a === b || normalise(a) === normalise(b)
}

/** Only spaces or dashes: the supplier said nothing. */
export function isBlank(text: string): boolean {
  return isBlankNormal(normalise(text))
}

export function isBlankNormal(normal: string): boolean {
  return /^[ -]*$/.test(normal)
}
