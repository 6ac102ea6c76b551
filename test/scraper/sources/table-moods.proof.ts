/* oxlint-disable unicorn/consistent-function-scoping -- each test says what its own portal answers */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Blocked } from '#scraper/failure.ts'
import type { Answer } from './a-table-portal.ts'
import { items, pageOf, rowOf, shell, tableOf } from './a-table-portal.ts'
import { failed, useBrowser, whole } from './a-table-visit.ts'

const { read } = useBrowser({ before, after })

const all = items(12)
const pageNumber = (url: URL) => Number(url.searchParams.get('strana') ?? '1')
const rowsOn = (page: number) => all.slice((page - 1) * 5, page * 5)
const listed = (page: number, { rows = rowsOn(page), total = 12 } = {}) => {
  const from = (page - 1) * 5 + 1
  return pageOf({ rows, above: `<p class="rozsah">${from}–${from + rows.length - 1} z ${total}</p>` })
}
const source = { paging: { by: 'parameter' as const, name: 'strana' }, whole: { total: '.rozsah' } }
const once = { limits: { tries: 1, settleSeconds: 0.4 } }

test('a page that fails once is loaded again, and the run is whole', async () => {
  const outcome = await read(
    (url, times) => (pageNumber(url) === 2 && times === 1 ? { status: 500, html: 'Chyba' } : listed(pageNumber(url))),
    { source },
  )
  whole(outcome, all)
  assert.equal(outcome.asked.filter(({ path }) => path.endsWith('strana=2')).length, 2)
})

test('too many requests are waited for as long as the portal asks, within reason', async () => {
  const refused = (seconds: string): Answer => ({ status: 429, headers: { 'retry-after': seconds }, html: 'Pomaleji' })
  const waited = await read((url, times) => (pageNumber(url) === 2 && times === 1 ? refused('1') : listed(pageNumber(url))), { source }) // prettier-ignore
  whole(waited, all)
  const [first, second] = waited.asked.filter(({ path }) => path.endsWith('strana=2'))
  assert.ok((second?.at ?? 0) - (first?.at ?? 0) > 900)
  const long = await read((url) => (pageNumber(url) === 2 ? refused('3600') : listed(pageNumber(url))), { source })
  failed(long, 'blocked', /\/katalog answers 429/)
  assert.ok(long.failure instanceof Blocked && long.failure.retryAfterSeconds === 3600)
})

test('what forbids us is not asked again', async () => {
  const outcome = await read((url) => (pageNumber(url) === 2 ? { status: 403, html: '' } : listed(pageNumber(url))), { source }) // prettier-ignore
  failed(outcome, 'blocked', /answers 403/)
  assert.equal(outcome.asked.filter(({ path }) => path.endsWith('strana=2')).length, 1)
})

test('a page larger than its limit is stopped, whether it says so or sends without end', async () => {
  const big = `${listed(1)}<!--${'x'.repeat(3_000_000)}-->`
  const announced = await read(() => ({ html: big, headers: { 'content-length': String(Buffer.byteLength(big)) } }), { source, limits: { pageMegabytes: 1 } }) // prettier-ignore
  failed(announced, 'too-large', /announces 4 MB; .* allow 1 MB/)
  const streamed = await read(() => ({ html: big, headers: { 'transfer-encoding': 'chunked' } }), { source, limits: { pageMegabytes: 1 } }) // prettier-ignore
  failed(streamed, 'too-large', /sends more and more/)
})

test('films are not loaded', async () => {
  const page = pageOf({
    rows: all,
    above: '<p class=rozsah>12</p><video src="/film.mp4" autoplay preload=auto></video>',
  })
  const outcome = await read(() => page, { source: { whole: { total: '.rozsah' } } })
  whole(outcome, all)
  assert.deepEqual(outcome.asked.map(({ path }) => path), ['/katalog']) // prettier-ignore
})

test('a total that moves while pages are read is incomplete', async () => {
  const outcome = await read((url) => listed(pageNumber(url), { total: pageNumber(url) === 3 ? 13 : 12 }), { source })
  failed(outcome, 'incomplete', /page 3 announces 13 rows, page 1 12/)
})

test('a code on two pages is incomplete, and so are rows in another order on each page', async () => {
  const twice = await read((url) => listed(pageNumber(url), { rows: pageNumber(url) === 2 ? rowsOn(1) : rowsOn(pageNumber(url)) }), { source }) // prettier-ignore
  failed(twice, 'incomplete', /"A1" stands in two rows/)
  const moved = [...all.slice(3), ...all.slice(0, 3)]
  const random = await read((url) => listed(pageNumber(url), { rows: pageNumber(url) === 1 ? rowsOn(1) : moved.slice((pageNumber(url) - 1) * 5, pageNumber(url) * 5) }), { source }) // prettier-ignore
  failed(random, 'incomplete', /stands in two rows/)
})

test('a page that has fewer rows than it announces is incomplete', async () => {
  const short = (url: URL) =>
    pageNumber(url) === 2 ? pageOf({ rows: rowsOn(2).slice(2), above: '<p class=rozsah>6–10 z 12</p>' }) : listed(pageNumber(url)) // prettier-ignore
  failed(await read(short, { source, ...once }), 'incomplete', /page 2 has 3 rows, but announces "6–10 z 12"/)
})

test('the row that must be there proves that language and zone are what they were', async () => {
  const canary = { code: 'A7', column: 'Dostupnost', text: '7. 3. 2027' }
  const outcome = await read((url) => listed(pageNumber(url)), { source: { ...source, canary } })
  whole(outcome, all)
  assert.ok(outcome.proofs.some(({ what }) => what === 'canary'))
  const other = await read((url) => listed(pageNumber(url)), { source: { ...source, canary: { ...canary, text: '3/7/2027' } } }) // prettier-ignore
  failed(other, 'changed', /must say "3\/7\/2027" in "Dostupnost"; it says "7\. 3\. 2027"/)
})

test('rows that do not fit are told one by one below their share, and fail the run beyond it', async () => {
  const page = pageOf({ rows: all, inner: '<tr><td colspan=3>Novinky</td></tr>', above: '<p class=rozsah>13 z 13</p>' })
  const told = await read(() => page, { source: { whole: { total: '.rozsah' }, unfitShare: 0.1 } })
  whole(told, all)
  assert.deepEqual(told.unfit, [{ where: 'page 1, row 13', said: 'Novinky' }])
  const beyond = await read(() => page, { source: { whole: { total: '.rozsah' } } })
  failed(beyond, 'changed', /1 of 13 rows does not fit, more than the 1 %.*page 1, row 13: "Novinky"/)
  assert.deepEqual(beyond.unfit, [])
  const skipped = await read(() => page.replace('13 z 13', '12 z 12').replace('<tr><td colspan', '<tr class=skupina><td colspan'), { source: { whole: { total: '.rozsah' }, skipRows: '.skupina' } }) // prettier-ignore
  whole(skipped, all)
})

test('the sign-in form in place of a page is a lost session, never content', async () => {
  const form = '<form><input name=jmeno><input type=password name=heslo></form>'
  const lost = await read((url) => (pageNumber(url) === 2 ? `<title>Přihlášení</title>${form}` : listed(pageNumber(url))), { source, ...once }) // prettier-ignore
  failed(lost, 'incomplete', /page 2 shows the sign-in form \(\/katalog\): the session has ended/)
  assert.equal(lost.failure?.name, 'SessionLost')
})

test('a password field beside a proved table is not believed, unless the definition allows it', async () => {
  const page = pageOf({ rows: all, above: '<p class=rozsah>12</p><form><input type=password></form>' })
  const whole12 = { whole: { total: '.rozsah' } }
  failed(await read(() => page, { source: whole12, ...once }), 'changed', /shows a password field beside the table/)
  whole(await read(() => page, { source: { ...whole12, passwordField: 'allowed' } }), all)
})

const notOurs: [what: string, html: string, kind: string, words: RegExp][] = [
  ['another account', pageOf({ rows: all }).replace('Figurkov', 'Někdo'), 'changed', /account "Figurkov s\.r\.o\." .*Někdo/],
  ['a table of other things', shell('<table id=zbozi><tr><th>Od<th>Do<tr><td>6:00<td>7:00</table>'), 'changed', /no column with the header "Kód"; its headers are "Od", "Do"/],
  ['a captcha', '<title>Ověření</title>Potvrďte, že nejste robot (captcha)', 'blocked', /expected page 1 with the account/],
  ['no total', pageOf({ rows: all }), 'changed', /the line \.rozsah that counts the rows/],
  ['a header in broken letters', pageOf({ rows: all }).replace('Kód', 'K\u{FFFD}d'), 'changed', /encoding is broken/],
] // prettier-ignore
for (const [what, html, kind, words] of notOurs) {
  test(`a page with ${what} and status 200 is not believed`, async () => {
    failed(await read(() => html, { source, ...once }), kind, words)
  })
}

test('a page that leads away from the portal is not read, though it looks right', async () => {
  const away = (url: URL): string | Answer =>
    pageNumber(url) === 2 && url.hostname === '127.0.0.1'
      ? { status: 302, headers: { location: `http://localhost:${url.port}/katalog?strana=2` }, html: '' }
      : listed(pageNumber(url))
  failed(await read(away, { source, ...once }), 'changed', /page 2 leads away from the portal .* to http:\/\/localhost/)
})

const cards = (rows: string[]) => shell(`<p class=rozsah>${rows.length}</p><div class=seznam>${rows.join('')}</div>`)
const card = (code: string, said: string) =>
  `<article><b class=kod>${code}</b><h2>Soška</h2><p class=kdy>${said}</p></article>`
const cardLook = { row: 'article', cells: { Kód: '.kod', Název: 'h2', Dostupnost: '.kdy' } }

test('a list of cards is a table, and a card that lacks a cell or has it twice does not fit', async () => {
  const rows = items(40).map(([code, , said]) => card(code, said))
  const look = { table: cardLook, whole: { total: '.rozsah' }, unfitShare: 0.1 }
  const outcome = await read(
    () =>
      cards([
        ...rows,
        '<article><b class=kod>B1</b><h2>Bez</h2></article>',
        card('B2', 'a').replace('<h2>', '<i class=kdy>b</i><h2>'),
      ]),
    { source: look },
  )
  whole(
    outcome,
    items(40).map(([code, , said]) => [code, 'Soška', said]),
  )
  assert.deepEqual(outcome.unfit, [
    { where: 'page 1, row 41', said: 'B1 Bez', code: 'B1' },
    { where: 'page 1, row 42', said: 'B2b Soška a', code: 'B2' },
  ])
})

const withLinks = tableOf({}).replace('</tbody>', `${all.map((item) => rowOf(item).replace(/<td>(A\d+)/, '<td><a href="/zbozi/$1">$1</a>')).join('')}</tbody>`) // prettier-ignore
const details = { link: 'a', code: '.kod', cells: { Dostupnost: '.kdy' } }
const detail = (code: string, said: string) => shell(`<p class=kod>Kód: ${code}</p><p class=kdy>${said}</p>`)

test('cells on a page of each item are read there, and each page shows its code', async () => {
  const page = (url: URL) => {
    const code = url.pathname.split('/')[2]
    return code === undefined ? shell(`<p class=rozsah>12</p>${withLinks}`) : detail(code, `termín ${code}`)
  }
  const outcome = await read(page, { source: { whole: { total: '.rozsah' }, details }, limits: { pagesInParallel: 3 } })
  whole(
    outcome,
    all.map(([code, title]) => [code, title, `termín ${code}`]),
  )
  assert.equal(outcome.asked.length, 13)
  assert.ok(Math.max(...outcome.asked.map(({ atOnce }) => atOnce)) <= 3)
})

test('a page of another item fails the run; one that is gone, or lacks the cell, is a row that does not fit', async () => {
  const page = (broken: (code: string) => string | Answer) => (url: URL) => {
    const code = url.pathname.split('/')[2]
    if (code === undefined) return shell(`<p class=rozsah>12</p>${withLinks}`)
    return code === 'A5' ? broken(code) : detail(code, 'skladem')
  }
  const wish = { source: { whole: { total: '.rozsah' }, details, unfitShare: 0.1 }, ...once }
  failed(
    await read(
      page(() => detail('A50', 'x')),
      wish,
    ),
    'changed',
    /the page of A5 .* with its code in \.kod \(found: Kód: A50\)/,
  )
  const gone = await read(
    page(() => ({ status: 404, html: '' })),
    wish,
  )
  assert.equal(gone.failure?.message, undefined)
  assert.deepEqual(gone.unfit, [{ where: 'page 1, row 5', said: 'A5: its page answers 404', code: 'A5' }])
  const lacking = await read(
    page((code) => shell(`<p class=kod>${code}</p>`)),
    wish,
  )
  assert.deepEqual(lacking.unfit, [{ where: 'page 1, row 5', said: 'A5: its page has no .kdy', code: 'A5' }])
  assert.equal(lacking.rows.length, 11)
})
