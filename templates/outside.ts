const longest = { title: 400, name: 120, order: 80, contact: 200, delay: 500, foot: 500 }

/** Control characters, line ends and bidi overrides: they could break a header or show a text as what it is not. */
const unprintable = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]+/gu

/**
 * A text from outside as one line that is safe in a subject; html still escapes it. What begins an encoded word is
 * broken: in a subject without any accent nothing else is encoded, and mail programs would decode it.
 */
export function oneLine(text: string, use: keyof typeof longest): string {
  const line = text.toWellFormed().replace(unprintable, ' ').replace(/\s+/g, ' ').trim()
  return shorten(line.replaceAll('=?', '= ?'), longest[use])
}

/** Right-to-left letters keep their order to themselves, also where a mail client knows no `<bdi>`. */
export function isolate(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/** Cuts between characters as people see them, so that no emoji is halved. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  // Asking for the one character at the end costs a fraction of walking through all before it.
  const end = graphemes.segment(text).containing(most - 1)?.index ?? 0
  return `${text.slice(0, end).trimEnd()}…`
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The address of a web page, or null for anything else: a mail carries no `javascript:` or `data:` link. */
export function webAddress(address: string | undefined): string | null {
  const url = address === undefined ? null : URL.parse(address.trim())
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null
}

/** Where a contact can be clicked: a mail address or a page; a phone number or a sentence is only shown. */
export function contactLink(contact: string): string | null {
  if (/^[^\s@<>"&?]+@[^\s@<>"&?]+$/.test(contact)) return `mailto:${encodeURIComponent(contact).replace('%40', '@')}`
  return webAddress(contact)
}
