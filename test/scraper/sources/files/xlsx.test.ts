import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CellObject, WorkSheet } from '@e965/xlsx'
import { utils, write } from '@e965/xlsx'
import type { Language } from '#core/domain/language.ts'
import { readText } from '#core/domain/grammar/read-text.ts'
import { Incomplete, PortalChanged, TooLarge } from '#scraper/failure.ts'
import type { Cell } from '#scraper/sources/files/file-table.ts'
import { itemsIn, observation, read } from './a-file.ts'
import { unzip, zipOf } from './a-zip.ts'

const headers = ['Kód', 'EAN', 'Název', 'Termín']
const file = { format: 'xlsx' as const, headerLine: 1 }

type Book = { rows?: unknown[][]; date1904?: boolean; sheets?: Record<string, WorkSheet>; hidden?: number[] }

function book({ rows = [], date1904 = false, sheets, hidden = [] }: Book): Uint8Array {
  const workbook = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets ?? { Zboží: utils.aoa_to_sheet(rows) }))
    utils.book_append_sheet(workbook, sheet, name)
  workbook.Workbook = {
    WBProps: { date1904 },
    Sheets: workbook.SheetNames.map((name, i) => ({ name, Hidden: hidden.includes(i) ? 1 : 0 })),
  }
  return new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer)
}

/** The text of one cell as it comes out of a real workbook. */
function cell(given: CellObject, date1904 = false): Cell | undefined {
  const rows = [headers, ['1', '', 'Aurora', given]]
  return read(book({ rows, date1904 }), file).rows[0]?.cells[3]
}

/** 2027-01-01 and 2027-01-15, in days of Excel. */
const [first, fifteenth] = [46_388, 46_402]

const dates: [z: string, serial: number, text: string][] = [
  ['d.m.yyyy', fifteenth, '2027-01-15'],
  ['m/d/yy', fifteenth, '2027-01-15'],
  ['[$-407]d. mmmm yyyy;@', fifteenth, '2027-01-15'],
  ['dddd\\ d. mmmm yyyy', fifteenth, '2027-01-15'],
  ['d mmmm yyyy" r."', fifteenth, '2027-01-15'],
  ['mmm yyyy', first, '2027-01'],
  ['mmm-yy', first, '2027-01'],
  ['[$-405]mmmm\\ yyyy', first, '2027-01'],
  ['mm/yyyy', first, '2027-01'],
  ['yyyy', first, '2027'],
  ['d.m.yyyy h:mm', fifteenth + 0.5625, '2027-01-15T13:30:00'],
  ['d.m.yyyy h:mm', fifteenth, '2027-01-15T00:00:00'],
  ['d.m.yyyy', fifteenth + 0.9999999, '2027-01-16'],
  ['h:mm', 0.5625, '13:30:00'],
  ['mm:ss', 0.5625, '13:30:00'],
  ['d.m.', fifteenth, '--01-15'],
  ['mmmm', first, '--01'],
  ['dddd', fifteenth, 'weekday'],
  ['"ab "d.m.yyyy', fifteenth, 'ab 2027-01-15'],
  ['mmmm yyyy" ?"', first, '2027-01 ?'],
  ['d.m.yyyy;;"na dotaz"', 0, 'na dotaz'],
  ['[=0]"na dotaz";d.m.yyyy', fifteenth, '2027-01-15'],
]
for (const [z, v, text] of dates) {
  test(`a date is never more exact than its format shows: ${z} of ${v} is ${text}`, () => {
    assert.equal(cell({ t: 'n', v, z }), text)
  })
}

test('a workbook that counts from 1904 has the same days', () => {
  assert.equal(cell({ t: 'n', v: fifteenth - 1462, z: 'd.m.yyyy' }, true), '2027-01-15')
})

test('a date that the file writes out keeps its day in every time zone', () => {
  const before = process.env['TZ']
  for (const zone of ['America/Los_Angeles', 'Europe/Prague', 'Pacific/Auckland']) {
    process.env['TZ'] = zone
    const rows = [headers, ['1', '', 'Aurora', { t: 'n', v: fifteenth, z: 'yyyy-mm-dd' }]]
    const bytes = repacked(book({ rows }), (xml) =>
      xml.replace(/<c r="D2"( s="\d+")?[^>]*><v>[^<]*<\/v>/, '<c r="D2"$1 t="d"><v>2027-01-15T00:00:00</v>'),
    )
    assert.equal(read(bytes, file).rows[0]?.cells[3], '2027-01-15', zone)
  }
  if (before === undefined) delete process.env['TZ']
  else process.env['TZ'] = before
})

test('months and years of a sheet are read as such in every language', () => {
  for (const language of ['cs', 'sk', 'pl', 'de', 'en', 'en-GB', 'en-US'] satisfies Language[]) {
    const readIn = (text: string) => readText(text, { language, anchor: '2026-11-21' })
    const month = { kind: 'expected', from: '2027-01-01', to: '2027-01-31', precision: 'month' }
    assert.deepEqual(readIn('2027-01'), month)
    assert.deepEqual(readIn('2027'), { ...month, to: '2027-12-31', precision: 'year' })
    assert.equal(readIn('--01-15').kind, 'unreadable')
    assert.equal(readIn('weekday').kind, 'unreadable')
  }
})

const numbers: [what: string, given: CellObject, text: Cell][] = [
  ['an EAN is its digits', { t: 'n', v: 4006381333931 }, '4006381333931'],
  ['however Excel shows it', { t: 'n', v: 4006381333931, z: '0.00E+00' }, '4006381333931'],
  ['grouped or not', { t: 'n', v: 1234, z: '#,##0' }, '1234'],
  ['zeros that are shown stay', { t: 'n', v: 123, z: '00000' }, '00123'],
  ['words that are shown too', { t: 'n', v: 48, z: '"KW "0' }, 'KW 48'],
  ['pieces', { t: 'n', v: 1200, z: '#,##0" ks"' }, '1200 ks'],
  ['decimals without an error of binary', { t: 'n', v: 0.1 + 0.2 }, '0.3'],
  ['a truth', { t: 'b', v: true }, 'true'],
  ['a text with its spaces collapsed', { t: 's', v: ' březen \n 2027 ' }, 'březen 2027'],
  ['an error', { t: 'e', v: 42 }, { unfit: 'an error of the workbook', said: '#N/A' }],
  ['too many digits', { t: 'n', v: 1e15 }, { unfit: 'a number that lost its last digits', said: '1000000000000000' }],
  ['a date before all dates', { t: 'n', v: -1, z: 'd.m.yyyy' }, { unfit: 'a date that does not exist', said: '-1' }],
]
for (const [what, given, text] of numbers) {
  test(`numbers and others as text: ${what}`, () => {
    assert.deepEqual(cell(given), text)
  })
}

test('rows are items by header text; blank ones are passed over, hidden ones count', () => {
  const rows = [
    ['Ceník'],
    [],
    ['Název', 'Kód', 'EAN', 'Termín'],
    ['Aurora', '00123', 4006381333931, 'březen 2027'],
    [],
    ['Nova', '2'],
  ]
  const sheet = utils.aoa_to_sheet(rows)
  sheet['!rows'] = [{}, {}, {}, { hidden: true }]
  const items = itemsIn(read(book({ sheets: { Zboží: sheet } }), { ...file, headerLine: 3 }))
  assert.deepEqual(items, {
    observations: [observation, { code: '2', title: 'Nova', cells: { Termín: '' } }],
    unfit: [],
  })
})

test('an error in a wanted cell makes its row unfit, elsewhere it does not matter', () => {
  const rows = [
    [...headers, 'Cena'],
    ['1', '', 'A', 'x', { t: 'e', v: 42 }],
    ['2', '', 'B', { t: 'e', v: 23 }, 1],
  ]
  const { observations, unfit } = itemsIn(read(book({ rows }), file))
  assert.deepEqual(
    [observations.length, unfit],
    [1, [{ where: 'row 3', said: 'an error of the workbook: 2 |  | B | #REF!' }]],
  )
})

test('a formula whose value is not in the file is no blank cell; one whose value is blank is', () => {
  const rows = [headers, ...['1', '2', '3', '4'].map((code) => [code, '', 'Aurora', 'x'])]
  const cells = [
    '<f>TODAY()+14</f>',
    '<f t="shared" ref="D3:D4" si="0">A3*2</f><v></v>',
    '<f t="shared" si="0"/>',
    '<f>IF(A5="","x","")</f><v></v>',
  ]
  const bytes = repacked(book({ rows }), (xml) =>
    xml.replaceAll(/<c r="D([2-5])"[^>]*>.*?<\/c>/g, (_, n: string) => {
      const type = n === '5' ? ' t="str"' : ''
      return `<c r="D${n}"${type}>${cells[Number(n) - 2]}</c>`
    }),
  )
  const { observations, unfit } = itemsIn(read(bytes, file))
  assert.deepEqual(observations, [{ code: '4', title: 'Aurora', cells: { Termín: '' } }])
  assert.deepEqual(unfit, [
    { where: 'row 2', said: 'a formula whose value is not in the file: 1 |  | Aurora | =TODAY()+14' },
    { where: 'row 3', said: 'a formula whose value is not in the file: 2 |  | Aurora | =A3*2' },
    { where: 'row 4', said: 'a formula whose value is not in the file: 3 |  | Aurora | =A4*2' },
  ])
})

test('cells that have a look and nothing in them are no cells', () => {
  const wide = [...headers, ...Array.from({ length: 16 }, (_, i) => `Sloupec ${i}`)]
  const bytes = repacked(book({ rows: [wide, ['1', '', 'Aurora', 'x']] }), (xml) =>
    xml
      .replace('</row>', '<c r="XFD1" s="0"/></row>')
      .replace('</sheetData>', '<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'),
  )
  const { headers: found, rows } = read(bytes, file)
  assert.deepEqual([found, rows.map(({ n, cells }) => [n, cells.length])], [wide, [[2, 4]]])
})

test('a value merged over rows holds for each of them; a heading merged over columns is no item', () => {
  const sheet = utils.aoa_to_sheet([headers, ['Figurky'], ['1', '', 'A', 'březen 2027'], ['2', '', 'B', null]])
  sheet['!merges'] = [utils.decode_range('A2:D2'), utils.decode_range('D3:D4')]
  const { observations, unfit } = itemsIn(read(book({ sheets: { Zboží: sheet } }), file))
  assert.deepEqual(
    observations.map(({ cells }) => cells['Termín']),
    ['březen 2027', 'březen 2027'],
  )
  assert.deepEqual(unfit, [{ where: 'row 2', said: 'cells merged across columns: Figurky |  |  | ' }])
})

test('the sheet is the named one, or the only one that is not hidden', () => {
  const sheets = { Pomocný: utils.aoa_to_sheet([['x']]), Zboží: utils.aoa_to_sheet([headers, ['1', '', 'A', 'x']]) }
  assert.equal(read(book({ sheets }), { ...file, sheet: 'Zboží' }).rows.length, 1)
  assert.equal(read(book({ sheets, hidden: [0] }), file).rows.length, 1)
  assert.throws(() => read(book({ sheets }), file), /expected one sheet; met "Pomocný", "Zboží"/)
  assert.throws(() => read(book({ sheets }), { ...file, sheet: 'Ceník' }), /the sheet "Ceník"; met/)
})

test('a trailer is the last row', () => {
  const bytes = book({ rows: [headers, ['1', '', 'A', 'x'], ['Celkem', 1]] })
  assert.equal(read(bytes, file, { trailer: 'Celkem' }).trailer, 'Celkem | 1')
})

test('what is no workbook, or not a whole one, says so', () => {
  const bytes = book({ rows: [headers, ['1', '', 'A', 'x']] })
  const broken = Buffer.from(bytes)
  broken.fill(0, 60, 90)
  const failing: [Uint8Array, typeof Incomplete | typeof PortalChanged][] = [
    [bytes.subarray(0, bytes.length - 200), Incomplete],
    [broken, Incomplete],
    [Buffer.from('Kód;EAN\n1;2\n'), PortalChanged],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), PortalChanged],
  ]
  for (const [given, error] of failing) assert.throws(() => read(given, file), error)
})

test('a workbook that unpacks to more than is allowed is not unpacked', () => {
  const bomb = zipOf([{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(60_000_000) }])
  assert.ok(bomb.length < 100_000)
  assert.throws(() => read(bomb, file, { mostBytes: 1_000_000 }), TooLarge)
  const lying = zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(60_000_000), said: 10 }])
  assert.throws(() => read(lying, file), Incomplete)
})

/** A workbook whose first sheet was changed by hand. */
function repacked(bytes: Uint8Array, change: (xml: string) => string): Uint8Array {
  return zipOf(
    unzip(bytes).map(({ name, content }) => ({
      name,
      content: name.endsWith('sheet1.xml') ? Buffer.from(change(content.toString())) : content,
    })),
  )
}
