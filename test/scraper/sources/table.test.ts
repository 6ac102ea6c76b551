import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RawRow } from '#scraper/sources/snapshot.ts'
import { findPlaces, readRow } from '#scraper/sources/table.ts'

const fields = {
  code: ['Kód', 'Obj. číslo'],
  ean: ['EAN'],
  title: ['Název'],
  cells: { Dostupnost: ['Dostupnost', 'Termín dodání'] },
}
const columns = [{ name: 'Dostupnost', holds: 'availability' as const }]
const headers = ['Kód', 'EAN', 'Název', 'Dostupnost']
const cells = ['FIG-1', '2990000000031', 'Aurora', '15. 3. 2027']
const observation = { code: 'FIG-1', ean: '2990000000031', title: 'Aurora', cells: { Dostupnost: '15. 3. 2027' } }

function places(heads: string[], others?: string[]) {
  return findPlaces({ headers: heads, rows: [], count: 0 }, { fields, columns, details: undefined, others })
}

function read(texts: RawRow['cells'], heads = headers, more: Partial<RawRow> = {}) {
  return readRow({ n: 17, cells: texts, ...more }, { places: places(heads), page: 2 })
}

function observed(texts: RawRow['cells'], heads = headers) {
  const row = read(texts, heads)
  return row.kind === 'fits' ? row.row : row
}

test('columns are found by their headers, wherever they stand', () => {
  assert.deepEqual(observed(cells), observation)
  assert.deepEqual(observed(cells.toReversed(), headers.toReversed()), observation)
})

test('a column that is added changes nothing, unless the definition names all headers', () => {
  assert.deepEqual(observed(['ano', ...cells], ['Novinka', ...headers]), observation)
  assert.doesNotThrow(() => places(['Cena', ...headers], ['cena', 'Řada']))
  assert.throws(() => places(['Novinka', ...headers], ['Cena']), {
    name: 'PortalChanged',
    message: /does not know: "Novinka"/,
  })
})

test('a header may be worded in any of its ways, case, spaces and marks of sorting aside', () => {
  assert.deepEqual(observed(cells, ['OBJ.\u00a0ČÍSLO ▲', 'EAN', 'Název', 'termín  dodání']), observation)
})

test('a renamed column fails, and the words say what was wanted and what is there', () => {
  assert.throws(() => places(['Kód', 'EAN', 'Název', 'Kdy']), {
    name: 'PortalChanged',
    message: /no column with the header "Dostupnost" or "Termín dodání"; its headers are "Kód", "EAN", "Název", "Kdy"/,
  })
})

test('two columns of one meaning fail, and the words say where both stand', () => {
  const twice = /2 columns \(4 and 5\) with the header "Dostupnost"/
  assert.throws(() => places([...headers, 'Dostupnost']), twice)
  assert.throws(() => places([...headers, 'Termín dodání']), twice)
})

test('two tables whose headers differ are not one', () => {
  const two = { headers, otherHeaders: ['Kód', 'Název'], rows: [], count: 0 }
  assert.throws(
    () => findPlaces(two, { fields, columns, details: undefined, others: undefined }),
    /there are two tables/,
  )
})

test('broken letters in a wanted header or cell are a broken encoding', () => {
  assert.throws(() => places(['K\u{FFFD}d', 'EAN', 'Název', 'Dostupnost']), /encoding is broken/)
  assert.throws(() => read(['FIG-1', '', 'Aurora', 'p\u{FFFD}edpoklad']), {
    name: 'PortalChanged',
    message: /encoding is broken: page 2, row 17/,
  })
  assert.equal(read(['FIG-1', '', 'Auror\u{FFFD}', 'skladem']).kind, 'unfit')
})

const unfit: [what: string, row: RawRow['cells'], more?: Partial<RawRow>][] = [
  ['is shorter than the headers', cells.slice(1)],
  ['is longer than the headers', [...cells, 'x']],
  ['has no code', [' ', ...cells.slice(1)]],
  ['has a code of more than 200 characters', ['x'.repeat(201), ...cells.slice(1)]],
  ['has one cell over a wanted column and another', ['FIG-1', '', null, null], { said: 'FIG-1 | | Aurora' }],
]
for (const [what, row, more] of unfit) {
  test(`a row that ${what} is no item, and is told with its place and texts`, () => {
    const met = read(row, headers, more)
    assert.ok(met.kind === 'unfit')
    assert.equal(met.row.where, 'page 2, row 17')
    assert.equal(met.row.said, (more?.said ?? row.join(' | ')).slice(0, 200))
  })
}

test('a cell over columns that nobody wants hurts nobody', () => {
  const row = read([...cells, null, null], [...headers, 'Cena', 'Sleva'])
  assert.equal(row.kind, 'fits')
})

test('an EAN that is none is left out, an empty cell is kept as said', () => {
  assert.deepEqual(observed(['FIG-1', '299', 'Aurora', '']), {
    code: 'FIG-1',
    title: 'Aurora',
    cells: { Dostupnost: '' },
  })
  assert.equal((observed(['FIG-1', '2990 0000 00031', 'A', '']) as { ean?: string }).ean, '2990000000031')
})
