import { utils, write } from '@e965/xlsx'
import type { CellObject } from '@e965/xlsx'
import type { Day } from '#core/domain/availability.ts'
import { isCalendarDay, numberOfDay } from '#core/domain/grammar/calendar.ts'
import { dotted } from '../portal/calendar.ts'
import type { Cell, Listing, Table } from '../portal/table.ts'
import { money } from './columns.ts'

/** The price list as an Excel file: a title, the headers, a row for each item, and a last line that counts them. */
export function workbookOf({ listing, columns, rows }: Table & { listing: Listing }, today: Day): Buffer<ArrayBuffer> {
  const title = `Sammelkontor – Preisliste und Verfügbarkeit, Stand ${dotted(today)}`
  const body = rows.map((row) => {
    return 'heading' in row ? [textCell(row.heading)] : row.cells.map(cellOf)
  })
  const trailer = listing.total === null ? [] : [[textCell(`Summe: ${listing.total} Artikel`)]]
  const sheet = utils.aoa_to_sheet([
    [textCell(title)],
    columns.map(({ header }) => textCell(header)),
    ...body,
    ...trailer,
  ])
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: columns.length - 1 } }]
  sheet['!cols'] = columns.map(({ key }) => ({ wch: key === 'title' ? 44 : 18 }))
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'Preisliste')
  return Buffer.from(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)
}

function cellOf({ text, class: kind }: Cell): CellObject | null {
  if (text === '') return null
  if (kind === money) return { t: 'n', v: Number(text), z: '#,##0.00 "€"' }
  return dateCell(text) ?? textCell(text)
}

function textCell(text: string): CellObject {
  return { t: 's', v: text }
}

/** "2027-01-15" and "2027-01" stand in the file as Excel keeps dates: a count of days, and how to show it. */
function dateCell(text: string): CellObject | null {
  const [, year, month, date = '01'] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? []
  if (!isCalendarDay(Number(year), Number(month), Number(date))) return null
  return {
    t: 'n',
    v: numberOfDay(`${year}-${month}-${date}`) + excelEpoch,
    z: text.length === 7 ? 'mmm yyyy' : 'dd.mm.yyyy',
  }
}

/** What Excel counts for 1970-01-01. */
const excelEpoch = 25_569
