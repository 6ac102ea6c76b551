import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeForm, judgeSession } from '#scraper/sign-in/judge-form.ts'
import type { Submitted } from '#scraper/sign-in/judge-submit.ts'
import { judgeSubmit } from '#scraper/sign-in/judge-submit.ts'
import type { Seen } from '#scraper/sign-in/look-at.ts'
import type { Wire } from '#scraper/sign-in/outcome.ts'
import { failureOf } from '#scraper/sign-in/outcome.ts'
import type { FormSignIn } from '#scraper/sign-in/sign-in.ts'
import { SignIn } from '#scraper/sign-in/sign-in.ts'
import { account } from './a-portal.ts'

const signIn = SignIn.parse({
  kind: 'form',
  path: '/login',
  steps: [
    { fill: { '#user': 'username', '#pass': 'password' }, submit: '#send' },
    { fill: { '#code': 'totp' }, submit: '#ok' },
  ],
  signedIn: { selector: '.account', text: account },
  refused: [{ selector: '.error', words: 'zakázáno', means: 'locked' }],
  blocked: [{ selector: '.queue' }],
}) as FormSignIn

const blank: Seen = {
  address: 'https://portal.cz/x',
  title: 'Portal',
  words: '',
  shown: {},
  filled: [],
  passwordField: false,
  captcha: false,
}
const form: Partial<Seen> = { shown: { '#user': '', '#pass': '' }, filled: ['#user', '#pass'], passwordField: true }
const again: Partial<Seen> = { ...form, filled: ['#user'] }
const proof: Partial<Seen> = { shown: { '.account': `Přihlášen: ${account.toUpperCase()}` } }
const quiet: Wire = { status: 200, pending: false, quiet: true, late: false }
const busy: Wire = { ...quiet, pending: true, quiet: false }
const over: Wire = { ...busy, late: true }

type Given = { seen?: Partial<Seen>; wire?: Partial<Wire>; after?: Partial<Submitted> }
type Case = Given & { title: string; is: string; means?: string }

const first = { signIn, step: 0, before: { ...blank, ...form }, requests: 1, loads: 1 }
const submits: Case[] = [
  { title: 'the account’s name proves it, at once', seen: proof, wire: busy, is: 'signed-in' },
  { title: 'also before the last step: a known device', seen: proof, is: 'signed-in' },
  { title: 'not beside a password field', seen: { ...proof, passwordField: true }, is: 'changed' },
  { title: 'not the name of somebody else', seen: { shown: { '.account': 'Jiná s.r.o.' } }, is: 'changed' },
  {
    title: 'the next step’s field is the next step, at once',
    seen: { shown: { '#code': '' } },
    wire: busy,
    is: 'next',
  },
  {
    title: 'but not beside a refusal that the definition knows',
    seen: { shown: { '#code': '', '.error': 'Zakázáno' } },
    is: 'refused',
    means: 'locked',
  },
  { title: 'a no is believed only of a page at rest', seen: again, wire: busy, is: 'wait' },
  { title: 'the form again is a refusal', seen: again, is: 'refused', means: 'not-said' },
  {
    title: 'also with status 503, 429 or a captcha: refused goes first',
    seen: { ...again, captcha: true },
    wire: { status: 429 },
    is: 'refused',
  },
  { title: 'also where only one field of it is left', seen: { shown: { '#user': '' } }, is: 'refused' },
  { title: 'also where the second step leads back to the first', seen: again, after: { step: 1 }, is: 'refused' },
  {
    title: 'words of a wrong password',
    seen: { words: 'Passwort oder Benutzername ist falsch.' },
    is: 'refused',
    means: 'wrong-password',
  },
  {
    title: 'words of a lock go before words of a wrong password',
    seen: { words: 'Wrong password. Your account has been locked.' },
    is: 'refused',
    means: 'locked',
  },
  {
    title: 'words go before 403',
    seen: { words: 'Konto zostało zablokowane' },
    wire: { status: 403 },
    is: 'refused',
    means: 'locked',
  },
  {
    title: 'words that stood on the form already are no answer',
    seen: { ...form, words: 'Neplatné heslo? Volejte.' },
    wire: over,
    after: { before: { ...blank, ...form, words: 'Neplatné heslo? Volejte.' }, loads: 0 },
    is: 'slow',
  },
  { title: '401 is a refusal', wire: { status: 401 }, is: 'refused' },
  { title: '403', wire: { status: 403 }, is: 'blocked' },
  { title: '429', wire: { status: 429 }, is: 'blocked' },
  { title: 'a captcha', seen: { captcha: true }, is: 'blocked' },
  { title: 'a sign of the definition', seen: { shown: { '.queue': '' } }, is: 'blocked' },
  { title: 'words of a wall', seen: { words: 'Zu viele Anfragen' }, is: 'blocked' },
  { title: '503', wire: { status: 503 }, is: 'down' },
  {
    title: 'a connection that broke',
    seen: { address: 'chrome-error://chromewebdata/' },
    wire: { status: null },
    is: 'down',
  },
  { title: 'no answer in time', seen: form, wire: { ...over, status: null }, after: { loads: 0 }, is: 'slow' },
  { title: 'a page of something else', seen: { words: 'Vítejte' }, is: 'changed' },
  { title: 'nothing left yet: it may still', seen: form, after: { requests: 0, loads: 0 }, is: 'wait' },
  {
    title: 'nothing left, the form is as it was, and the time is over',
    seen: form,
    wire: { quiet: true, late: true },
    after: { requests: 0, loads: 0 },
    is: 'changed',
  },
  {
    title: 'nothing left, but the form was emptied',
    seen: again,
    wire: { late: true },
    after: { requests: 0, loads: 0 },
    is: 'refused',
  },
  { title: 'it is not certain that nothing left', seen: form, after: { requests: null, loads: 0 }, is: 'refused' },
]
for (const { title, seen, wire, after, is, means } of submits) {
  test(`after a submit: ${title} (${is})`, () => {
    const judged = judgeSubmit({ ...blank, ...seen }, { ...quiet, ...wire }, { ...first, ...after })
    assert.equal(judged.kind, is, JSON.stringify(judged))
    if (means !== undefined) assert.equal('means' in judged && judged.means, means)
  })
}

const before: Case[] = [
  { title: 'the form', seen: form, wire: busy, is: 'ready' },
  { title: 'a part of it', seen: { shown: { '#user': '' } }, is: 'changed' },
  { title: 'it may still come', wire: busy, is: 'wait' },
  { title: 'words of a refusal are none before a submit', seen: { words: 'Wrong password' }, is: 'changed' },
  { title: 'a 401 that shows the form', seen: form, wire: { status: 401 }, is: 'ready' },
  { title: 'a captcha beside the form', seen: { ...form, captcha: true }, is: 'blocked' },
  {
    title: 'words of a wall beside the form',
    seen: { ...form, words: 'This site is protected by reCAPTCHA' },
    is: 'ready',
  },
  { title: 'a waiting room', seen: { words: 'Warteraum' }, is: 'blocked' },
  { title: '503 with the form', seen: form, wire: { status: 503 }, is: 'down' },
  { title: 'nothing in time', wire: over, is: 'slow' },
]
for (const { title, seen, wire, is } of before) {
  test(`before a submit: ${title} (${is})`, () => {
    assert.equal(judgeForm({ ...blank, ...seen }, { ...quiet, ...wire }, signIn).kind, is)
  })
}

const sessions: Case[] = [
  { title: 'it proves itself', seen: proof, wire: busy, is: 'signed-in' },
  { title: 'the form', seen: form, is: 'lost' },
  { title: 'forbidden', wire: { status: 403 }, is: 'lost' },
  { title: 'down', wire: { status: 502 }, is: 'down' },
  { title: 'too many requests', wire: { status: 429 }, is: 'blocked' },
  { title: 'a waiting room', seen: { words: 'You are in the queue' }, is: 'blocked' },
  { title: 'anything else', seen: { words: 'Vítejte' }, is: 'lost' },
]
for (const { title, seen, wire, is } of sessions) {
  test(`a remembered session: ${title} (${is})`, () => {
    assert.equal(judgeSession({ ...blank, ...seen }, { ...quiet, ...wire }, signIn).kind, is)
  })
}

test('each outcome is the failure of its name', () => {
  const said = 'x'
  assert.equal(failureOf({ kind: 'refused', means: 'locked', said }).kind, 'login-refused')
  const blocked = failureOf({ kind: 'blocked', said, tooMany: { retryAfterSeconds: 7 } })
  assert.deepEqual([blocked.kind, blocked.again], ['blocked', true])
  assert.equal(failureOf({ kind: 'blocked', said }).again, false)
  for (const kind of ['changed', 'down', 'slow'] as const) assert.equal(failureOf({ kind, said }).kind, kind)
})
