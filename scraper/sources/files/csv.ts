import { CsvError, parse } from 'csv-parse/sync'
import { Incomplete, PortalChanged } from '#scraper/failure.ts'
import { decode } from './decode.ts'
import type { FileRow } from './file-table.ts'
import { collapsed, isBlankRow } from './file-table.ts'
import type { FormatOf } from './read-file.ts'
import type { Sheet } from './sheet.ts'

/** Rows of a CSV file, the first ones included; blank ones count, so that numbers are those of the file. */
export function readCsv(bytes: Uint8Array, { encoding, delimiter }: FormatOf<'csv'>): Sheet {
  const text = decode(bytes, encoding)
  const parsed = parseCsv(text, delimiter)
  checkQuotes(parsed, delimiter)
  const rows = parsed.map((cells, i): FileRow => ({ n: i + 1, cells: cells.map(textOfCell) }))
  const there = rows.filter(({ cells }) => !isBlankRow(cells))
  return { rows: there, isRagged: true, endsInLine: !/[\r\n]$/.test(text) }
}

function parseCsv(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      bom: false, // The decoder has taken it.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // An inch sign within a cell without quotes is what it is; what quotes swallow is looked for below.
      relax_quotes: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw new Incomplete('the file ends within a quoted cell: it was cut, or a quote is not closed')
    throw new PortalChanged(`the file is no CSV: ${error.message.slice(0, 160)}`)
  }
}

/**
 * A quote that is not closed takes all up to the next one, and with it the end of one row and the beginning of another.
 * What it took has a line break and a delimiter; a cell that rightly has both cannot be told from that.
 */
function checkQuotes(rows: string[][], delimiter: string): void {
  let line = 1
  for (const cells of rows) {
    const swallowed = cells.find((cell) => /[\r\n]/.test(cell) && cell.includes(delimiter))
    if (swallowed !== undefined) throw openQuote(swallowed, { line, delimiter })
    line += cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 1)
  }
}

function openQuote(cell: string, { line, delimiter }: { line: number; delimiter: string }): PortalChanged {
  const met = `the row that begins in line ${line} of the file has a cell with a line break and ${JSON.stringify(delimiter)} in it: ${JSON.stringify(cell.slice(0, 120))}`
  return new PortalChanged(
    `${met}; expected one of them at most: look there for a quote that is not closed, which would swallow the next row`,
  )
}

/** `="00123"` is how a CSV file tells Excel to keep the zeros. */
function textOfCell(cell: string): string {
  return collapsed(/^="([^"]*)"$/.exec(cell)?.[1] ?? cell)
}
