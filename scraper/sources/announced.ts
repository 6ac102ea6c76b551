import { PortalChanged } from '#scraper/failure.ts'

/** What a page says of the rows that it shows, of how many; `said` is the line itself. */
export type Announced = { said: string; total: number; from?: number; to?: number; shown?: number }
/** Which page it is, of how many. */
export type PagesAnnounced = { pages: number; current?: number }

/** Thousands may be grouped by a space of any kind, a dot, a comma or an apostrophe. */
const numeral = /\d{1,3}(?:[\s.,'’]\d{3})+(?!\d)|\d+/g
const dash = /^\s*[–—−-]\s*$/

/** "Zobrazeno 1–50 z 200", "200 Artikel" or "50 of 1,234", in any language: by its numbers alone. */
export function readAnnounced(said: string): Announced {
  const { numbers, between } = numbersOf(said)
  const [first, second, third] = numbers
  if (first === undefined || numbers.length > 3) throw unreadable(said)
  if (second === undefined) return { said, total: first }
  if (third === undefined) {
    if (dash.test(between[0] ?? '') || first > second) throw unreadable(said)
    return { said, shown: first, total: second }
  }
  const totalFirst = dash.test(between[1] ?? '') && !dash.test(between[0] ?? '')
  return totalFirst ? { said, from: second, to: third, total: first } : { said, from: first, to: second, total: third }
}

/** "Strana 1 z 8", "8 pages": its last number, and before it which page it is. */
export function readPages(said: string): PagesAnnounced {
  const { numbers } = numbersOf(said)
  const [current, pages] = numbers.length > 1 ? numbers.slice(-2) : [undefined, numbers[0]]
  if (pages === undefined) {
    throw new PortalChanged(`cannot read how many pages there are: expected a line such as "1 z 8", met "${said}"`)
  }
  return { pages, ...(current !== undefined && { current }) }
}

/** The rows that stand on this very page; null where the line does not say. */
export function rowsAnnounced({ from, to, shown, total }: Announced): number | null {
  if (total === 0) return 0
  if (from === undefined || to === undefined) return shown ?? null
  return Math.max(0, to - from + 1)
}

function numbersOf(said: string): { numbers: number[]; between: string[] } {
  const found = [...said.matchAll(numeral)]
  const numbers = found.map(([digits]) => Number(digits.replaceAll(/\D/g, '')))
  const between = found.slice(1).map(({ index }, i) => {
    const before = found[i] as RegExpExecArray // There is one before each but the first.
    return said.slice(before.index + before[0].length, index)
  })
  return { numbers, between }
}

function unreadable(said: string): PortalChanged {
  const expected = 'expected a line such as "1–50 z 200" or "200 Artikel"'
  return new PortalChanged(`cannot read how many rows there are: ${expected}, met "${said}"`)
}
