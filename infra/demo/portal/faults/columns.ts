import { addDays } from '#core/domain/grammar/calendar.ts'
import { pick } from '../../pick.ts'
import type { Column, ColumnKey } from '../table.ts'
import type { Fault } from './fault.ts'
import { everywhere, inTables } from './fault.ts'

/** The wrong cell is read: columns moved, renamed, added, swapped (F10), two that disagree (F15), rows that don't fit. */
export const columnFaults = {
  'column-moved': {
    about: 'the column of the dates stands first',
    failures: ['F10'],
    portals: everywhere,
    columns: (columns) => [...columns.filter(isKey('delivery')), ...columns.filter(isNotKey('delivery'))],
  },
  'column-renamed': {
    about: 'the column of the dates has another header',
    failures: ['F10'],
    portals: everywhere,
    columns: (columns, { tongue }) => headed(columns, 'delivery', tongue.renamed),
  },
  'column-added': {
    about: 'a column with the day of release has come in before the dates',
    failures: ['F10'],
    portals: everywhere,
    columns: (columns, { tongue, start }) => {
      const added: Column = { key: 'added', header: tongue.added, text: () => tongue.day(addDays(start, -400)) }
      return beforeDates(columns, added)
    },
  },
  'column-gone': {
    about: 'the column of the dates is gone',
    failures: ['F10'],
    portals: everywhere,
    columns: (columns) => columns.filter(isNotKey('delivery')),
  },
  'column-twin': {
    about: 'a second column with the header of the dates says other dates',
    failures: ['F10', 'F15'],
    portals: inTables,
    columns: (columns, { tongue, start }) => {
      const header = columns.find(isKey('delivery'))?.header ?? ''
      return beforeDates(columns, { key: 'added', header, text: () => tongue.day(addDays(start, 400)) })
    },
  },
  'headers-swapped': {
    about: 'the headers of title and dates have changed places, their cells have not',
    failures: ['F10'],
    portals: everywhere,
    columns: (columns) => {
      const [title, delivery] = [columns.find(isKey('title')), columns.find(isKey('delivery'))]
      return headed(headed(columns, 'title', delivery?.header ?? ''), 'delivery', title?.header ?? '')
    },
  },
  'cells-shifted': {
    about: 'every cell stands one column further to the right than its header',
    failures: ['F10'],
    portals: inTables,
    rows: (rows) =>
      rows.map((row) => ('cells' in row ? { cells: [...row.cells.slice(-1), ...row.cells.slice(0, -1)] } : row)),
  },
  'columns-disagree': {
    about: 'of one item a second column says otherwise than the first',
    failures: ['F15'],
    portals: everywhere,
    items: (items, { isOne, tongue }) =>
      items.map((item) => (isOne(item) ? { ...item, status: tongue.discontinued, quantity: '7' } : item)),
    columns: (columns, { tongue, isOne }) => {
      if (columns.some(isKey('status')) || columns.some(isKey('quantity'))) return columns
      const text: Column['text'] = (item) => (isOne(item) ? tongue.discontinued : item.delivery)
      return [...columns, { key: 'added', header: tongue.second, text }]
    },
  },
  'cells-missing': {
    about: 'the third row and the eighth lack their last cell',
    failures: ['F10'],
    portals: everywhere,
    rows: (rows) =>
      rows.map((row, i) => ('cells' in row && (i === 2 || i === 7) ? { cells: row.cells.slice(0, -1) } : row)),
  },
  'heading-row': {
    about: 'a heading that spans all columns stands among the rows',
    failures: ['F10'],
    portals: inTables,
    rows: (rows, { tongue }) => [...rows.slice(0, 5), { heading: tongue.heading }, ...rows.slice(5)],
  },
  'code-missing': {
    about: 'one row has no code',
    failures: ['F11'],
    portals: everywhere,
    items: (items, { isOne }) => items.map((item) => (isOne(item) ? { ...item, code: '' } : item)),
  },
  'broken-encoding': {
    about: 'the bytes of every page are windows-1250, declared as UTF-8',
    failures: ['F10'],
    portals: ['tokimi', 'hurtownia'],
    travels: 'as-windows-1250',
  },
  noise: {
    about: 'a clock, a counter of visitors, and markup that changes with every request, while the cells stay',
    failures: ['F14'],
    portals: everywhere,
    page: (text, { request, tongue }) => noisy(text, request, tongue.loading),
  },
} satisfies Record<string, Fault>

function isKey(key: ColumnKey): (column: Column) => boolean {
  return (column) => column.key === key
}

function isNotKey(key: ColumnKey): (column: Column) => boolean {
  return (column) => column.key !== key
}

function headed(columns: Column[], key: ColumnKey, header: string): Column[] {
  return columns.map((column) => (column.key === key ? { ...column, header } : column))
}

function beforeDates(columns: Column[], added: Column): Column[] {
  return columns.flatMap((column): Column[] => (column.key === 'delivery' ? [added, column] : [column]))
}

function noisy(text: string, request: number, said: string): string {
  const clock = `<p class="hodiny">${new Date().toISOString()} · ${said} ${1000 + request * 7}</p>`
  const variant = pick([`<div class="varianta-a">${clock}`, `<section class="b"><div>${clock}</div>`], request)
  const end = pick(['</div></main>', '</section></main>'], request)
  const spaced = text.replaceAll('<td', request % 2 === 0 ? '<td data-v="a"' : '\n  <td')
  return spaced.replace(/<main([^>]*)>/, `<main$1>${variant}`).replace('</main>', end)
}
