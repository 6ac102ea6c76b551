import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SignIn } from '#scraper/sign-in/sign-in.ts'
import { until } from '#test/support/until.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import type { Play, SmallPortal } from './a-portal.ts'
import { account, home, redirect, servePortal } from './a-portal.ts'
import { secrets, trySignIn } from './a-sign-in.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

const right = `Basic ${Buffer.from(`${secrets.username}:${secrets.password}`).toString('base64')}`
const asks = {
  status: 401,
  html: '<link rel="stylesheet" href="/style.css">Who are you?',
  headers: { 'www-authenticate': 'Basic realm="B2B"' },
}
const guarded: Play = ({ authorization }) => (authorization === right ? home : asks)
const plain = SignIn.parse({ kind: 'basic' })
const signedIn = { selector: '.account', text: account }
const proving = SignIn.parse({ kind: 'basic', signedIn })

function tryAt({ url }: SmallPortal, signIn: SignIn, more: Partial<Parameters<typeof trySignIn>[0]> = {}) {
  return trySignIn({ open: browsers.share, address: url, signIn, ...more })
}

test('basic: the credentials are good, the page proves it, and further pages have them too', async () => {
  await using portal = await servePortal(guarded)
  const { failure, progress, proofs } = await tryAt(portal, proving, {
    look: async (tab) => {
      await tab.goto(`${portal.url}/strana-2`)
      assert.match(await tab.content(), /zboží/)
    },
  })
  assert.equal(failure, null)
  assert.deepEqual(progress, ['signing-in', 'signed-in'])
  assert.match(proofs[0]?.said ?? '', /"Figurkov s\.r\.o\." is shown at \/katalog/)
})

test('basic without a name to look for is proved by the page that only our credentials get', async () => {
  await using portal = await servePortal(guarded)
  const { failure, proofs } = await tryAt(portal, plain)
  assert.equal(failure, null)
  assert.deepEqual(proofs, [{ what: 'signed in', said: '/katalog is shown to our credentials alone' }])
})

test('basic: what comes in the way of the page is cleared, on it and in a window of the browser’s own', async () => {
  const shown = `if (confirm('Opravdu?')) document.body.innerHTML = document.querySelector('template').innerHTML`
  const notice = `<div id="cookies">Cookies? <button onclick="${shown}">OK</button></div><template>${home.html}</template>`
  await using portal = await servePortal(({ authorization }) => (authorization === right ? { html: notice } : asks))
  const obstacles = [
    { name: 'cookies', shows: '#cookies', click: '#cookies button' },
    { name: 'really', dialog: 'opravdu', accept: true },
  ]
  const { failure, steps } = await tryAt(portal, SignIn.parse({ kind: 'basic', signedIn, obstacles }))
  assert.equal(failure, null, failure?.message)
  assert.ok(steps.includes('obstacle "cookies"') && steps.includes('obstacle "really"'), steps.join())
})

test('basic: wrong credentials are sent once, not with the styles of the page that refuses them', async () => {
  await using portal = await servePortal(guarded)
  const { failure } = await tryAt(portal, plain, { secrets: { password: 'spatne-heslo-77' } })
  assert.equal(failure?.kind, 'login-refused')
  assert.match(failure.message, /\/katalog answers 401: Portal Who are you/)
  assert.doesNotMatch(JSON.stringify(failure), /spatne-heslo/)
  assert.equal(portal.submits.length, 1)
})

test('basic: credentials are for the portal’s own origin alone', async () => {
  await using stranger = await servePortal(() => asks)
  const picture = { html: `${home.html}<iframe src="${stranger.url}/ad"></iframe>` }
  await using portal = await servePortal(({ authorization }) => (authorization === right ? picture : asks))
  const { failure } = await tryAt(portal, proving, {
    look: async (tab) => {
      await until('the stranger’s page', () => stranger.asked.length > 0)
      await tab.goto(`${portal.url}/strana-2`, { waitUntil: 'domcontentloaded' })
    },
  })
  assert.equal(failure, null)
  assert.ok(stranger.asked.length > 0)
  assert.deepEqual(stranger.submits, [])
})

test('basic: a portal that leads away is not followed with credentials', async () => {
  await using stranger = await servePortal(() => asks)
  await using portal = await servePortal(() => redirect(`${stranger.url}/sso`))
  const { failure } = await tryAt(portal, plain)
  assert.equal(failure?.kind, 'changed')
  assert.match(failure.message, /leads away/)
  assert.deepEqual([...portal.submits, ...stranger.submits], [])
})

const others: { title: string; play: Play; kind: string; submits: number; limits?: object }[] = [
  { title: 'a portal that does not ask', play: () => home, kind: 'changed', submits: 0 },
  { title: 'a portal that is down', play: () => ({ status: 503 }), kind: 'down', submits: 0 },
  { title: 'a portal that breaks off', play: () => 'cut', kind: 'down', submits: 0 },
  {
    title: 'a portal that never answers',
    play: () => 'never',
    kind: 'slow',
    submits: 0,
    limits: { pageSeconds: 2, tries: 1 },
  },
  { title: 'too many requests', play: () => ({ status: 429 }), kind: 'blocked', submits: 0 },
  {
    title: 'a locked account',
    play: ({ authorization }) => (authorization ? { status: 403, html: 'Account is locked' } : asks),
    kind: 'login-refused',
    submits: 1,
  },
  {
    title: 'forbidden after the credentials',
    play: ({ authorization }) => (authorization ? { status: 403, html: 'No' } : asks),
    kind: 'blocked',
    submits: 1,
  },
]
for (const { title, play, kind, submits, limits = {} } of others) {
  test(`basic: ${title} (${kind})`, async () => {
    await using portal = await servePortal(play)
    const { failure } = await tryAt(portal, plain, { limits })
    assert.deepEqual([failure?.kind, portal.submits.length], [kind, submits], failure?.message)
  })
}

test('a portal that needs no sign-in is not gone to, and no credentials are handed out', async () => {
  await using portal = await servePortal(() => home)
  const { proofs, progress } = await tryAt(portal, { kind: 'none' })
  assert.equal(proofs.length, 1)
  assert.deepEqual(progress, [])
  assert.deepEqual(portal.asked, [])
})
