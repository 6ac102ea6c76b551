import type { RawRow, RawTable } from './snapshot.ts'
import type { Look } from './snapshot.ts'
import type { TableLook } from './source.ts'
import { collapsed, isBoxed, saidOf } from './text-in-page.ts'

/** Tables as they stand. These functions run in the page, as text: they know one another and those of the texts. */
export const tableScript = [
  tableOf, readTables, shownRows, couldBeItem, headRows, headersOf, gridOf, placeRow, rowOfTable, readCards, rowOfCard, tablesShown, linkIn,
].join('\n') // prettier-ignore

type GridCell = { cell: Element; spans: boolean }
type Carried = { left: number; cell: GridCell }[]
type CardLook = Exclude<TableLook, string>

export function tableOf(look: Look): RawTable | null {
  if (look.table === undefined) return null
  return typeof look.table === 'string' ? readTables(look.table, look) : readCards(look.table, look)
}

/** Several tables of one look are one, as long as their headers are equal. */
function readTables(selector: string, look: Look): RawTable | null {
  const tables = tablesShown(selector).map((table) => ({ table, head: headRows(table) }))
  const [headers, ...others] = tables.map(({ head }) => headersOf(head))
  if (headers === undefined) return null
  const otherHeaders = others.find((other) => other.join('\n') !== headers.join('\n'))
  const hidden: Element[] = []
  const rows = tables.flatMap(({ table, head }) =>
    [...table.tBodies].flatMap((body) => gridOf(shownRows(body, { head, look, hidden }))),
  )
  const read: RawRow[] = []
  let count = 0
  for (const [i, { row, cells }] of rows.entries()) {
    if (cells.length === 0 || (look.skipRows && row.matches(look.skipRows))) continue
    count += 1
    if (!look.countOnly) read.push(rowOfTable(cells, { n: i + 1, row, look }))
  }
  return {
    headers,
    rows: read,
    count,
    ...(hidden.length > 0 && { hidden: hidden.length }),
    ...(otherHeaders && { otherHeaders }),
  }
}

type Body = { head: HTMLTableRowElement[]; look: Look; hidden: Element[] }

/** The rows below the head; those that could be items and are not shown are told apart. */
function shownRows(body: HTMLTableSectionElement, { head, look, hidden }: Body): HTMLTableRowElement[] {
  return [...body.rows].filter((row) => {
    if (head.includes(row)) return false
    if (isBoxed(row)) return true
    if (couldBeItem(row, look)) hidden.push(row)
    return false
  })
}

function couldBeItem(row: HTMLTableRowElement, { skipRows }: Look): boolean {
  return row.querySelector(':scope > td') !== null && !(skipRows && row.matches(skipRows))
}

function tablesShown(selector: string): HTMLTableElement[] {
  return [...document.querySelectorAll(selector)].flatMap((element) => {
    if (!isBoxed(element)) return []
    if (element instanceof HTMLTableElement) return [element]
    return [...element.querySelectorAll('table')].filter(isBoxed).slice(0, 1)
  })
}

/** The head is in its own part, else the first row with a header cell, else the first row. */
function headRows(table: HTMLTableElement): HTMLTableRowElement[] {
  const inHead = table.tHead ? [...table.tHead.rows].filter(isBoxed) : []
  if (inHead.length > 0) return inHead
  const rows = [...table.rows].filter(isBoxed)
  const first = rows.find((row) => row.querySelector(':scope > th')) ?? rows[0]
  return first ? [first] : []
}

/** A column's header is what stands above it in all rows of the head. */
function headersOf(head: HTMLTableRowElement[]): string[] {
  const grid = gridOf(head)
  const width = Math.max(0, ...grid.map(({ cells }) => cells.length))
  return Array.from({ length: width }, (_, column) => {
    const above = grid.flatMap(({ cells }) => cells[column]?.cell ?? [])
    const texts = [...new Set(above)].map((cell) =>
      cell.querySelector('select, input') ? collapsed(cell.textContent ?? '') : saidOf(cell),
    )
    return texts.filter(Boolean).join(' ')
  })
}

/** Cells by column: one that spans rows stands in each of them, one that spans columns in each of those. */
function gridOf(rows: HTMLTableRowElement[]): { row: HTMLTableRowElement; cells: GridCell[] }[] {
  const carried: Carried = []
  return rows.map((row) => ({ row, cells: placeRow(row, carried) }))
}

function placeRow(row: HTMLTableRowElement, carried: Carried): GridCell[] {
  const cells: GridCell[] = []
  const takeCarried = () => {
    for (let above = carried[cells.length]; above && above.left > 0; above = carried[cells.length]) {
      above.left -= 1
      cells.push(above.cell)
    }
  }
  for (const cell of row.cells) {
    if (!isBoxed(cell)) continue
    takeCarried()
    const placed = { cell, spans: cell.colSpan > 1 }
    for (let column = 0; column < cell.colSpan; column++) {
      if (cell.rowSpan !== 1)
        carried[cells.length] = { left: cell.rowSpan === 0 ? Infinity : cell.rowSpan - 1, cell: placed }
      cells.push(placed)
    }
  }
  if (row.cells.length > 0) takeCarried()
  return cells
}

type Place = { n: number; row: Element; look: Look }

function rowOfTable(cells: GridCell[], { n, row, look }: Place): RawRow {
  const texts = cells.map(({ cell, spans }) => (spans ? null : saidOf(cell, look.ignore)))
  const link = look.rowLink === undefined ? {} : { link: linkIn(row, look.rowLink) }
  if (!texts.includes(null)) return { n, cells: texts, ...link }
  return { n, cells: texts, said: [...new Set(cells)].map(({ cell }) => saidOf(cell)).join(' | '), ...link }
}

function readCards({ row: selector, cells }: CardLook, look: Look): RawTable | null {
  const all = [...document.querySelectorAll(selector)]
  const cards = all.filter(isBoxed)
  const hidden = all.filter((row) => !isBoxed(row) && !(look.skipRows && row.matches(look.skipRows))).length
  const items = cards
    .map((row, i) => ({ row, n: i + 1 }))
    .filter(({ row }) => !look.skipRows || !row.matches(look.skipRows))
  if (items.length === 0) return null
  const rows = look.countOnly ? [] : items.map(({ row, n }) => rowOfCard(Object.values(cells), { n, row, look }))
  return { headers: Object.keys(cells), rows, count: items.length, ...(hidden > 0 && { hidden }) }
}

/** A cell is the one element that fits; which of two is meant nobody knows. */
function rowOfCard(selectors: string[], { n, row, look }: Place): RawRow {
  const texts = selectors.map((selector) => {
    const [element, ...others] = [...row.querySelectorAll(selector)].filter(isBoxed)
    return element === undefined || others.length > 0 ? null : saidOf(element, look.ignore)
  })
  const link = look.rowLink === undefined ? {} : { link: linkIn(row, look.rowLink) }
  return { n, cells: texts, ...(texts.includes(null) && { said: saidOf(row) }), ...link }
}

function linkIn(row: Element, selector: string): string | null {
  const link = row.matches(selector) ? row : row.querySelector(selector)
  return link instanceof HTMLAnchorElement && link.hasAttribute('href') ? link.href : null
}
