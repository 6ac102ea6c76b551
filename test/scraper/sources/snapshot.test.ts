import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LentBrowser } from '#scraper/browser.ts'
import type { Look, Snapshot } from '#scraper/sources/snapshot.ts'
import { takeSnapshot } from '#scraper/sources/snapshot.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
let browser: LentBrowser
before(async () => {
  browsers = await makeTestBrowsers()
  browser = await browsers.open({ language: 'cs', timeZone: 'Europe/Prague', pageSeconds: 10 })
})
after(async () => {
  await browser[Symbol.asyncDispose]()
  await browsers.clear()
})

async function look(html: string, given: Partial<Look> = {}): Promise<Snapshot> {
  const page = await browser.context.newPage()
  await page.setContent(html)
  const snapshot = await takeSnapshot(page, { table: '#t', marks: {}, ...given })
  await page.close()
  return snapshot
}

async function tableOf(rows: string, given: Partial<Look> = {}) {
  return (await look(`<style>.h { display: none } .v { visibility: hidden }</style><table id=t>${rows}</table>`, given))
    .table
}

async function cellsOf(rows: string, given: Partial<Look> = {}) {
  return (await tableOf(rows, given))?.rows.map(({ cells }) => cells)
}

const head = '<thead><tr><th>A<th>B<th>C</thead>'

test('cells are what a person sees: white space collapsed, NBSP kept, lines apart, scripts left out', async () => {
  const table = await tableOf(`<thead><tr><th> Kód
      zboží <th>Cena<th>Termín<tbody>
    <tr><td><b>FIG</b>-1</td><td>1&nbsp;299 Kč</td><td>skladem<br>5 ks<script>1</script><i hidden>x</i></td></tr>`)
  assert.deepEqual(table?.headers, ['Kód zboží', 'Cena', 'Termín'])
  assert.deepEqual(table?.rows, [{ n: 1, cells: ['FIG-1', '1\u00a0299 Kč', 'skladem 5 ks'] }])
})

test('what is hidden is not read: rows, columns, words, whatever hides them', async () => {
  const rows = `<thead><tr><th>A<th class=h>X<th>B</thead><tr><td>1<td class=h>x<td>2<tr class=h><td>3<td>x<td>4
    <tr><td class=v>5<td class=h>x<td><span class=h>dnes</span><span>6</span><span class=v>7</span>
    <tr hidden><td>8<td>x<td>9<tr><td>1<td class=h>x<td><i style="position:absolute;width:1px;height:1px;overflow:hidden">kdy:</i> 2`
  const table = await tableOf(rows)
  assert.deepEqual(table?.headers, ['A', 'B'])
  assert.deepEqual(table?.rows.map(({ cells }) => cells), [['1', '2'], ['', '6'], ['1', '2']]) // prettier-ignore
})

test('a head is in its part, else the first row with th, else the first row; it is no row of the table', async () => {
  for (const rows of [
    '<thead><tr><td>A<td>B</thead><tr><td>1<td>2',
    '<tr><th>A<th>B<tr><td>1<td>2',
    '<tr><td>A<td>B<tr><td>1<td>2',
  ]) {
    const table = await tableOf(rows)
    assert.deepEqual([table?.headers, table?.rows.map(({ cells }) => cells)], [['A', 'B'], [['1', '2']]])
  }
})

test('a head of two rows says both, and fields in it are no part of a header', async () => {
  const table = await tableOf(
    '<thead><tr><th rowspan=2>Kód<th colspan=2>Dostupnost<tr><th>Praha<th>Brno<tr><td><input value=x><td><td></thead><tr><td>1<td>2<td>3',
  )
  assert.deepEqual(table?.headers, ['Kód', 'Dostupnost Praha', 'Dostupnost Brno'])
})

test('a cell over two columns is none of either; its row tells its text', async () => {
  const table = await tableOf(`${head}<tr><td colspan=2>1<td>3`)
  assert.deepEqual(table?.rows, [{ n: 1, cells: [null, null, '3'], said: '1 | 3' }])
})

test('a cell over two rows stands in both', async () => {
  assert.deepEqual(await cellsOf(`${head}<tr><td>1<td rowspan=2>2<td>3<tr><td>4<td>6<tr><td>7<td>8<td>9`), [
    ['1', '2', '3'],
    ['4', '2', '6'],
    ['7', '8', '9'],
  ])
})

test('a row without any cell is none, one with empty cells is; rows that are no items are told by their look', async () => {
  const rows = `${head}<tr></tr><tr><td><td><td><tr class=g><td colspan=3>Skupina<tr><td>1<td>2<td>3`
  const table = await tableOf(rows, { skipRows: '.g' })
  assert.deepEqual(table?.rows.map(({ n, cells }) => [n, ...cells]), [[2, '', '', ''], [4, '1', '2', '3']]) // prettier-ignore
  assert.equal(table?.count, 2)
  assert.equal((await tableOf(rows, { countOnly: true }))?.count, 3)
})

test('rows that are hidden are counted, but not those of a head, without cells, or that are no items', async () => {
  const rows = `${head}<tr class=h><th>A<th>B<th>C<tr><td>1<td>2<td>3<tr class=h><td>4<td>5<td>6<tr class="h g"><td>7<tr class=h></tr>
    <tbody hidden><tr><td>8<td>9<td>10<tbody><tr><td>11<td>12<td>13`
  assert.equal((await tableOf(rows, { skipRows: '.g' }))?.hidden, 2)
  assert.equal((await tableOf(`${head}<tr><td>1<td>2<td>3`))?.hidden, undefined)
  const cards = '<ul><li><b>1</b><li hidden><b>2</b><li hidden class=g><b>3</b></ul>'
  const { table } = await look(cards, { table: { row: 'li', cells: { A: 'b' } }, skipRows: '.g' })
  assert.deepEqual([table?.count, table?.hidden], [1, 1])
})

test('fields are read as what stands in them, signs as what they say', async () => {
  const rows = `${head}<tr><td><input value=A1><td><select><option>ne<option selected>ano</select><td><img alt=skladem>
    <tr><td><textarea>A2</textarea><td><input type=checkbox checked value=x><td><i title="na dotaz"></i>`
  assert.deepEqual(await cellsOf(rows), [['A1', 'ano', 'skladem'], ['A2', '', 'na dotaz']]) // prettier-ignore
})

test('what is to be ignored within a cell is not read', async () => {
  const rows = `${head}<tr><td>1<td>Soška<span class=b>Novinka</span><td>skladem <i class=b title="tip"></i>`
  assert.deepEqual((await tableOf(rows, { ignore: '.b' }))?.rows, [{ n: 1, cells: ['1', 'Soška', 'skladem'] }])
})

function two(other: string): string {
  return `<div class=t><table>${head}<tr><td>1<td>2<td>3</table></div>
    <table class=t>${head.replace('C', other)}<tr><td>4<td>5<td>6</table><table class=t hidden><tr><td>x</table>`
}

test('a table is found in what holds it; tables of one look are one, and differing headers are told', async () => {
  const { table } = await look(two('C'), { table: '.t' })
  assert.deepEqual([table?.rows.length, table?.otherHeaders], [2, undefined])
  assert.deepEqual((await look(two('D'), { table: '.t' })).table?.otherHeaders, ['A', 'B', 'D'])
})

test('scripts of the page that change arrays and elements do not change what is read', async () => {
  const meddling = `<script>Array.prototype.toJSON = () => 'x'; Array.prototype.map = () => []; Array.from = () => []
    Array.prototype.entries = function () { return this }; Element.prototype.matches = () => true</script>`
  const { table } = await look(`${meddling}<table id=t>${head}<tr><td>1<td>2<td>3</table>`, { skipRows: '.g' })
  assert.deepEqual(table?.rows, [{ n: 1, cells: ['1', '2', '3'] }])
})

test('a page of 5,000 rows is read in one go', async () => {
  const rows = '<tr><td>a<td>b<td>c<td>d<td>e<td>f</tr>'.repeat(5_000)
  const page = await browser.context.newPage()
  await page.setContent(`<table id=t><tr><th>A<th>B<th>C<th>D<th>E<th>F</tr>${rows}</table>`)
  const startedAt = performance.now()
  const { table } = await takeSnapshot(page, { table: '#t', marks: {} })
  assert.equal(table?.rows.length, 5_000)
  assert.ok(performance.now() - startedAt < 10_000)
})

test('marks, elements, password field and address are seen in the same look', async () => {
  const html = `<p class=a> Figurkov <b>s.r.o.</b></p><input type=password><p class=m hidden>v nabídce</p>
    <nav><a href="https://x.cz/2">2</a><a aria-disabled=true>3</a><button disabled>4</button><a hidden href="/5">5</a></nav>`
  const { marks, seen, passwordField, table, styled } = await look(html, {
    marks: { a: '.a', b: '.b', menu: '.m' },
    seen: { nav: 'nav *' },
  })
  assert.deepEqual(marks, { a: 'Figurkov s.r.o.', b: null, menu: 'v nabídce' })
  assert.deepEqual([passwordField, table, styled], [true, null, true])
  assert.deepEqual(seen['nav'], [
    { text: '2', address: 'https://x.cz/2', enabled: true },
    { text: '3', address: null, enabled: false },
    { text: '4', address: null, enabled: false },
  ])
})

test('a selector that is none is a mistake of the definition', async () => {
  await assert.rejects(look('', { table: '#t[' }), { name: 'Defect', message: /not a valid selector/ })
})

test('locale, language and time zone of the browser are the supplier’s, whatever the machine’s', async () => {
  const page = await browser.context.newPage()
  const said = await page.evaluate(() => {
    return [navigator.language, new Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(0).toLocaleDateString()]
  })
  assert.deepEqual(said, ['cs-CZ', 'Europe/Prague', '1. 1. 1970'])
})
