import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proveCanary } from '#scraper/sources/canary.ts'
import { judgeUnfit } from '#scraper/sources/unfit.ts'
import type { PageRead } from '#scraper/sources/wholeness.ts'
import { needsSecondLook, proveEqual, proveWhole } from '#scraper/sources/wholeness.ts'

function page(n: number, changes: Partial<PageRead> = {}): PageRead {
  const from = (n - 1) * 50 + 1
  const announced = { said: '', from, to: from + 49, total: 150 }
  return { page: n, announced, headers: ['Kód', 'Název'], rows: 50, ...changes }
}
function bare(n: number, changes: Partial<PageRead> = {}): PageRead {
  return { page: n, headers: ['Kód', 'Název'], rows: 50, ...changes }
}
function numbered(n: number, pages = 3, changes: Partial<PageRead> = {}): PageRead {
  return bare(n, { pages: { pages, current: n }, ...changes })
}

test('pages are whole when their rows follow one another up to the total, in any order of reading', () => {
  assert.deepEqual(proveWhole([page(2), page(1), page(3)]), [
    { what: 'headers', said: 'Kód, Název on all 3 pages' },
    { what: 'rows', said: '150 rows read = 150 announced on all 3 pages' },
  ])
})

test('as many pages as are announced are whole, and so is what ends with the mark of the last page', () => {
  assert.deepEqual(proveWhole([numbered(1), numbered(2), numbered(3)]).at(-1), {
    what: 'pages',
    said: '3 pages read = 3 announced',
  })
  const marked = [bare(1, { isLast: false }), bare(2, { isLast: true })]
  assert.deepEqual(proveWhole(marked).at(-1), { what: 'last page', said: 'page 2 says that it is the last' })
})

test('columns may stand in another order on another page', () => {
  assert.doesNotThrow(() => proveWhole([page(1), page(2, { headers: ['Název', 'Kód'] }), page(3)]))
})

const total = (n: number) => ({ said: `${n} Artikel`, total: n })
const broken: [what: string, pages: PageRead[], error: string][] = [
  ['no page', [], 'Incomplete'],
  ['a page that is missing', [page(1), page(3)], 'Incomplete'],
  ['the last page missing', [page(1), page(2)], 'Incomplete'],
  ['the first page missing', [page(2), page(3)], 'Incomplete'],
  ['a page twice', [page(1), page(2), page(2)], 'Incomplete'],
  [
    'a total that moved while reading',
    [page(1), page(2), page(3, { announced: { said: '', from: 101, to: 149, total: 149 }, rows: 49 })],
    'Incomplete',
  ],
  ['fewer rows than the total', [bare(1, { announced: total(80) }), bare(2, { announced: total(80), rows: 20 })], 'Incomplete'],
  ['headers that differ on one page', [page(1), page(2, { headers: ['Název', 'Cena'] }), page(3)], 'PortalChanged'],
  ['a total of nothing', [page(1, { announced: { said: '', from: 0, to: 0, total: 0 }, rows: 0 })], 'Incomplete'],
  ['no row at all', [bare(1, { rows: 0 })], 'Incomplete'],
  ['fewer pages than announced', [numbered(1), numbered(2)], 'Incomplete'],
  ['a number of pages that moved', [numbered(1), numbered(2, 4), numbered(3)], 'Incomplete'],
  ['one page under two numbers', [numbered(1), numbered(2), bare(3, { pages: { pages: 3, current: 2 } })], 'PortalChanged'],
  ['no page with the mark of the last', [bare(1, { isLast: false }), bare(2, { isLast: false })], 'Incomplete'],
  ['a mark of the last page before the last', [bare(1, { isLast: true }), bare(2, { isLast: true })], 'Incomplete'],
] // prettier-ignore
for (const [what, pages, name] of broken) {
  test(`${what} is not whole`, () => {
    assert.throws(() => proveWhole(pages), { name })
  })
}

test('where rows are counted one look is enough; where nothing is, or only pages, the last may be cut: two are needed', () => {
  assert.equal(needsSecondLook([page(1), page(2)]), false)
  assert.equal(needsSecondLook([numbered(1), numbered(2), numbered(3, 3, { rows: 7 })]), true)
  assert.equal(needsSecondLook([numbered(1, 1)]), true)
  assert.equal(needsSecondLook([bare(1, { isLast: false }), bare(2, { isLast: true })]), true)
  assert.equal(needsSecondLook([bare(1), bare(2)]), true)
})

function seen(rows: number, ...codes: string[]) {
  return { rows, codes: new Set(codes) }
}

test('two looks are equal by their codes and the number of rows', () => {
  assert.equal(proveEqual(seen(2, 'A', 'B'), seen(2, 'B', 'A')).what, 'read twice')
  assert.throws(() => proveEqual(seen(2, 'A', 'B'), seen(2, 'A', 'C')), { name: 'Incomplete', message: /"B", "C"/ })
  assert.throws(() => proveEqual(seen(2, 'A', 'B'), seen(3, 'A', 'B')), { name: 'Incomplete' })
})

test('the row that must be there says what it must, spaces aside', () => {
  const rows = [{ code: 'A', title: 'T', cells: { D: '15.\u00a03. 2027' } }]
  assert.equal(proveCanary(rows, { code: 'A', column: 'D', text: '15. 3. 2027' }).what, 'canary')
  assert.throws(() => proveCanary(rows, { code: 'A', column: 'D', text: '3. 15. 2027' }), {
    name: 'PortalChanged',
    message: /must say "3\. 15\. 2027" in "D"; it says "15/,
  })
  assert.throws(
    () => proveCanary(rows, { code: 'B', column: 'D', text: '' }),
    /"B", which must always be there, is not/,
  )
})

test('rows that do not fit fail the run beyond their share, and are told below it', () => {
  const unfit = [1, 2].map((n) => ({ where: `page 1, row ${n}`, said: 'Soška' }))
  assert.deepEqual(judgeUnfit([], { rows: 100, share: 0.01 }), [])
  assert.match(judgeUnfit(unfit.slice(1), { rows: 100, share: 0.01 })[0]?.said ?? '', /1 of 100 rows does not fit/)
  assert.throws(() => judgeUnfit(unfit, { rows: 100, share: 0.01 }), {
    name: 'PortalChanged',
    message: /2 of 100 rows do not fit, more than the 1 %.*page 1, row 1: "Soška"/,
  })
})
