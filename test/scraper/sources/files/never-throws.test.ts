import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '#test/support/fast-check.ts'
import { utils, write } from '@e965/xlsx'
import { Defect, Failure } from '#scraper/failure.ts'
import type { FileFormat } from '#scraper/sources/source.ts'
import { shownBy } from '#scraper/sources/files/number-format.ts'
import { textOfCell } from '#scraper/sources/files/xlsx-cell.ts'
import { csv, itemsIn, read } from './a-file.ts'

const sheet = utils.aoa_to_sheet([
  ['Kód', 'EAN', 'Název', 'Termín'],
  ['1', 2, 'A', 'x'],
])
const book = utils.book_new()
utils.book_append_sheet(book, sheet, 'A')
const seeds = {
  csv: Buffer.from('Kód;EAN;Název;Termín\n1;2;"A";x\n'),
  xlsx: Buffer.from(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer),
  xml: Buffer.from('<?xml version="1.0"?><c><i a="1"><Kód>1</Kód><Název><![CDATA[A]]>&amp;</Název></i></c>'),
  json: Buffer.from('{"c":{"i":[{"Kód":"1","EAN":1e3,"Název":null,"Termín":["x"]}]}}'),
}
const formats: Record<keyof typeof seeds, FileFormat> = {
  csv: csv(),
  xlsx: { format: 'xlsx', headerLine: 1 },
  xml: { format: 'xml', records: 'c.i' },
  json: { format: 'json', records: 'c.i' },
}

/** A few bytes of a good file changed, taken out or put in; or any bytes at all. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  out: fc.nat(20),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.string().map((text) => new Uint8Array(Buffer.from(text))),
  ),
})

function damaged(seed: Buffer, places: { at: number; out: number; put: Uint8Array }[]): Uint8Array {
  return places.reduce<Buffer>((bytes, { at, out, put }) => {
    const place = Math.floor(at * bytes.length)
    return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + out)])
  }, seed)
}

for (const [name, file] of Object.entries(formats)) {
  test(`whatever comes as ${name} is read or refused in words, never by an accident of ours`, () => {
    const seed = seeds[name as keyof typeof seeds]
    const given = fc.oneof(
      fc.uint8Array(),
      fc.array(damage, { maxLength: 4 }).map((places) => damaged(seed, places)),
    )
    fc.assert(
      fc.property(given, (bytes) => {
        try {
          itemsIn(read(new Uint8Array(bytes), file))
        } catch (error) {
          assert.ok(error instanceof Failure && !(error instanceof Defect), String(error))
        }
      }),
      { numRuns: name === 'xlsx' ? 300 : 1_000 },
    )
  })
}

test('whatever the number format, a cell has a text or says why not', () => {
  const parts = fc.constantFrom(
    'd',
    'mm',
    'mmmm',
    'yyyy',
    'h',
    'ss',
    '0',
    '#',
    ',',
    '.',
    ';',
    '"ab"',
    '"',
    '\\',
    '[',
    ']',
    '[=0]',
    '[$-405]',
    'General',
    '@',
    '%',
    'E+',
    '/',
    '_',
    '*',
    ' ',
  )
  const format = fc.array(parts, { maxLength: 8 }).map((all) => all.join(''))
  fc.assert(
    fc.property(format, fc.double({ noNaN: true }), (z, v) => {
      shownBy(z, v)
      const cell = textOfCell({ t: 'n', v, z }, false)
      assert.ok(typeof cell === 'string' || cell.unfit !== '')
    }),
    { numRuns: 3_000 },
  )
})
