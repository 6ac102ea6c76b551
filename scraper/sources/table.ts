import type { Observation, UnfitRow } from '#core/domain/messages.ts'
import type { Column } from '#core/domain/supplier.ts'
import { PortalChanged } from '#scraper/failure.ts'
import type { RawRow, RawTable } from './snapshot.ts'
import type { TableSource } from './source.ts'

/** Where each thing stands in a row. */
export type Places = {
  code: number
  title: number
  ean: number | null
  cells: [name: string, at: number][]
  width: number
}
type Wanted = Pick<TableSource, 'fields' | 'others' | 'details'> & { columns: Column[] }
export type ReadRow =
  | { kind: 'fits'; row: Observation; where: string; link: string | null }
  | { kind: 'unfit'; row: UnfitRow }

/** Finds the columns by header text and never by position; each wanted header must be there once. */
export function findPlaces({ headers, otherHeaders }: RawTable, { fields, others, details, columns }: Wanted): Places {
  if (otherHeaders)
    throw new PortalChanged(`there are two tables: one has the headers ${list(headers)}, one ${list(otherHeaders)}`)
  const inTable = columns.filter(({ name }) => details?.cells[name] === undefined)
  const places: Places = {
    code: position(headers, fields.code),
    title: position(headers, fields.title),
    ean: fields.ean ? position(headers, fields.ean) : null,
    cells: inTable.map(({ name }) => [name, position(headers, fields.cells[name] ?? [name])]),
    width: headers.length,
  }
  if (others) checkOthers(headers, { places, others })
  return places
}

/** One row as an observation, or why it is none. */
export function readRow(raw: RawRow, { places, page }: { places: Places; page: number }): ReadRow {
  const { n, cells, link = null } = raw
  const at = (place: number | null) => (place === null ? null : (cells[place] ?? null))
  const [code, title, ean] = [at(places.code)?.normalize('NFC').trim(), at(places.title), at(places.ean)]
  const read = places.cells.map(([name, place]) => [name, at(place)] as const)
  const has = read.every(([, text]) => text !== null) && cells.length === places.width
  const where = `page ${page}, row ${n}`
  if (has && [code, ean, ...read.map(([, text]) => text)].some((text) => isBroken(text)))
    throw broken(where, textOf(raw))
  if (!has || !code || code.length > 200 || title == null || isBroken(title)) {
    const known = code && code.length <= 200 && !isBroken(code) ? { code } : {}
    return { kind: 'unfit', row: { where, said: textOf(raw).slice(0, 200), ...known } }
  }
  const row = { code, title, ...eanOf(ean), cells: Object.fromEntries(read) as Record<string, string> }
  return { kind: 'fits', row, where, link }
}

/** Case, spaces and marks of sorting aside. */
export function plain(text: string): string {
  const words = text.normalize('NFC').replaceAll(/[▲▼△▽▴▾↑↓↕⇅⇵]/gu, ' ')
  return words.replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/** Where the one header with one of these wordings stands. */
function position(headers: string[], wordings: string[]): number {
  const accepted = new Set(wordings.map(plain))
  const found = headers.flatMap((header, n) => (accepted.has(plain(header)) ? [n] : []))
  if (found.length === 1) return found[0] as number
  const wanted = wordings.map((wording) => `"${wording}"`).join(' or ')
  const times = `${found.length} columns (${found.map((n) => n + 1).join(' and ')})`
  const met = `the table has ${found.length === 0 ? 'no column' : times} with the header ${wanted}; its headers are ${list(headers)}`
  throw new PortalChanged(headers.some(isBroken) ? `${met}: the page's encoding is broken` : met)
}

/** A closed set of headers: another one may be what a known one was. */
function checkOthers(headers: string[], { places, others }: { places: Places; others: string[] }): void {
  const known = new Set([places.code, places.title, places.ean, ...places.cells.map(([, at]) => at)])
  const accepted = new Set(others.map(plain))
  const unknown = headers.filter((header, n) => !known.has(n) && !accepted.has(plain(header)))
  if (unknown.length > 0)
    throw new PortalChanged(`the table has headers that the definition does not know: ${list(unknown)}`)
}

/** An EAN that is none is left out: it would only match wrong articles. */
function eanOf(text: string | null): { ean?: string } {
  const ean = text?.replaceAll(/\s/g, '') ?? ''
  return /^(\d{8}|\d{12,14})$/.test(ean) ? { ean } : {}
}

/** The sign that stands for bytes that are no text. */
function isBroken(text: string | null | undefined): boolean {
  return text?.includes('\u{FFFD}') ?? false
}

function broken(where: string, said: string): PortalChanged {
  return new PortalChanged(`the page's encoding is broken: ${where} says "${said.slice(0, 160)}"`)
}

function textOf({ cells, said }: RawRow): string {
  return said ?? cells.join(' | ')
}

function list(headers: string[]): string {
  return headers.length > 0 ? headers.map((header) => `"${header}"`).join(', ') : 'none'
}
