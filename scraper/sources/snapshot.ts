import type { Page } from 'playwright-core'
import { evaluateApart } from './devtools.ts'
import { lookScript } from './look-in-page.ts'
import type { TableLook } from './source.ts'

/** What a page shows, taken in one go: judging and reading it needs no browser. */
export type Snapshot = {
  address: string
  title: string
  /** Text of the first element of each mark that is shown, or of the first at all; null where there is none. */
  marks: Record<string, string | null>
  /** Elements that are shown, by the names of the look. */
  seen: Record<string, Seen[]>
  passwordField: boolean
  /** Whether its style sheets are here; what is hidden is not known before. */
  styled: boolean
  table: RawTable | null
  /** The first words of the page, to say what was there instead. */
  words: string
}

/** An element that is shown; `address` is where its link leads. */
export type Seen = { text: string; address: string | null; enabled: boolean }

/** A table as a person sees it: texts with their white space collapsed, NBSP kept. */
export type RawTable = {
  headers: string[]
  rows: RawRow[]
  count: number
  /** Rows that are there and not shown. */
  hidden?: number
  /** Of another table that the look fits too, where they differ. */
  otherHeaders?: string[]
}

/**
 * `n` counts the rows of the table from 1. A cell is null where the row has none of its own: one that spans columns, or
 * of a card without the element, or with two; `said` is then the text of the whole row.
 */
export type RawRow = { n: number; cells: (string | null)[]; said?: string; link?: string | null }

export type Look = {
  table?: TableLook
  skipRows?: string | undefined
  /** Elements of cells that are not read. */
  ignore?: string | undefined
  /** The link of each row that is given with it. */
  rowLink?: string | undefined
  marks: Record<string, string>
  seen?: Record<string, string>
  /** Rows are counted and not read. */
  countOnly?: true
  /** The words of a page are laid out to be read: left out where table and marks are all there. */
  wordsIfLacking?: true
}

/** One evaluation for the whole page: cell by cell a page of 5,000 rows would take minutes. */
export async function takeSnapshot(page: Page, look: Look): Promise<Snapshot> {
  return evaluateApart<Snapshot>(page, `(() => {${lookScript}\nreturn lookAround(${JSON.stringify(look)}) })()`)
}
