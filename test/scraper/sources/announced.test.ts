import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAnnounced, readPages, rowsAnnounced } from '#scraper/sources/announced.ts'

const lines: [line: string, expected: object][] = [
  ['Zobrazeno 1–50 z 200', { from: 1, to: 50, total: 200 }],
  ['zobrazeno 1 – 50 z 1\u00a0200 položek', { from: 1, to: 50, total: 1200 }],
  ['Showing 51 - 100 of 1,234 items', { from: 51, to: 100, total: 1234 }],
  ['Showing 51 to 100 of 1,234 items', { from: 51, to: 100, total: 1234 }],
  ['1-50 von 12.345 Artikeln', { from: 1, to: 50, total: 12345 }],
  ["1-50 von 12'345 Artikeln", { from: 1, to: 50, total: 12345 }],
  ['1–50/200', { from: 1, to: 50, total: 200 }],
  ['Celkem 200 položek, zobrazeno 1–50', { from: 1, to: 50, total: 200 }],
  ['Zobrazeno 0–0 z 0', { from: 0, to: 0, total: 0 }],
  ['200 Artikel', { total: 200 }],
  ['Nalezeno 1\u202f200 položek', { total: 1200 }],
  ['Pokazano 50 z 1 200', { shown: 50, total: 1200 }],
  ['50/200', { shown: 50, total: 200 }],
]
for (const [line, expected] of lines) {
  test(`"${line}" is read`, () => {
    assert.deepEqual(readAnnounced(line), { said: line, ...expected })
  })
}

for (const line of ['', 'žádné položky', 'Zobrazeno 1–50', '200 Artikel auf 4 Seiten', '1–50 z 200, strana 1 z 4']) {
  test(`"${line}" says nothing that is certain, and fails`, () => {
    assert.throws(() => readAnnounced(line), { name: 'PortalChanged' })
  })
}

test('the rows of a page are those between its first and its last', () => {
  const said = ''
  assert.equal(rowsAnnounced({ said, from: 51, to: 100, total: 200 }), 50)
  assert.equal(rowsAnnounced({ said, from: 1, to: 1, total: 1 }), 1)
  assert.equal(rowsAnnounced({ said, from: 0, to: 0, total: 0 }), 0)
  assert.equal(rowsAnnounced({ said, shown: 50, total: 200 }), 50)
  assert.equal(rowsAnnounced({ said, total: 200 }), null)
})

test('pages are the last number of their line, the page itself the one before', () => {
  assert.deepEqual(readPages('Strana 3 z 1 200'), { current: 3, pages: 1200 })
  assert.deepEqual(readPages('8 Seiten'), { pages: 8 })
  assert.throws(() => readPages('další'), { name: 'PortalChanged' })
})
