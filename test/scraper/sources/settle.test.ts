import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import type { Answer } from './a-table-portal.ts'
import { items, pageOf, rowOf, shell, tableOf } from './a-table-portal.ts'
import { useBrowser, whole } from './a-table-visit.ts'

const { read } = useBrowser({ before, after })

const all = items(12)
const range = '<p class=rozsah>1–12 z 12</p>'
const total = { whole: { total: '.rozsah' } }

/** Rows are there at once, their dates are asked for and come later. */
function filledBy(script: string, said: string): string {
  const rows = all.map(([code, title]) => [code, title, said] as const)
  return pageOf({ rows: rows.map((row) => [...row]), above: range, below: `<script>${script}</script>` })
}

const fill = `fetch('/data').then(a => a.json()).then(dates => document.querySelectorAll('tbody tr')
  .forEach((row, i) => { row.cells[2].textContent = dates[i] }))`

function answering(html: string) {
  return (url: URL): string | Answer =>
    url.pathname === '/data' ? { html: JSON.stringify(all.map(([, , said]) => said)), waitMs: 600 } : html
}

for (const said of ['', '…', 'skladem']) {
  test(`rows that are all there are not read while the page asks for their cells, which say "${said}" so far`, async () => {
    whole(await read(answering(filledBy(fill, said)), { source: total }), all)
  })
}

test('blank cells are looked at twice, for the page may be about to ask for them', async () => {
  const late = `setTimeout(() => ${fill}, 100)`
  whole(await read(answering(filledBy(late, '–')), { source: total }), all)
})

test('cells that stay blank are blank', async () => {
  const blank = all.map(([code, title]): [string, string, string] => [code, title, ''])
  whole(await read(() => pageOf({ rows: blank, above: range }), { source: total }), blank)
})

test('a page that never stops asking counts by what it shows to the end', async () => {
  const html = pageOf({ rows: all, above: range, below: "<script>fetch('/data')</script>" })
  const page = (url: URL): string | Answer => (url.pathname === '/data' ? { html: '[]', waitMs: 8_000 } : html)
  const outcome = await read(page, { source: total, limits: { settleSeconds: 0.5 } })
  whole(outcome, all)
})

test('the cell of an item’s own page is waited for while it is asked for, or says nothing yet', async () => {
  const three = all.slice(0, 3)
  const links = three.map((item) => rowOf(item).replace(/<td>(A\d+)/, '<td><a href="/zbozi/$1">$1</a>'))
  const list = shell(`<p class=rozsah>3</p>${tableOf({}).replace('</tbody>', `${links.join('')}</tbody>`)}`)
  const details = { link: 'a', code: '.kod', cells: { Dostupnost: '.kdy' } }
  const put = `fetch('/data/' + document.querySelector('.kod').textContent).then(a => a.json())
    .then(said => { document.querySelector('.kdy').textContent = said })`
  const page = (url: URL): string | Answer => {
    const [, folder, code = ''] = url.pathname.split('/')
    if (folder === 'data') return { html: JSON.stringify(`termín ${code}`), waitMs: 600 }
    if (folder === 'katalog') return list
    const script = code === 'A1' ? put : `setTimeout(() => ${put}, 100)`
    return shell(`<p class=kod>${code}</p><p class=kdy></p><script>${script}</script>`)
  }
  const outcome = await read(page, { source: { ...total, details } })
  whole(
    outcome,
    three.map(([code, title]) => [code, title, `termín ${code}`]),
  )
  assert.equal(outcome.unfit.length, 0)
})

test('a frame of another site is not waited for', async () => {
  const page = (url: URL) => {
    if (url.pathname === '/ramec') return '<p>Mapa'
    return pageOf({ rows: all, above: range, below: `<iframe src="http://localhost:${url.port}/ramec"></iframe>` })
  }
  const began = performance.now()
  whole(await read(page, { source: total, limits: { settleSeconds: 8 } }), all)
  assert.ok(performance.now() - began < 8_000)
})
