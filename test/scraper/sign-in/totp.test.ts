import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { TOTP } from 'otpauth'
import { makeBlank } from '#scraper/blank.ts'
import { Defect } from '#scraper/failure.ts'
import { codeOfTheMoment, lastCode, parseTotp, usableCounter } from '#scraper/sign-in/totp.ts'
import { makeTestBrowsers } from '#test/scraper/a-browser.ts'
import type { Play } from './a-portal.ts'
import { form, home, passwordField, servePortal, userField } from './a-portal.ts'
import { plainForm, secrets, supplierAt, trySignIn } from './a-sign-in.ts'

let browsers: Awaited<ReturnType<typeof makeTestBrowsers>>
before(async () => {
  browsers = await makeTestBrowsers()
})
after(() => browsers.clear())

const signal = new AbortController().signal

test('the code is that of RFC 6238, whether the secret is given in base 32 or as otpauth address', async () => {
  // The RFC's own: "12345678901234567890" at 59 s gives 94287082, of which we take the last six.
  const at = { signal, now: () => 35_000 }
  assert.equal(await codeOfTheMoment({ secret: 'GEZD GNBV GY3T QOJQ gezd gnbv gy3t qojq', ...at }), '287082')
  const address = 'otpauth://totp/B2B:obchod?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=B2B'
  assert.equal(await codeOfTheMoment({ secret: address, ...at }), '287082')
})

test('a code is not taken in the last three seconds of its time, and never twice', () => {
  const period = 30
  assert.equal(usableCounter({ period }, { now: 26_900 }), 0)
  assert.equal(usableCounter({ period }, { now: 27_000 }), 1)
  assert.equal(usableCounter({ period }, { now: 40_000, last: 1 }), 2)
  assert.equal(usableCounter({ period }, { now: 40_000, last: 0 }), 1)
})

test('the second code of a secret waits for the next step', async () => {
  let seconds = 300
  const now = () => seconds * 1000
  const secret = 'JBSWY3DPEHPK3PXP'
  const first = await codeOfTheMoment({ secret, signal, now })
  const timer = setInterval(() => (seconds += 10), 20)
  const second = await codeOfTheMoment({ secret, signal, now })
  clearInterval(timer)
  assert.equal(second, parseTotp(secret).generate({ timestamp: 330_000 }))
  assert.notEqual(second, first)
  assert.equal(lastCode(secret), second)
  assert.equal(
    makeBlank({ totp: secret })(`a ${second} b ${secret} c 1${second}`),
    `a [hidden] b [hidden] c 1${second}`,
  )
})

test('a secret that is none is a defect, and is not told', () => {
  for (const secret of [
    'not-a-secret-1890!',
    'otpauth://totp/x?secret=1',
    'otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1',
    '',
  ]) {
    assert.throws(
      () => parseTotp(secret),
      (error) => {
        assert.ok(error instanceof Defect)
        assert.equal(
          error.message,
          'the credential "totp" is neither a secret in base 32 nor an otpauth://totp/… address',
        )
        assert.equal(error.cause, undefined)
        return true
      },
    )
  }
})

const totp = 'KRSXG5CTMVRXEZLUKN2XAZLS'
const codeField = '<input id="code" name="code" inputmode="numeric">'
const threeSteps = plainForm({
  steps: [
    { fill: { '#user': 'username' }, submit: '#send' },
    { fill: { '#pass': 'password' }, submit: '#send' },
    { fill: { '#code': 'totp' }, submit: '#send' },
  ],
})
const portal: Play = ({ method, path, form: sent }) => {
  if (method !== 'POST') return form(userField)
  if (path === '/login') return form(passwordField, { action: '/pass' })
  if (path === '/pass')
    return sent.get('pass') === secrets.password
      ? form(codeField, { action: '/code' })
      : form(passwordField, { action: '/pass' })
  const isGood = new TOTP({ secret: totp }).validate({ token: sent.get('code') ?? '', window: 1 }) !== null
  return isGood ? home : form(codeField, { action: '/code', more: '<p>Neplatný ověřovací kód</p>' })
}

async function signInWith(secret: string) {
  await using served = await servePortal(portal)
  const supplier = supplierAt(served.url, { credentials: ['username', 'password', 'totp'] })
  const given = { open: browsers.share, address: served.url, signIn: threeSteps, supplier, secrets: { totp: secret } }
  return { ...(await trySignIn(given)), submits: served.submits }
}

test('three pages with a one-time code: each is submitted once', async () => {
  const { failure, submits } = await signInWith(totp)
  assert.equal(failure, null, failure?.message)
  assert.deepEqual(
    submits.map(({ path }) => path),
    ['/login', '/pass', '/code'],
  )
})

test('a wrong one-time code is refused as that, and its page is not sent again', async () => {
  const { failure, submits } = await signInWith('JBSWY3DPEHPK3PXPJBSWY3DP')
  assert.equal(failure?.kind, 'login-refused')
  assert.match(failure.message, /wrong one-time code.*neplatný ověřovací kód/)
  assert.equal(submits.length, 3)
  assert.doesNotMatch(JSON.stringify(failure), /JBSWY3DP/)
})

test('a secret that is none is known before anything is submitted', async () => {
  const { failure, submits } = await signInWith('not-a-secret-1890!')
  assert.deepEqual([failure?.kind, submits.length], ['defect', 0])
})
