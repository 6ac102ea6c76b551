/* oxlint-disable unicorn/consistent-function-scoping -- each test says what its own portal answers */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answer } from './a-table-portal.ts'
import { items, pageOf, rowOf, shell, tableOf } from './a-table-portal.ts'
import { failed, useBrowser, whats, whole } from './a-table-visit.ts'

const { read } = useBrowser({ before, after })

const total = { whole: { total: '.rozsah' } }
const all = items(12)
const range = (page: number, size = 5) =>
  `<p class="rozsah">${(page - 1) * size + 1}–${Math.min(page * size, all.length)} z ${all.length}</p>`
const rowsOn = (page: number, size = 5) => all.slice((page - 1) * size, page * size)
const pageNumber = (url: URL) => Number(url.searchParams.get('strana') ?? '1')

test('one page with its total is read once, and says how it is known to be whole', async () => {
  const outcome = await read(() => pageOf({ rows: all, above: '<p class=rozsah>12 položek</p>' }), { source: total })
  whole(outcome, all)
  assert.deepEqual(whats(outcome), ['headers', 'rows', 'account'])
  assert.deepEqual([outcome.asked.length, outcome.kept], [1, 1])
})

test('one page that announces nothing is read twice, and must say the same', async () => {
  const outcome = await read(() => pageOf({ rows: all }))
  whole(outcome, all)
  assert.deepEqual([whats(outcome), outcome.asked.length], [['headers', 'read twice', 'account'], 2])
  const differing = await read((_, times) => pageOf({ rows: times === 1 ? all : all.slice(1) }))
  failed(differing, 'incomplete', /read twice, 12 rows and then 11; 1 codes .* "A1"/)
})

const pagers: [what: string, below: string, source: object, words: RegExp | null][] = [
  ['a link to page 2', '<ul class=pagination><li><a href="?p=2">2</a></ul>', {}, /after the one page .* leads on to "2"/],
  ['a link to the next page', '<nav><a href="?p=2">Další ›</a></nav>', {}, /leads on to "Další ›"/],
  ['a link that says that it is the next', '<a rel=next href="?p=2">dál</a>', {}, /leads on to "dál"/],
  ['a button for more whose name has changed', '<nav><button>Další</button></nav>', { paging: { by: 'next', next: '#next' } }, /leads on/],
  ['links to the page itself', '<ul class=pagination><li><a href="?">1</a></ul>', {}, null],
  ['a next page that is out of reach', '<nav><a class=disabled href="?p=2">Další</a></nav>', {}, null],
  ['links that belong to something else', '<nav><a href="?p=2">2</a></nav>', { pager: 'ignored' }, null],
] // prettier-ignore
for (const [what, below, source, words] of pagers) {
  test(`where nothing is announced, ${what} is ${words ? 'a changed portal' : 'nothing to stop at'}`, async () => {
    // What is to fail waits until the page had its time.
    const limits = words ? { settleSeconds: 1.2 } : {}
    const outcome = await read(() => pageOf({ rows: all, below }), { source, limits })
    if (words) failed(outcome, 'changed', words)
    else whole(outcome, all)
  })
}

test('the second look is one at the portal, whatever the browser may keep', async () => {
  const page = { html: pageOf({ rows: all }), headers: { 'cache-control': 'max-age=3600' } }
  const outcome = await read(() => page)
  whole(outcome, all)
  assert.equal(outcome.asked.length, 2)
})

const byParameter = { paging: { by: 'parameter' as const, name: 'strana' } }
const parameterPage = (url: URL) => pageOf({ rows: rowsOn(pageNumber(url)), above: range(pageNumber(url)) })

test('pages by a parameter are read several at once, up to the limit, where the total is known', async () => {
  const asked = new Set<number>()
  const both = Promise.withResolvers<void>()
  const held = (url: URL): Answer => {
    const page = pageNumber(url)
    if (page > 1) asked.add(page)
    if (asked.size === 2) both.resolve()
    const until = Promise.race([both.promise, wait(10_000, undefined, { ref: false })])
    return { html: parameterPage(url), ...(page > 1 && { until }) }
  }
  const outcome = await read(held, { source: { ...byParameter, ...total }, limits: { pagesInParallel: 2 } })
  whole(outcome, all)
  assert.deepEqual(outcome.asked.map(({ path }) => path).toSorted(), [
    '/katalog',
    '/katalog?strana=2',
    '/katalog?strana=3',
  ])
  assert.equal(Math.max(...outcome.asked.map(({ atOnce }) => atOnce)), 2)
  assert.ok(outcome.steps.includes('page 3 of 3'))
})

test('page loads keep the supplier’s delay, also those that run at once', async () => {
  const outcome = await read(parameterPage, { source: { ...byParameter, ...total }, limits: { delayMs: 1_000 } })
  whole(outcome, all)
  const gaps = outcome.asked.slice(1).map(({ at }, i) => at - (outcome.asked[i]?.at ?? 0))
  assert.ok(Math.min(...gaps) > 500, gaps.join(', '))
})

test('a parameter may count from 0, or rows, and keeps the filters of the path', async () => {
  const fromZero = await read(
    (url) => {
      const page = pageNumber(url) + (url.searchParams.has('strana') ? 1 : 0)
      return pageOf({ rows: rowsOn(page), above: range(page) })
    },
    { source: { path: '/katalog?stav=vse', paging: { ...byParameter.paging, first: 0 }, ...total } },
  )
  whole(fromZero, all)
  assert.ok(fromZero.asked.every(({ path }) => path.includes('stav=vse')))
  const byRows = await read(
    (url) => {
      const page = Number(url.searchParams.get('od') ?? '0') / 5 + 1
      return pageOf({ rows: rowsOn(page), above: range(page) })
    },
    { source: { paging: { by: 'parameter', name: 'od', counts: 'rows' }, ...total } },
  )
  whole(byRows, all)
})

test('with a number of pages alone, pages are counted', async () => {
  const source = { ...byParameter, whole: { pages: '.stran' } }
  const page = (url: URL) => pageOf({ rows: rowsOn(pageNumber(url)), above: `<p class=stran>strana ${pageNumber(url)} ze 3</p>` }) // prettier-ignore
  const outcome = await read(page, { source })
  whole(outcome, all)
  assert.deepEqual(whats(outcome), ['headers', 'pages', 'read twice', 'account'])
})

test('with a mark on the last page, pages are read until it', async () => {
  const source = { ...byParameter, whole: { lastPage: '.posledni' } }
  const page = (url: URL) => pageOf({ rows: rowsOn(pageNumber(url)), below: pageNumber(url) === 3 ? '<i class=posledni>.</i>' : '' }) // prettier-ignore
  const outcome = await read(page, { source })
  whole(outcome, all)
  assert.deepEqual([whats(outcome), outcome.asked.length], [['headers', 'last page', 'read twice', 'account'], 6])
})

test('a parameter without any announcement is read until there is nothing more, twice', async () => {
  const settle = { settleSeconds: 0.6 }
  const empty = await read((url) => pageOf({ rows: rowsOn(pageNumber(url)) }), { source: byParameter, limits: settle })
  whole(empty, all)
  const clamped = await read((url) => pageOf({ rows: rowsOn(Math.min(pageNumber(url), 3)) }), {
    source: byParameter,
    limits: settle,
  })
  whole(clamped, all)
  const gap = (url: URL) => pageOf({ rows: pageNumber(url) === 2 ? [] : rowsOn(pageNumber(url)) })
  const outcome = await read(gap, { source: byParameter, limits: settle })
  failed(outcome, 'incomplete', /page 2 has no rows of its own, but page 3 has/)
})

const links = (page: number) =>
  [1, 2, 3].map((n) => (n === page ? `<b>${n}</b>` : `<a href="?strana=${n}">${n}</a>`)).join(' ') +
  (page < 3 ? `<a href="?strana=${page + 1}">další</a>` : '') +
  (page > 1 ? `<a href="?strana=${page - 1}">předchozí</a>` : '')

test('links lead to each page once, whatever else leads there', async () => {
  const linked = (url: URL) =>
    pageOf({
      rows: rowsOn(pageNumber(url)),
      above: range(pageNumber(url)),
      below: `<nav>${links(pageNumber(url))}</nav>`,
    })
  const outcome = await read(linked, { source: { paging: { by: 'links', links: 'nav a' }, ...total } })
  whole(outcome, all)
  assert.equal(outcome.asked.length, 3)
})

test('links to the last page and around the present one lead to all of them, each under its own number', async () => {
  const many = items(35)
  const page = (url: URL) => {
    const here = pageNumber(url)
    const around = [1, here - 1, here + 1, 7].filter((n) => n >= 1 && n <= 7 && n !== here)
    const nav = around.map((n) => `<a href="?strana=${n}">${n}</a>`).join(' … ')
    const above = `<p class=stran>strana ${here} ze 7</p><nav>${nav}</nav>`
    return pageOf({ rows: many.slice((here - 1) * 5, here * 5), above })
  }
  const outcome = await read(page, { source: { paging: { by: 'links', links: 'nav a' }, whole: { pages: '.stran' } } })
  whole(outcome, many)
  assert.deepEqual([whats(outcome), outcome.asked.length], [['headers', 'pages', 'read twice', 'account'], 14])
})

test('the end is known from the last page, in whatever order pages were met', async () => {
  const page = (url: URL) => {
    const here = pageNumber(url)
    const numbers = [3, 2, 1].map((n) => `<a href="?strana=${n}">${n}</a>`).join(' ')
    const next = here < 3 ? `<a class=onwards href="?strana=${here + 1}">Další</a>` : ''
    return pageOf({ rows: rowsOn(here), below: `<nav><i class=numbers>${numbers}</i>${next}</nav>` })
  }
  whole(await read(page, { source: { paging: { by: 'links', links: '.numbers a' } } }), all)
})

test('links without numbers lead to all pages too, and the first one is known again', async () => {
  const linked = (url: URL) =>
    pageOf({ rows: rowsOn(pageNumber(url)), below: `<nav>${links(pageNumber(url)).replaceAll(/>\d</g, '>·<')}</nav>` })
  const outcome = await read(linked, { source: { paging: { by: 'links', links: 'nav a' } } })
  whole(outcome, all)
})

const nextLink = (page: number, way: string) =>
  page < 3
    ? `<p>${way.replace('N', String(page + 1))}</p>`
    : '<p><a class="dalsi disabled" href="?strana=4">další</a></p>'

test('the link to the next page is followed until it is disabled', async () => {
  const page = (url: URL) =>
    pageOf({
      rows: rowsOn(pageNumber(url)),
      above: range(pageNumber(url)),
      below: nextLink(pageNumber(url), '<a class=dalsi href="?strana=N">další</a>'),
    })
  const outcome = await read(page, { source: { paging: { by: 'next', next: '.dalsi' }, ...total } })
  whole(outcome, all)
  assert.equal(outcome.asked.length, 3)
})

const clientPaging = (size: number, last = 3) => `<button class="dalsi">další</button><script>
  const all = ${JSON.stringify(all)}, size = ${size}; let page = 1
  document.querySelector('.dalsi').onclick = () => setTimeout(() => { page += 1
    document.querySelector('tbody').innerHTML = all.slice((page - 1) * size, page * size)
      .map(cells => '<tr>' + cells.map(cell => '<td>' + cell + '</td>').join('') + '</tr>').join('')
    if (page === ${last}) document.querySelector('.dalsi').disabled = true }, 150)</script>`

test('a button to the next page is clicked, and its page is another one', async () => {
  const outcome = await read(() => pageOf({ rows: rowsOn(1), below: clientPaging(5) }), {
    source: { paging: { by: 'next', next: '.dalsi' } },
  })
  whole(outcome, all)
  assert.deepEqual(whats(outcome), ['headers', 'read twice', 'account'])
})

test('a button to the next page that does nothing fails the run', async () => {
  const outcome = await read(() => pageOf({ rows: rowsOn(1), below: '<button class="dalsi">další</button>' }), {
    source: { paging: { by: 'next', next: '.dalsi' } },
    limits: { pageSeconds: 1 },
  })
  failed(outcome, 'incomplete', /the click changed nothing/)
})

const loadMore = (size: number, until: number, gone: boolean) => `<button class="vic">více</button><script>
  const button = document.querySelector('.vic'); let shown = ${size}
  button.onclick = async () => { button.disabled = true
    const rows = await (await fetch('/data?od=' + shown)).json()
    document.querySelector('tbody').insertAdjacentHTML('beforeend', rows.join('')); shown += rows.length
    button.disabled = false
    if (shown >= ${until} && ${gone}) button.remove() }</script>`
const more = { paging: { by: 'load-more' as const, button: '.vic' } }
const data = (url: URL, limit = all.length): Answer => {
  const from = Number(url.searchParams.get('od'))
  return { html: JSON.stringify(all.slice(from, Math.min(from + 5, limit)).map(rowOf)), waitMs: 150 }
}

test('more is loaded as long as there is a button for it', async () => {
  const page = (url: URL) =>
    url.pathname === '/data' ? data(url) : pageOf({ rows: rowsOn(1), below: loadMore(5, 12, true) })
  const unannounced = await read(page, { source: more })
  whole(unannounced, all)
  assert.equal(whats(unannounced)[1], 'read twice')
  const above = '<p class=rozsah>12 položek</p>'
  const announced = await read(
    (url) => (url.pathname === '/data' ? data(url) : pageOf({ rows: rowsOn(1), above, below: loadMore(5, 12, false) })),
    { source: { ...more, ...total }, limits: { settleSeconds: 1 } },
  )
  whole(announced, all)
  assert.equal(whats(announced)[1], 'rows')
})

test('a button for more that brings no more fails the run, with what the portal answered', async () => {
  const above = '<p class=rozsah>12 položek</p>'
  const page = (url: URL) => (url.pathname === '/data' ? data(url, 8) : pageOf({ rows: rowsOn(1), above, below: loadMore(5, 12, true) })) // prettier-ignore
  const stuck = await read(page, { source: { ...more, ...total }, limits: { pageSeconds: 1 } })
  failed(stuck, 'incomplete', /\.vic is still there, but a click on it brings no more than 8 rows/)
  const refused = await read(
    (url) =>
      url.pathname === '/data'
        ? { status: 429, html: '[]' }
        : pageOf({ rows: rowsOn(1), below: loadMore(5, 12, true) }),
    { source: more, limits: { pageSeconds: 1 } },
  )
  failed(refused, 'blocked', /\/data answers 429/)
})

const patient = { limits: { settleSeconds: 3 } }

test('a table that is put in place late is waited for', async () => {
  const late = `<div id=misto>Načítám…</div><script>setTimeout(() => { document.getElementById('misto').outerHTML =
    ${JSON.stringify(tableOf({ rows: all }))} }, 700)</script>`
  whole(await read(() => shell(late), patient), all)
})

test('rows that come late are waited for: the total says how many', async () => {
  const late = `<p class=rozsah>1–12 z 12</p>${tableOf({ rows: all.slice(0, 3) })}<script>setTimeout(() => {
    document.querySelector('tbody').innerHTML += ${JSON.stringify(all.slice(3).map(rowOf).join(''))} }, 700)</script>`
  whole(await read(() => shell(late), { source: total, ...patient }), all)
})

test('rows that are still asked for are waited for, though nothing announces them', async () => {
  const late = `${tableOf({ rows: all.slice(0, 5) })}<script>fetch('/data?od=5').then(a => a.json()).then(rows => {
    document.querySelector('tbody').innerHTML += rows.join('') })</script>`
  const page = (url: URL) => (url.pathname === '/data' ? { ...data(url), waitMs: 900 } : shell(late))
  whole(await read(page, patient), all.slice(0, 10))
})

test('what turns without end is slow, an empty table is no news', async () => {
  const limits = { settleSeconds: 0.5, tries: 1 }
  const busy = await read(() => pageOf({ rows: all, above: '<i class=toci>…</i>' }), {
    source: { busy: '.toci' },
    limits,
  })
  failed(busy, 'slow', /page 1 is still at work: \.toci/)
  failed(await read(() => pageOf({}), { limits }), 'incomplete', /no row that is an item; an empty table is no news/)
  const says = pageOf({ inner: '<tr><td colspan=3>Načítám…</td></tr>' })
  failed(await read(() => says, { limits }), 'incomplete', /but says "Načítám…"/)
  const zero = pageOf({ above: '<p class=rozsah>0 položek</p>' })
  failed(await read(() => zero, { limits, source: total }), 'incomplete', /announces 0 rows/)
})

test('filters are set before the table counts, and stay on all pages', async () => {
  const form = '<form><select name=stav><option>skladem<option>vše</select><button>Hledat</button></form>'
  const page = (url: URL) =>
    url.searchParams.get('stav') === 'vše'
      ? pageOf({ rows: rowsOn(pageNumber(url)), above: range(pageNumber(url)) })
      : shell(`${form}<table id=zbozi><tr><th>Nic</table>`)
  const outcome = await read(page, {
    source: {
      ...byParameter,
      ...total,
      prepare: [
        { do: 'select', target: 'select', option: 'vše' },
        { do: 'click', target: 'form button', effect: { shows: '.rozsah' } },
      ],
    },
  })
  whole(outcome, all)
})
