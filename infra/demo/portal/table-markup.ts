import { html, raw } from 'hono/html'
import type { Html } from './layout.ts'
import type { Column, Row, Table } from './table.ts'

/** The table in HTML; `heads` are the classes of its headers by column. */
export function tableMarkup(
  id: string,
  { columns, rows }: Table,
  heads: Partial<Record<Column['key'], string>> = {},
): Html {
  return html`<table id="${id}">
    <thead>
      <tr>
        ${raw(columns.map(({ key, header }) => tag('th', header, heads[key] ?? '')).join('\n'))}
      </tr>
    </thead>
    <tbody>
      ${raw(rowsMarkup(rows, columns.length))}
    </tbody>
  </table>`
}

/** Put together as text: a page of a large table must not cost a template for each cell. */
export function rowsMarkup(rows: Row[], columns: number): string {
  return rows.map((row) => `<tr>\n${inner(row, columns)}\n</tr>`).join('\n')
}

function inner(row: Row, columns: number): string {
  if ('heading' in row) return `<th class="skupina" colspan="${columns}">${escaped(row.heading)}</th>`
  return row.cells.map((cell) => tag('td', cell.text, cell.class)).join('\n')
}

function tag(name: 'td' | 'th', text: string, className: string): string {
  return className ? `<${name} class="${className}">${escaped(text)}</${name}>` : `<${name}>${escaped(text)}</${name}>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
