import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import { answering, impatient, playOnce, stepsOfTwo } from './a-form.ts'
import type { Play } from './a-portal.ts'
import { form, home, loginForm, passwordField, redirect, servePortal, userField } from './a-portal.ts'
import { plainForm, secrets, trySignIn } from './a-sign-in.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

function isRight({ form: sent }: { form: URLSearchParams }): boolean {
  return sent.get('user') === secrets.username && sent.get('pass') === secrets.password
}

const plain: Play = (asked) => {
  if (asked.path === '/katalog') return home
  return asked.method === 'POST' && isRight(asked) ? redirect('/katalog') : loginForm
}

test('a plain form: one submit, proved by the name of the account', async () => {
  const { failure, proofs, progress, steps } = await playOnce(browsers.share, { play: plain, submits: 1 })
  assert.equal(failure, null)
  assert.deepEqual(progress, ['signing-in', 'signed-in'])
  assert.deepEqual(proofs, [
    { what: 'signed in', said: '"Figurkov s.r.o." is shown at /katalog, without a password field' },
  ])
  assert.deepEqual(steps, ['sign in: open the form at /login', 'sign in: submit page 1 of 1'])
})

test('a form that is drawn late and answers by a script is waited for', async () => {
  const late = {
    html: `<script>setTimeout(() => {
      document.body.innerHTML = '${userField}${passwordField}<button id="send">OK</button>'
      document.querySelector('#send').onclick = async () => {
        const body = new URLSearchParams({ user: document.querySelector('#user').value, pass: document.querySelector('#pass').value })
        await fetch('/api', { method: 'POST', body })
        setTimeout(() => { document.body.innerHTML = '<b class="account">FIGURKOV&nbsp;s.r.o.</b>' }, 200)
      }
    }, 300)</script>`,
  }
  const { failure } = await playOnce(browsers.share, {
    play: (asked) => (asked.path === '/api' ? {} : late),
    limits: { settleSeconds: 3 },
    submits: 1,
  })
  assert.equal(failure, null)
})

const ofTwo: Play = ({ method, path, form: sent }) => {
  if (path === '/password') return method === 'POST' && sent.get('pass') === secrets.password ? home : loginForm
  if (method === 'POST') return form(passwordField, { action: '/password' })
  return form(userField)
}

test('two pages: each is submitted once, in its order', async () => {
  const { failure, steps } = await playOnce(browsers.share, { play: ofTwo, signIn: { steps: stepsOfTwo }, submits: 2 })
  assert.equal(failure, null)
  assert.deepEqual(steps.slice(1), ['sign in: submit page 1 of 2', 'sign in: submit page 2 of 2'])
})

test('a user name refused on the first of two pages ends the sign-in there', async () => {
  const play = answering(form(userField, { more: '<p>Uživatel nenalezen</p>' }), form(userField))
  const { failure } = await playOnce(browsers.share, { play, signIn: { steps: stepsOfTwo }, submits: 1 })
  assert.equal(failure?.kind, 'login-refused')
})

const banner = `<div id="cookies" style="position:fixed;inset:0;background:#fff">Cookies?
  <button onclick="this.parentNode.remove()">Souhlasím</button></div>`
const cookies = { name: 'cookies', shows: '#cookies', click: '#cookies button' }

test('a cookie banner over the form is clicked away, also one that comes late', async () => {
  const lateBanner = `<script>document.querySelector('#pass').addEventListener('input', () =>
    document.body.insertAdjacentHTML('beforeend', \`${banner}\`), { once: true })</script>`
  for (const more of [banner, lateBanner]) {
    const play = answering(home, form(userField + passwordField, { more }))
    const { failure } = await playOnce(browsers.share, { play, signIn: { obstacles: [cookies] }, submits: 1 })
    assert.equal(failure, null, failure?.message)
  }
})

test('a banner that nobody has named is said, by its element, and nothing is submitted', async () => {
  const { failure } = await playOnce(browsers.share, {
    play: answering(home, form(userField + passwordField, { more: banner })),
    limits: impatient,
    submits: 0,
  })
  assert.equal(failure?.kind, 'changed')
  assert.match(failure.message, /#send.*<div id="cookies".*obstacle/)
})

test('a banner that does not go is said', async () => {
  const stuck = banner.replace('this.parentNode.remove()', '')
  const play = answering(home, form(userField + passwordField, { more: stuck }))
  const signIn = { obstacles: [cookies] }
  const { failure } = await playOnce(browsers.share, { play, signIn, limits: impatient, submits: 0 })
  assert.equal(failure?.kind, 'changed')
  assert.match(`${failure.step}: ${failure.message}`, /obstacle "cookies": #cookies is still there after a click/)
})

test('"another session is active" after the submit is confirmed, and the form is not sent again', async () => {
  const another = { html: '<div id="other">Jiná relace je aktivní <a href="/katalog">Pokračovat</a></div>' }
  const play: Play = ({ method, path }) => (path === '/katalog' ? home : method === 'POST' ? another : loginForm)
  const obstacles = [{ name: 'another session', shows: '#other', click: '#other a' }]
  const { failure } = await playOnce(browsers.share, { play, signIn: { obstacles }, submits: 1 })
  assert.equal(failure, null, failure?.message)
})

const inWindow = `<script>location.href = confirm('Jiná relace je aktivní.  Pokračovat?') ? '/katalog' : '/login'</script>`
const asking: Play = ({ method, path }) =>
  path === '/katalog' ? home : method === 'POST' ? { html: inWindow } : loginForm

test('"another session is active" in a window of the browser’s own is answered yes where the definition knows it', async () => {
  const obstacles = [{ name: 'another session', dialog: 'jiná relace je AKTIVNÍ. pokračovat', accept: true }]
  const { failure, steps } = await playOnce(browsers.share, { play: asking, signIn: { obstacles }, submits: 1 })
  assert.equal(failure, null, failure?.message)
  assert.ok(steps.includes('obstacle "another session"'), 'it is said')
})

test('a window that the definition does not know is answered no', async () => {
  const obstacles = [{ name: 'another session', dialog: 'Smazat košík', accept: true }]
  const { failure, steps } = await playOnce(browsers.share, { play: asking, signIn: { obstacles }, submits: 1 })
  assert.equal(failure?.kind, 'login-refused')
  assert.ok(!steps.includes('obstacle "another session"'))
})

test('a window that comes again though it was answered yes is answered no: yes may be another submit', async () => {
  const again = `<script>if (confirm('Poslat znovu?')) document.write('<form method=post></form>'), document.forms[0].submit()</script>`
  const obstacles = [{ name: 'again', dialog: 'poslat znovu', accept: true }]
  const { failure } = await playOnce(browsers.share, {
    play: answering({ html: again }),
    signIn: { obstacles },
    submits: 2,
  })
  assert.equal(failure?.kind, 'changed')
})

test('a form that is down for a moment is opened again; what was submitted is not', async () => {
  let opened = 0
  const play: Play = ({ method }) => {
    if (method === 'POST') return home
    opened += 1
    return opened === 1 ? { status: 503 } : loginForm
  }
  const { failure } = await playOnce(browsers.share, { play, submits: 1 })
  assert.equal(failure, null)
  assert.equal(opened, 2)
})

test('a page that sends itself with its last field is not clicked', async () => {
  const itself = `<script>document.querySelector('#pass').oninput = () => document.forms[0].submit()</script>`
  const play = answering(home, form(userField + passwordField, { more: itself }))
  const steps = [{ fill: { '#user': 'username', '#pass': 'password' } }]
  const { failure } = await playOnce(browsers.share, { play, signIn: { steps }, submits: 1 })
  assert.equal(failure, null, failure?.message)
})

test('a page that sends itself though the definition does not say so is not sent twice', async () => {
  const itself = `<script>document.querySelector('#pass').oninput = () => document.forms[0].submit()</script>`
  const play = answering(home, form(userField + passwordField, { more: itself }))
  const { failure } = await playOnce(browsers.share, { play, limits: impatient, submits: 1 })
  assert.equal(failure, null, failure?.message)
})

test('a connection that breaks with the submit is down, and Chromium does not submit again by itself', async () => {
  await using portal = await servePortal(answering('cut'))
  const { failure, steps } = await trySignIn({ open: browsers.share, address: portal.url, signIn: plainForm() })
  assert.deepEqual([failure?.kind, failure?.message], ['down', 'the portal broke the connection'])
  assert.equal(steps.length, 2)
  assert.equal(portal.submits.length, 1)
})
