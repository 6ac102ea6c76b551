import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FailureKind } from '#core/domain/messages.ts'
import { readSaved } from '#scraper/sources/read-source.ts'
import { Source } from '#scraper/sources/source.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import type { Answer, Asked, Play } from './a-small-portal.ts'
import { loginPage, ours, servePortal } from './a-small-portal.ts'
import type { Read } from './a-source.ts'
import { columns, readIn } from './a-source.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

const token = 'eyJhbGciOi-tajny-token-77'
const record = (n: number) => ({ sku: `FIG-${n}`, name: `Figurka ${n}`, stock: { eta: n % 2 ? 'March 2027' : null } })
const pageOf = (page: number, size = 2, all = 5) =>
  Array.from({ length: all }, (_, i) => record(i + 1)).slice((page - 1) * size, page * size)

/** The page fetches its first records by itself, with a token that its script holds. */
const fetching = (call: string) =>
  ours(`<ul></ul><button id="every" onclick="every.hidden = true; load('all=1&')">vše</button><script>
    const headers = { authorization: 'Bearer ${token}', 'x-shop': 'figurkov' }
    const load = (filter) => ${call}
    load('')</script>`)
const byQuery = fetching("fetch('/api/items?' + filter + 'page=1&csrf=' + headers.authorization.slice(7), { headers })")
const byBody = fetching(
  `fetch('/api/items', { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify({ sort: 'sku', paging: { page: 0 } }) })`,
)

const json = (body: unknown): Answer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const pageAsked = ({ query }: Asked) => Number(query.get('page'))
const listed = (asked: Asked, total: unknown = 5) =>
  json({ data: { items: pageOf(pageAsked(asked)) }, total, pages: 3 })

const source = {
  kind: 'page-json',
  path: '/katalog',
  request: '/api/items',
  records: 'data.items',
  fields: { code: ['sku'], title: ['name'], cells: { Termín: ['stock.eta'] } },
  paging: { parameter: 'page' },
  whole: { total: 'total' },
}

type Result = Read & { calls: Asked[] }

async function readJson(play: Play, changes: object = {}, limits: object = {}): Promise<Result> {
  await using portal = await servePortal(play)
  const given = { address: portal.url, source: { ...source, ...changes }, limits: { settleSeconds: 2, ...limits } }
  const read = await readIn({ open: browsers.share, ...given })
  const told = [read.failure?.message, read.failure?.stack, JSON.stringify(read)].join('\n')
  assert.ok(!told.includes(token), 'the token is told nobody')
  const file = Buffer.from(read.evidence?.file?.content ?? '', 'base64').toString()
  assert.ok(!file.includes(token) && !(read.evidence?.page ?? '').includes(token), 'the token is in no evidence')
  return { ...read, calls: callsIn(portal.asked) }
}

/** What was asked before the page was opened once more, to see that it is still ours. */
function callsIn(asked: Asked[]): Asked[] {
  const opened = asked.flatMap(({ path }, i) => (path === source.path ? [i] : []))
  const earlier = asked.slice(0, opened[1])
  return earlier.filter(({ path, method }) => path === source.request && method !== 'OPTIONS')
}

const answering = (answer: (asked: Asked, n: number) => Answer, page = byQuery): Play => {
  let n = 0
  return (asked) => (asked.path === '/api/items' ? answer(asked, (n += 1)) : asked.path === '/login' ? loginPage : page)
}

function isAllowed({ headers }: Asked): boolean {
  return headers.authorization === `Bearer ${token}` && headers['x-shop'] === 'figurkov'
}

test('the JSON that a page fetches is read, and its other pages as the page would fetch them', async () => {
  const play = answering((asked) => (isAllowed(asked) ? listed(asked) : { status: 401 }))
  const { failure, observations, proofs, calls, steps } = await readJson(play)
  assert.equal(failure?.message, undefined)
  assert.deepEqual(observations.map(({ code }) => code).toSorted(), ['FIG-1', 'FIG-2', 'FIG-3', 'FIG-4', 'FIG-5'])
  assert.deepEqual(observations[0], { code: 'FIG-1', title: 'Figurka 1', cells: { Termín: 'March 2027' } })
  assert.deepEqual(proofs[1], { what: 'rows', said: '5 rows read = 5 announced on all 3 pages' })
  assert.deepEqual(
    calls.map(pageAsked).toSorted((a, b) => a - b),
    [1, 2, 3],
  )
  assert.ok(calls.every(isAllowed) && calls.every(({ query }) => query.get('csrf') === token))
  assert.deepEqual(steps, ['open /katalog', 'page 1', 'page 2', 'page 3', 'open /katalog', 'signed in to the end'])
  assert.deepEqual(proofs[2], { what: 'account', said: 'after the last page /katalog still shows "Figurkov s.r.o."' })
})

test('what the page sends as a body is sent again with the next page in it', async () => {
  const play = answering(({ body }) => {
    const { paging, sort } = JSON.parse(body) as { paging: { page: number }; sort: string }
    return sort === 'sku' ? json({ data: { items: pageOf(paging.page + 1) }, total: 5 }) : { status: 400 }
  }, byBody)
  const paging = { parameter: 'paging.page', first: 0 }
  const { failure, observations, calls } = await readJson(play, { paging })
  assert.equal(failure?.message, undefined)
  assert.deepEqual([observations.length, calls.map(({ method }) => method)], [5, ['POST', 'POST', 'POST']])
})

test('a parameter may count rows, and pages may be all that is announced: then all are read twice', async () => {
  const page = fetching("fetch('/api/items?offset=0', { headers })")
  const play = answering(
    ({ query }) => json({ data: { items: pageOf(Number(query.get('offset')) / 2 + 1, 2, 6) }, pages: 3 }),
    page,
  )
  const { failure, proofs, calls } = await readJson(play, {
    paging: { parameter: 'offset', counts: 'rows' },
    whole: { pages: 'pages' },
  })
  assert.equal(failure?.message, undefined)
  assert.deepEqual([proofs[1]?.said, calls.length], ['3 pages read = 3 announced', 6])
})

test('where nothing is announced, pages are read until one is empty, all of them twice', async () => {
  const play = answering((asked) => listed(asked))
  const { failure, proofs, observations, calls } = await readJson(play, { whole: {} })
  assert.equal(failure?.message, undefined)
  assert.deepEqual([observations.length, calls.length], [5, 10])
  assert.match(proofs[1]?.said ?? '', /read twice, the same 5 rows/)
  const single = await readJson(
    answering((asked) => listed(asked)),
    { whole: {}, paging: undefined },
  )
  assert.deepEqual([single.failure, single.observations.length, single.calls.length], [null, 2, 2])
})

/** From the second call on nobody is signed in, which the list does not tell. */
const endingHalfWay = (page: Answer): Play => {
  let calls = 0
  return (asked) => {
    if (asked.path !== '/api/items')
      return calls < 2 ? { ...byQuery, headers: { 'cache-control': 'max-age=3600' } } : page
    calls += 1
    return listed(asked)
  }
}

test('a session that ends while the list goes on answering is found out after the last page', async () => {
  for (const page of [loginPage, { body: '<title>Portál</title><p>Katalog pro každého</p>' }]) {
    const { failure } = await readJson(endingHalfWay(page))
    assert.equal(failure?.kind, 'incomplete', failure?.message)
    assert.match(failure?.message ?? '', /the session (has )?ended/)
  }
})

test('where nobody signs in, nobody is looked for after the last page', async () => {
  await using portal = await servePortal(endingHalfWay({ body: '<p>Katalog pro každého</p>' }))
  const signIn = { kind: 'none' }
  const { failure, steps } = await readIn({ open: browsers.share, address: portal.url, source, signIn })
  assert.deepEqual([failure, steps], [null, ['open /katalog', 'page 1', 'page 2', 'page 3']])
})

/** Pages of three records each, of which the first one may leave out keys that others have. */
const sparse = (pages: number[][]): Play =>
  answering((asked) => {
    const given = pages[pageAsked(asked) - 1] ?? []
    const items = given.map((eta, i) => ({
      sku: `${pageAsked(asked)}-${i}`,
      name: 'A',
      ...(eta && { stock: { eta } }),
    }))
    return json({ data: { items }, total: pages.flat().length })
  })

test('a key that a further page leaves out is blank where the first page leaves it out as often in a row', async () => {
  for (const pages of [
    [
      [1, 0, 0],
      [0, 0, 1],
      [0, 0],
    ],
    [[1, 1, 1], [1, 1, 0], [0]],
  ]) {
    const { failure, observations } = await readJson(sparse(pages))
    assert.equal(failure?.message, undefined)
    assert.equal(
      observations.filter(({ cells }) => cells['Termín'] === '').length,
      pages.flat().filter((n) => !n).length,
    )
  }
})

test('a key that all records of a further page leave out has changed', async () => {
  for (const pages of [
    [[1, 0, 0], [0, 0, 0], [1]],
    [
      [1, 1, 1],
      [1, 1, 1],
      [0, 0],
    ],
  ]) {
    const { failure } = await readJson(sparse(pages))
    assert.equal(failure?.kind, 'changed')
    assert.match(
      failure?.message ?? '',
      /page [23]: none of its [23] records has "stock\.eta".* its keys are sku, name\. /,
    )
  }
})

test('with steps, the answer after the last of them counts', async () => {
  const play = answering(({ query }) => json({ data: { items: pageOf(1, 5) }, total: query.has('all') ? 5 : 99 }))
  const prepare = [{ do: 'click', target: '#every', effect: { hides: '#every' } }]
  const { failure, observations } = await readJson(play, { prepare, paging: undefined })
  assert.equal(failure?.message, undefined)
  assert.equal(observations.length, 5)
})

test('of several answers that the page fetches by itself, the one with which it ends up counts', async () => {
  const twice = fetching("fetch('/api/items').then(() => fetch('/api/items?all=1', { headers }))")
  const play = answering(({ query }) => json({ data: { items: pageOf(1, query.has('all') ? 5 : 2) }, total: 5 }), twice)
  const { failure, observations } = await readJson(play, { paging: undefined })
  assert.equal(failure?.message, undefined)
  assert.equal(observations.length, 5)
})

test('a page that is refused or broken once is asked for again', async () => {
  for (const once of [
    { status: 429, headers: { 'retry-after': '0' } },
    { status: 502 },
    { ...json({ x: 'yyyy' }), cutAfter: 3 },
    { ...json({}), body: '{"data":' },
  ]) {
    const play = answering((asked, n) => (n === 2 ? once : listed(asked)))
    const { failure, observations } = await readJson(play, {}, { pagesInParallel: 1 })
    assert.equal(failure?.message, undefined)
    assert.equal(observations.length, 5)
  }
})

test('records that do not fit are reported with their page', async () => {
  const play = answering((asked) =>
    json({
      data: { items: pageAsked(asked) === 2 ? [{ ...record(9), sku: '' }] : pageOf(pageAsked(asked)) },
      total: 3,
    }),
  )
  const page = { ...source.whole }
  const { failure, unfit } = await readJson(play, { unfitShare: 0.4, whole: page })
  assert.equal(failure?.message, undefined)
  assert.deepEqual(unfit, [
    { where: 'page 2, record 1', said: 'no code, or cells are missing:  | Figurka 9 | March 2027' },
  ])
})

test('tokens in the answer are hidden in what is kept, and the kept answer can be read again', async () => {
  const play = answering((asked) =>
    json({ data: { items: pageOf(pageAsked(asked)) }, total: 5, user: { accessToken: token } }),
  )
  const { evidence } = await readJson(play)
  const bytes = Buffer.from(evidence?.file?.content ?? '', 'base64')
  assert.match(bytes.toString(), /"accessToken":"\[hidden\]"/)
  const saved = { kind: 'file' as const, file: { name: 'answer.json', bytes } }
  const items = await readSaved(saved, { source: Source.parse(source), columns })
  assert.deepEqual(
    items.map(({ code }) => code),
    ['FIG-1', 'FIG-2'],
  )
})

type Case = [what: string, play: Play, kind: FailureKind, words: RegExp, changes?: object, limits?: object]
const failing: Case[] = [
  ['the sign-in page', () => loginPage, 'incomplete', /shows the sign-in form/],
  ['an answer that says 401', answering(() => ({ status: 401 })), 'incomplete', /\/api\/items answers 401/],
  ['a sign-in page as answer', answering(() => loginPage), 'incomplete', /session has ended/],
  [
    'a sign-in page half-way',
    answering((asked, n) => (n === 1 ? listed(asked) : loginPage)),
    'incomplete',
    /session has ended/,
  ],
  [
    'a redirection to the sign-in page half-way',
    answering((asked, n) => (n === 1 ? listed(asked) : { status: 302, headers: { location: '/login' } })),
    'incomplete',
    /session has ended/,
  ],
  [
    'too many requests half-way, again and again',
    answering((asked, n) => (n === 1 ? listed(asked) : { status: 429 })),
    'blocked',
    /\/api\/items answers 429/,
  ],
  ['503 half-way', answering((asked, n) => (n === 1 ? listed(asked) : { status: 503 })), 'down', /answers 503/],
  [
    'a page that breaks off',
    answering((asked, n) => (n === 1 ? listed(asked) : { ...json({ x: 'yyyy' }), cutAfter: 3 })),
    'down',
    /\/api\/items gives no whole answer/,
  ],
  ['another total', answering((asked) => listed(asked, 6)), 'incomplete', /5 rows were read, but 6 are announced/],
  ['a total that moves', answering((asked, n) => listed(asked, n === 1 ? 5 : 6)), 'incomplete', /announces 6 rows/],
  ['no total', answering((asked) => listed(asked, null)), 'changed', /number of all records at "total"/],
  [
    'a page that is empty',
    answering((asked) => json({ data: { items: pageAsked(asked) === 2 ? [] : pageOf(pageAsked(asked)) }, total: 5 })),
    'incomplete',
    /3 rows were read/,
  ],
  [
    'the same page again and again',
    answering(() => json({ data: { items: pageOf(1) }, total: 5 })),
    'incomplete',
    /two rows/,
  ],
  [
    'two readings that differ',
    answering((asked, n) =>
      json({ data: { items: n > 4 ? pageOf(pageAsked(asked), 2, 4) : pageOf(pageAsked(asked)) } }),
    ),
    'incomplete',
    /read twice/,
    { whole: {} },
  ],
  [
    'a last page that is cut where only pages are announced',
    answering((asked, n) => {
      const items = pageOf(pageAsked(asked), 2, 6)
      return json({ data: { items: pageAsked(asked) === 3 && n <= 3 ? items.slice(0, 1) : items }, pages: 3 })
    }),
    'incomplete',
    /read twice, 5 rows and then 6/,
    { whole: { pages: 'pages' } },
  ],
  [
    'an empty page before the last where nothing is announced',
    answering((asked) => json({ data: { items: pageAsked(asked) === 2 ? [] : pageOf(pageAsked(asked)) } })),
    'incomplete',
    /page 2 has no records, but page 3 has 1/,
    { whole: {} },
  ],
  [
    'too many pages',
    answering((asked) => ({ ...listed(asked), ...json({ data: { items: pageOf(1) }, pages: 20_001 }) })),
    'too-large',
    /20001 pages are announced, more than the 20000.* does "whole" name the right number/,
    { whole: { pages: 'pages' } },
  ],
  ['no records at all', answering(() => json({ data: { items: [] }, total: 0 })), 'incomplete', /0 rows/],
  [
    'records elsewhere',
    answering(() => json({ data: { rows: [] }, total: 0 })),
    'changed',
    /nothing at "data\.items"; the keys there are rows/,
  ],
  [
    'a key renamed',
    answering(() => json({ data: { items: [{ code: 'A', name: 'B', stock: { eta: '' } }] }, total: 1 })),
    'changed',
    /"sku".*"name", "stock\.eta", "code"/,
  ],
  [
    'a page that asks for something else',
    answering(() => ({}), fetching("fetch('/api/others?x=1', { headers })")),
    'changed',
    /does not ask for \/api\/items by itself within 2 s; it asks for \/api\/others/,
    {},
    { pageSeconds: 2 },
  ],
  [
    'a list that begins in the middle',
    answering((asked) => listed(asked), fetching("fetch('/api/items?page=2', { headers })")),
    'changed',
    /page=2 first; expected 1/,
  ],
]
for (const [what, play, kind, words, changes, limits] of failing) {
  test(`not read: ${what}`, async () => {
    const { failure } = await readJson(play, changes, limits)
    assert.equal(failure?.kind, kind, failure?.message)
    assert.match(failure?.message ?? '', words)
  })
}
