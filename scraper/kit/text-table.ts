/** Lines of a table for a terminal: columns as wide as they must be, cells cut at what a person can take in. */
export function textTable(headers: string[], rows: string[][], widest = 40): string[] {
  const cells = [headers, ...rows].map((row) => row.map((cell) => cut(cell, widest)))
  const widths = headers.map((_, n) => Math.max(...cells.map((row) => lengthOf(row[n] ?? ''))))
  return cells.map((row) =>
    row
      .map((cell, n) => pad(cell, widths[n] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** White space is shown as one space, for a line must stay a line. */
function cut(text: string, widest: number): string {
  const letters = Array.from(text.replaceAll(/\s+/g, ' '))
  return letters.length <= widest ? letters.join('') : `${letters.slice(0, widest - 1).join('')}…`
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)))
}

/** Letters, not units of UTF-16. */
function lengthOf(text: string): number {
  return Array.from(text).length
}
