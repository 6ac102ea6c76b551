import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Blocked, Defect, Incomplete, PortalChanged, SessionLost, TooLarge } from '#scraper/failure.ts'
import { columns, csv, fields, header, itemsIn, observation, read } from './a-file.ts'
import { itemsOf } from '#scraper/sources/files/items.ts'

const row = '00123;4006381333931;Aurora;březen 2027'
/** Letters of windows-1250 and iso-8859-2 that the tests need. */
const inBytes = (text: string, letters: Record<string, number>) =>
  Buffer.from(Array.from(text, (letter) => letters[letter] ?? letter.charCodeAt(0)))
const windows1250 = { ó: 0xf3, á: 0xe1, í: 0xed, ř: 0xf8, š: 0x9a, ž: 0x9e }
const iso88592 = { ó: 0xf3, á: 0xe1, í: 0xed, ř: 0xf8, š: 0xb9, ž: 0xbe }

const readable: [what: string, bytes: Uint8Array | string, encoding: string][] = [
  ['utf-8', `${header}\n${row}\n`, 'utf-8'],
  ['utf-8 with its mark', `\ufeff${header}\r\n${row}`, 'utf-8'],
  ['utf-16le with its mark', Buffer.from(`\ufeff${header}\n${row}\n`, 'utf16le'), 'utf-16le'],
  ['windows-1250', inBytes(`${header}\n${row}\n`, windows1250), 'windows-1250'],
  ['iso-8859-2', inBytes(`${header}\n${row}\n`, iso88592), 'iso-8859-2'],
  ['old line ends and blank lines', `${header}\r\r${row}\r;;;\r`, 'utf-8'],
  ['zeros kept for Excel', `${header}\n="00123";="4006381333931";Aurora;březen 2027\n`, 'utf-8'],
  ['cells past the headers that are blank', `${header};\n${row};;\n`, 'utf-8'],
  ['white space of any kind', `${header}\n 00123 ;4006381333931;\tAurora;"březen\r\n2027"\n`, 'utf-8'],
]
for (const [what, bytes, encoding] of readable) {
  test(`a CSV file is read as it says: ${what}`, () => {
    const items = itemsIn(read(bytes, csv({ encoding })))
    assert.deepEqual(items, { observations: [observation], unfit: [] })
  })
}

test('cells in quotes hold delimiters, or line breaks, and quotes; an inch sign without them is what it is', () => {
  const table = read(`${header}\n1;;"A; ""B""";"x\r\ny"\n2;;Aurora 12" velká;y\n`, csv())
  assert.deepEqual(
    table.rows.map(({ n, cells }) => [n, ...cells]),
    [
      [2, '1', '', 'A; "B"', 'x y'],
      [3, '2', '', 'Aurora 12" velká', 'y'],
    ],
  )
})

test('titles above the headers are passed over, and rows keep the numbers of the file', () => {
  const { observations, unfit } = itemsIn(read(`Ceník\n\n${header}\n${row}\n;;x;y\n`, csv({ headerLine: 3 })))
  assert.deepEqual(
    [observations, unfit],
    [[observation], [{ where: 'row 5', said: 'no code, or cells are missing:  |  | x | y' }]],
  )
})

test('rows that are longer or shorter than the headers are unfit, one by one', () => {
  const { observations, unfit } = itemsIn(read(`${header}\n${row}\n1;2;3\n1;2;3;4;5\n`, csv()))
  assert.equal(observations.length, 1)
  assert.deepEqual(unfit, [
    { where: 'row 3', said: '3 cells under 4 headers: 1 | 2 | 3' },
    { where: 'row 4', said: '5 cells under 4 headers: 1 | 2 | 3 | 4' },
  ])
})

const failing: [what: string, bytes: Uint8Array | string, error: unknown, words: RegExp, file?: object][] = [
  ['no bytes', '', Incomplete, /empty/],
  ['headers alone, in a line too early', header, Incomplete, /expected them in row 2/, { headerLine: 2 }],
  ['a broken byte', Buffer.from(`${header}\na;b;\xf8;d\n`, 'latin1'), PortalChanged, /byte 2 \(f3, line 1\)/],
  [
    'a broken byte in a later line',
    Buffer.concat([Buffer.from(`${header}\n1;;`), Buffer.from([0xf8, 0x3b, 10])]),
    PortalChanged,
    /\(f8, line 2\) of the file is not utf-8/,
  ],
  ['a character cut in two', Buffer.from(`${header}\nř`).subarray(0, -1), Incomplete, /middle of a character/],
  [
    'utf-8 where windows-1250 is said',
    `${header}\n${row}\n`,
    PortalChanged,
    /utf-8 throughout/,
    { encoding: 'windows-1250' },
  ],
  [
    'windows-1250 where iso-8859-2 is said',
    inBytes(`${header}\n1;;šž;\n`, windows1250),
    PortalChanged,
    /line 2 .* means nothing in iso-8859-2/,
    { encoding: 'iso-8859-2' },
  ],
  ['utf-16 where utf-8 is said', Buffer.from(`\ufeff${header}`, 'utf16le'), PortalChanged, /mark of utf-16le/],
  ['an unknown encoding', header, Defect, /no encoding "latin-17"/, { encoding: 'latin-17' }],
  ['a quote that is never closed', `${header}\n1;2;"3;4\n${row}\n`, Incomplete, /within a quoted cell/],
  [
    'a quote that swallows rows',
    `${header}\n1;2;"3;4\n${row}\n5;6;Nova";7\n`,
    PortalChanged,
    /begins in line 2 of the file .* a quote that is not closed/,
  ],
  [
    'a quote that swallows the end of a row and the beginning of the next',
    `${header}\n\n1;2;"two\nlines";4\r\nA1;;"Robot;15.1.2027\nA2;;Figure 12";1.3.2028\n`,
    PortalChanged,
    /begins in line 5 of the file has a cell with a line break and ";" in it: "Robot;15\.1\.2027\\nA2;;Figure 12"/,
  ],
  ['a last row that is cut', `${header}\n${row}\n1;400`, Incomplete, /in the middle of row 3/],
  [
    'a page with a password field',
    '<!DOCTYPE html><title>Přihlášení</title><input type="password">',
    SessionLost,
    /"Přihlášení"/,
  ],
  ['another page', '\n<html><title>Údržba</title><p>Vrátíme se</p>', PortalChanged, /"Údržba" shows: Vrátíme se/],
  ['a page that keeps us out', '<html><title>Captcha</title>', Blocked, /Captcha/],
  ['more than the limit', `${header}\n${'x'.repeat(30_000_000)}`, TooLarge, /30\.0 MB, more than the 20\.0/],
]
for (const [what, bytes, error, words, file] of failing) {
  test(`not read as a CSV file: ${what}`, () => {
    assert.throws(
      () => read(bytes, csv(file)),
      (met: Error) => {
        assert.equal(met.constructor, error, met.message)
        assert.match(met.message, words)
        return true
      },
    )
  })
}

test('a wanted header must be there once, in any wording; others may be a closed set', () => {
  assert.throws(() => itemsIn(read('Kód;EAN;Název\n1;2;3\n', csv())), /"Termín"/)
  assert.throws(() => itemsIn(read('Kód;EAN;Název;Termín;termín\n1;2;3;4;5\n', csv())), /"Termín"/)
  const table = read(`Cena;${header.toUpperCase()}\n9;${row}\n`, csv())
  assert.deepEqual(itemsIn(table).observations, [observation])
  assert.deepEqual(itemsIn(table, ['Cena']).observations, [observation])
  assert.throws(() => itemsIn(table, ['Sklad']), /"Cena"/)
  const renamed = { ...fields, cells: { Termín: ['Dodání', 'Dostupnost'] } }
  const other = read(`Kód;EAN;Název;Dostupnost\n${row}\n`, csv())
  assert.deepEqual(itemsOf(other, { fields: renamed, columns }).observations, [observation])
})

test('the trailer is no item; where it is missing, the file was cut', () => {
  const table = read(`${header}\n${row}\nKonec;1 položek\n\n`, csv(), { trailer: 'Konec' })
  assert.deepEqual([table.rows.length, table.trailer], [1, 'Konec | 1 položek'])
  assert.throws(() => read(`${header}\n${row}\n`, csv(), { trailer: 'Konec' }), Incomplete)
})
