import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FailureKind } from '#core/domain/messages.ts'
import { readSaved } from '#scraper/sources/read-source.ts'
import { Source } from '#scraper/sources/source.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import type { Answer, Play } from './a-small-portal.ts'
import { loginPage, ours, servePortal } from './a-small-portal.ts'
import type { Read } from './a-source.ts'
import { columns, readIn } from './a-source.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
let temporary: string
const usual = process.env['TMPDIR']
before(async () => {
  browsers = await makeTestBrowsers()
  temporary = await mkdtemp(join(tmpdir(), 'avizo-test-downloads-'))
  process.env['TMPDIR'] = temporary
})
after(async () => {
  if (usual === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = usual
  await browsers.clear()
  await rm(temporary, { recursive: true, force: true })
})

const rows = ['A;Aurora;březen 2027', 'B;Nova;skladem']
const file = (lines: string[] = rows) => `Kód;Název;Termín\r\n${lines.join('\r\n')}\r\n`
const attached = (body: string | Uint8Array): Answer => ({
  headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="zbozi.csv"' },
  body,
})
const exportPage = (announced = '<p class="total">2 položky</p>') =>
  ours(`${announced}<a id="csv" href="/zbozi.csv">CSV</a><a id="new" target="_blank" href="/zbozi.csv">CSV</a>`)
const items = [
  { code: 'A', title: 'Aurora', cells: { Termín: 'březen 2027' } },
  { code: 'B', title: 'Nova', cells: { Termín: 'skladem' } },
]

const source = {
  kind: 'download',
  path: '/export',
  by: { click: '#csv' },
  file: { format: 'csv' },
  fields: { code: ['Kód'], title: ['Název'] },
  whole: { total: '.total' },
}
const byPath = { by: { path: '/zbozi.csv' } }

/** The page is as it should be; what the file is is played. */
const answering = (answer: (n: number) => Answer, page: Answer = exportPage()): Play => {
  let n = 0
  return ({ path }) => (path === '/zbozi.csv' ? answer((n += 1)) : page)
}

async function download(play: Play, changes: object = {}, limits: object = {}): Promise<Read & { downloads: number }> {
  await using portal = await servePortal(play)
  const read = await readIn({ open: browsers.share, address: portal.url, source: { ...source, ...changes }, limits })
  assert.deepEqual(await leftovers(), [], 'no file is left')
  return { ...read, downloads: portal.asked.filter(({ path }) => path === '/zbozi.csv').length }
}

/** What browsers downloaded, in a folder for temporary files that is ours alone. */
async function leftovers(): Promise<string[]> {
  const found = await readdir(temporary, { recursive: true })
  return found.filter((name) => name.startsWith('playwright-artifacts') && name.includes('/'))
}

for (const [what, by] of Object.entries({
  'by a click': { click: '#csv' },
  'by a click into a new tab': { click: '#new' },
  'by its address': byPath.by,
})) {
  test(`a file is downloaded ${what}, read, and proved by the total on the page`, async () => {
    const { failure, proofs, observations, evidence, downloads, steps } = await download(
      answering(() => attached(file())),
      { by },
    )
    assert.equal(failure?.message, undefined)
    assert.deepEqual(observations, items)
    assert.deepEqual(proofs, [
      { what: 'headers', said: 'Kód, Název, Termín in zbozi.csv' },
      { what: 'rows', said: '2 rows in the file = 2 announced by the page' },
    ])
    assert.equal(Buffer.from(evidence?.file?.content ?? '', 'base64').toString(), file())
    assert.equal(downloads, 1)
    const step = 'click' in by ? `download by a click on ${by.click}` : 'download /zbozi.csv'
    assert.deepEqual(steps, ['open /export', step, 'read zbozi.csv'])
  })
}

test('what a trailer counts is proof, and so is what the file says of itself', async () => {
  const play = answering(() => attached(`${file()}Konec;2 řádků\r\n`))
  const trailed = await download(play, { whole: { trailer: 'Konec' } })
  assert.deepEqual(trailed.proofs[1], {
    what: 'trailer',
    said: 'the file ends with "Konec | 2 řádků", which counts its 2 rows',
  })
  const json = { total: 1, items: [{ Kód: 'A', Název: 'Aurora', Termín: 'x' }] }
  const told = await download(
    answering(() => attached(JSON.stringify(json))),
    {
      file: { format: 'json', records: 'items' },
      whole: { totalAt: 'total' },
    },
  )
  assert.deepEqual(told.proofs[1], { what: 'rows', said: '1 records = 1 that the file says' })
})

test('where nothing is announced, it is downloaded twice, and both must have the same items', async () => {
  const same = await download(
    answering(() => attached(file())),
    { whole: {} },
  )
  assert.deepEqual([same.failure, same.downloads, same.observations.length], [null, 2, 2])
  assert.match(same.proofs[1]?.said ?? '', /read twice, the same 2 rows/)
  const other = await download(
    answering((n) => attached(file(n === 1 ? rows : rows.slice(1)))),
    { whole: {} },
  )
  assert.deepEqual([other.failure?.kind, other.observations], ['incomplete', []])
  assert.match(other.failure?.message ?? '', /"A"/)
})

const kept = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'cache-control': 'max-age=3600' },
})

for (const click of ['#csv', '#new']) {
  test(`what is downloaded again by ${click} comes from the portal, not from what the browser kept`, async () => {
    const play = answering((n) => kept(attached(file(n === 1 ? rows : rows.slice(1)))), kept(exportPage('')))
    const changed = await download(play, { whole: {}, by: { click } })
    assert.deepEqual([changed.failure?.kind, changed.downloads], ['incomplete', 2])
    const short = attached(file().slice(0, 40))
    const cut = await download(
      answering((n) => kept(n === 1 ? short : attached(file()))),
      { by: { click } },
    )
    assert.deepEqual([cut.failure, cut.downloads, cut.observations.length], [null, 2, 2])
  })
}

test('a portal that is too busy, down or cut once is asked again', async () => {
  const busy = { status: 429, headers: { 'retry-after': '0' } }
  const cut = { ...attached(file()), cutAfter: 30 }
  for (const [first, by] of [
    [busy, byPath.by],
    [{ status: 503 }, byPath.by],
    [cut, byPath.by],
    [cut, source.by],
    [attached(file().slice(0, 40)), source.by],
    [{ status: 503 }, source.by],
  ] as [Answer, object][]) {
    const { failure, downloads, observations } = await download(
      answering((n) => (n === 1 ? first : attached(file()))),
      { by },
    )
    assert.equal(failure?.message, undefined)
    assert.deepEqual([downloads, observations.length], [2, 2])
  }
})

test('rows that do not fit are reported below the share that is allowed, and fail the run above it', async () => {
  const play = answering(() => attached(file([...rows, ';bez kódu;x'])), exportPage('<p class="total">3 položky</p>'))
  const allowed = await download(play, { unfitShare: 0.4 })
  assert.deepEqual([allowed.observations, allowed.unfit.map(({ where }) => where)], [items, ['row 4']])
  const failed = await download(play)
  assert.equal(failed.failure?.kind, 'changed')
})

test('the canary must be there with its text', async () => {
  const play = answering(() => attached(file()))
  const right = await download(play, { canary: { code: 'A', column: 'Termín', text: 'březen 2027' } })
  assert.equal(right.failure, null)
  const wrong = await download(play, { canary: { code: 'A', column: 'Termín', text: 'March 2027' } })
  assert.equal(wrong.failure?.kind, 'changed')
})

const html: Answer = ours('<p>Export se připravuje</p>')
type Case = [what: string, play: Play, kind: FailureKind, words: RegExp, changes?: object, limits?: object]
const failing: Case[] = [
  ['the sign-in page instead of the export page', () => loginPage, 'incomplete', /\/export shows the sign-in form/],
  [
    'a click that leads to the sign-in page',
    answering(() => loginPage),
    'incomplete',
    /password field: the session has ended/,
  ],
  [
    'an address that leads to the sign-in page',
    answering(() => loginPage),
    'incomplete',
    /password field: the session has ended/,
    byPath,
  ],
  [
    'an address that redirects to the sign-in page',
    ({ path }) =>
      path === '/zbozi.csv'
        ? { status: 302, headers: { location: '/login' } }
        : path === '/login'
          ? loginPage
          : exportPage(),
    'incomplete',
    /session has ended/,
    byPath,
  ],
  [
    'a click that opens a page',
    answering(() => html),
    'changed',
    /expected a download after the click on #csv; met \/zbozi\.csv "Portál" shows: .*připravuje/,
  ],
  ['a click that opens a page in a new tab', answering(() => html), 'changed', /připravuje/, { by: { click: '#new' } }],
  [
    'a click after which nothing happens',
    () => ours('<p class="total">2</p><button id="csv">CSV</button>'),
    'changed',
    /expected a download/,
  ],
  ['a page at the address', answering(() => html), 'changed', /from \/zbozi\.csv/, byPath],
  ['no such button', () => ours('<p class="total">2</p>'), 'changed', /one #csv \(met none\)/],
  [
    'another total on the page',
    answering(() => attached(file()), exportPage('<p class="total">Zobrazeno 1–2 z 3</p>')),
    'incomplete',
    /2 rows, but the page announces "Zobrazeno 1–2 z 3"/,
  ],
  ['no total on the page', answering(() => attached(file()), exportPage('')), 'changed', /the total at \.total/],
  [
    'a file without its trailer',
    answering(() => attached(file())),
    'incomplete',
    /was cut; the last row is 3/,
    { whole: { trailer: 'Konec' } },
  ],
  [
    'a trailer that counts more',
    answering(() => attached(`${file()}Konec;3\r\n`)),
    'incomplete',
    /its last row says "Konec \| 3"/,
    { whole: { trailer: 'Konec' } },
  ],
  ['a file that breaks off', answering(() => ({ ...attached(file()), cutAfter: 30 })), 'incomplete', /broke off/],
  [
    'an answer that breaks off',
    answering(() => ({ ...attached(file()), cutAfter: 30 })),
    'down',
    /no whole answer/,
    byPath,
  ],
  [
    'a file without rows',
    answering(() => attached(file([])), exportPage('<p class="total">0</p>')),
    'incomplete',
    /not one row/,
  ],
  ['a code twice', answering(() => attached(file([rows[0] ?? '', rows[0] ?? '']))), 'incomplete', /two rows/],
  ['too many requests', answering(() => ({ status: 429 })), 'blocked', /429/, byPath],
  ['an address that is closed to us', answering(() => ({ status: 401 })), 'incomplete', /401/, byPath],
  ['an address that is gone', answering(() => ({ status: 404 })), 'changed', /404/, byPath],
  ['a click that is answered 503', answering(() => ({ status: 503, body: 'x' })), 'down', /503/],
  [
    'a file that never ends',
    answering(() => ({ ...attached(''), endless: true })),
    'too-large',
    /pageMegabytes/,
    {},
    { pageMegabytes: 2 },
  ],
  [
    'a file over the limit at its address',
    answering(() => attached(Buffer.alloc(3_000_000, 'x'))),
    'too-large',
    /pageMegabytes/,
    byPath,
    { pageMegabytes: 2 },
  ],
]
for (const [what, play, kind, words, changes, limits] of failing) {
  test(`not read: ${what}`, async () => {
    const { failure, observations } = await download(play, changes, limits)
    assert.equal(failure?.kind, kind, failure?.message)
    assert.match(failure?.message ?? '', words)
    assert.deepEqual(observations, [])
  })
}

test('a saved file is read by the same code', async () => {
  const saved = { kind: 'file' as const, file: { name: 'zbozi.csv', bytes: Buffer.from(file()) } }
  assert.deepEqual(await readSaved(saved, { source: Source.parse(source), columns }), items)
})

const wrong = (changes: object) => Source.safeParse({ ...source, ...changes }).error?.issues[0]?.message ?? ''

test('a definition cannot ask a file for what its format does not have', () => {
  assert.match(wrong({ whole: { totalAt: 'total' } }), /totalAt is a path/)
  assert.match(
    wrong({ file: { format: 'json', records: '' }, whole: { trailer: 'Konec' } }),
    /a trailer is the last row/,
  )
  assert.match(wrong({ file: { format: 'csv', encoding: 'latin-17' } }), /encoding such as windows-1250/)
})
