import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { makeSessions } from '#scraper/session-memory.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import { makeLog } from '#test/scraper/a-run.ts'
import type { SmallPortal } from './a-portal.ts'
import { home, loginForm, redirect, servePortal } from './a-portal.ts'
import { plainForm, secrets, supplierAt, trySignIn } from './a-sign-in.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
let folder: string
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avizo-sessions-'))
})
afterEach(() => rm(folder, { recursive: true }))

const key = 'k'.repeat(32)
const signIn = plainForm({ remember: true })

/** Knows its visitors by a cookie and, as some do, by a token in the local storage. */
async function serveSessions() {
  const world = { valid: 's1', down: false }
  const portal = await servePortal(({ method, path, cookies }) => {
    if (world.down) return { status: 503, html: 'Odstávka' }
    if (method === 'POST') return redirect('/katalog', { 'set-cookie': `sid=${world.valid}; Path=/; HttpOnly` })
    if (path !== '/katalog' || !cookies.includes(`sid=${world.valid}`)) return loginForm
    return { html: `${home.html}<script>localStorage.setItem('seen', localStorage.getItem('seen') + '+')</script>` }
  })
  return { portal, world }
}

type Wish = { secret?: Record<string, string>; withKey?: string; seen?: (value: unknown) => void }

async function run({ url }: SmallPortal, { secret = secrets, withKey = key, seen }: Wish = {}) {
  const log = makeLog()
  const supplier = { ...supplierAt(url, { signIn }), secrets: secret }
  const session = makeSessions({ folder, key: withKey, log })(supplier)
  const tried = await trySignIn({
    open: browsers.share,
    address: url,
    signIn,
    session,
    supplier,
    look: async (tab) => seen?.(await tab.evaluate(() => localStorage.getItem('seen'))),
  })
  return { ...tried, log }
}

test('a remembered session is used without credentials, cookies and local storage alike', async () => {
  const { portal } = await serveSessions()
  await using _ = portal
  const first = await run(portal)
  assert.deepEqual([first.failure, first.progress], [null, ['signing-in', 'signed-in']])
  const [file = ''] = await readdir(folder)
  const path = join(folder, file)
  assert.deepEqual([(await stat(path)).mode & 0o777, file], [0o600, 'small.session'])
  assert.doesNotMatch(await readFile(path, 'latin1'), /sid|s1/, 'it is encrypted')
  let seen: unknown
  const second = await run(portal, { seen: (value) => (seen = value) })
  assert.deepEqual([second.failure, second.progress], [null, ['signed-in']])
  assert.match(second.proofs[0]?.said ?? '', /in the session of an earlier run/)
  assert.equal(seen, 'null++', 'what the page kept in the first run was there in the second')
  assert.equal(portal.submits.length, 1)
})

test('an expired session is dropped, and the form is used in the same run', async () => {
  const { portal, world } = await serveSessions()
  await using _ = portal
  await run(portal)
  world.valid = 's2'
  const { failure, progress } = await run(portal)
  assert.deepEqual([failure, progress], [null, ['signing-in', 'signed-in']])
  assert.equal(portal.submits.length, 2)
  assert.doesNotMatch(portal.submits[1]?.cookies ?? '', /s1/, 'nothing of the old session is left')
  assert.deepEqual((await run(portal)).progress, ['signed-in'], 'the new one is remembered')
})

test('a portal that is down loses no session', async () => {
  const { portal, world } = await serveSessions()
  await using _ = portal
  await run(portal)
  world.down = true
  assert.equal((await run(portal)).failure?.kind, 'down')
  world.down = false
  assert.deepEqual((await run(portal)).progress, ['signed-in'])
  assert.equal(portal.submits.length, 1)
})

test('with another password or another key the session is not used, and its file is dropped with one line', async () => {
  const { portal } = await serveSessions()
  await using _ = portal
  for (const [change, words] of [
    [{ secret: { ...secrets, password: 'nove-heslo-2027' } }, /address or credentials have changed/],
    [{ withKey: 'j'.repeat(32) }, /another SCRAPER_SESSION_KEY/],
  ] as const) {
    await run(portal)
    const { progress, log } = await run(portal, change)
    assert.deepEqual(progress, ['signing-in', 'signed-in'])
    assert.equal(log.lines.length, 1)
    assert.match(log.lines[0]?.text ?? '', words)
    await rm(join(folder, 'small.session'))
  }
})

test('a damaged file is dropped with one line', async () => {
  const { portal } = await serveSessions()
  await using _ = portal
  await writeFile(join(folder, 'small.session'), 'avizo 1\nnonsense')
  const { failure, log } = await run(portal)
  assert.equal(failure, null)
  assert.match(log.lines.map(({ text }) => text).join('\n'), /^small: its remembered session is dropped: it is damaged/)
})
