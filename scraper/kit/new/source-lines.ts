import type { Reading } from './definition-text.ts'
import { wordingsOf } from './definition-text.ts'
import type { Answers } from './questions.ts'
import type { Line } from './source-text.ts'
import { key, list, object, quoted } from './source-text.ts'

export function sourceLines(reading: Reading): Line[] {
  const { answers, get, marked } = reading
  const { source = 'table' } = answers
  const path = marked(`path: ${get('path')},`, 'path')
  return object('source', [
    `kind: '${kinds[source] ?? 'download'}',`,
    path,
    ...ofKind(source, reading),
    ...fields(answers),
  ])
}

const kinds: Record<string, string> = { table: 'table', 'page-json': 'page-json' }

function ofKind(source: string, reading: Reading): Line[] {
  if (source === 'table') return tableLines(reading)
  return source === 'page-json' ? pageJsonLines(reading) : downloadLines(source, reading)
}

function tableLines({ answers, get, marked }: Reading): Line[] {
  const { paging = 'nothing' } = answers
  const by: Record<string, string> = { parameter: 'name', links: 'links', next: 'next', 'load-more': 'button' }
  const how = by[paging] === undefined ? '' : `, ${by[paging]}: ${get('paging-by')}`
  return [
    '// Done on the page before its table counts: a filter, a search, more rows a page.',
    'prepare: [],',
    marked(`table: ${get('table')},`, 'table'),
    marked(`paging: { by: '${paging}'${how} },`, 'paging'),
    ...whole(answers['total'] ? `total: ${get('total')}` : ''),
  ]
}

function pageJsonLines({ answers, get, marked }: Reading): Line[] {
  return [
    marked(`request: ${get('request')},`, 'request'),
    marked(`records: ${get('records')},`, 'records'),
    "// Where it comes in pages: paging: { parameter: 'page' }",
    ...whole(answers['total'] ? `total: ${get('total')}` : ''),
  ]
}

function downloadLines(format: string, { answers, get, marked }: Reading): Line[] {
  const records = marked(`file: { format: '${format}', records: ${get('records')} },`, 'records')
  const file: Record<string, string> = {
    csv: "file: { format: 'csv', encoding: 'utf-8', delimiter: ';' }, // fill in: windows-1250, …",
    xlsx: "file: { format: 'xlsx' },",
  }
  return [
    '// Done on the page before the download: a filter, a choice of the format.',
    'prepare: [],',
    marked(`by: { click: ${get('download')} },`, 'download'),
    file[format] ?? records,
    ...whole(answers['total'] ? `${format === 'xlsx' ? 'total' : 'totalAt'}: ${get('total')}` : ''),
  ]
}

/** How the portal says that this was all. */
function whole(announced: string): Line[] {
  if (announced !== '') return [`whole: { ${announced} },`]
  return [
    '// The portal should say how many there are; where it does not, all is read twice and must be equal.',
    'whole: {},',
  ]
}

function fields(answers: Answers): Line[] {
  const wordings = (flag: string) => wordingsOf(answers[flag] ?? '')
  const named = ['code', 'title', 'ean'].filter((flag) => wordings(flag).length > 0)
  const cells = ['availability', 'quantity'].map(wordings).filter((all) => all.length > 1)
  return [
    '// Headers in all the wordings that were met.',
    ...object('fields', [
      ...named.flatMap((flag) => listed(flag, wordings(flag), 4)),
      ...(cells.length === 0
        ? []
        : object(
            'cells',
            cells.flatMap((all) => listed(key(all[0] ?? ''), all, 5)),
          )),
    ]),
    ...others(wordings('others')),
  ]
}

function others(headers: string[]): Line[] {
  if (headers.length === 0) return []
  return ['// Any header beside these fails the run: it may be what a known one was.', ...listed('others', headers, 3)]
}

function listed(name: string, all: string[], depth: number): Line[] {
  return list(name, all.map(quoted), { depth })
}
