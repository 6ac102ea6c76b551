import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Definition } from '#scraper/definition.ts'
import { SignIn } from '#scraper/sign-in/sign-in.ts'
import { plainForm, supplierAt } from './a-sign-in.ts'

const { definition } = supplierAt('https://portal.cz')

function problems(changes: object): string[] {
  const checked = Definition.safeParse({ ...definition, ...changes })
  return (checked.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const totp = plainForm({ steps: [{ fill: { '#user': 'username', '#code': 'totp' }, submit: '#send' }] })

test('a sign-in fills in only what the definition lists as credentials', () => {
  const signIn = plainForm()
  assert.deepEqual(problems({ options: { signIn } }), [])
  assert.deepEqual(problems({ options: { signIn }, credentials: ['username', 'pin'] }), [
    'options.signIn: fills in the credential "password", which "credentials" does not list (username, pin)',
  ])
  assert.equal(problems({ options: { signIn: { kind: 'basic' } }, credentials: ['username'] }).length, 1)
  assert.deepEqual(problems({ options: { signIn: { kind: 'none' } }, credentials: [] }), [])
})

test('with a one-time code the confirming run comes in another step of it', () => {
  const credentials = ['username', 'totp']
  assert.deepEqual(problems({ options: { signIn: totp }, credentials, confirmAfterSeconds: 30 }), [
    "confirmAfterSeconds: expected at least 31: the confirming run must not meet the first one's one-time code",
  ])
  assert.deepEqual(problems({ options: { signIn: totp }, credentials, confirmAfterSeconds: 31 }), [])
  assert.deepEqual(problems({ options: { signIn: totp }, credentials, confirmAfterSeconds: 2, confirm: 'none' }), [])
})

test('options of platforms with a sign-in of their own are not looked into', () => {
  assert.deepEqual(problems({ options: { account: 'Figurkov s.r.o.' }, credentials: [] }), [])
})

test('pages of a form can be told apart, and each fills something', () => {
  const same = [
    { fill: { '#text': 'username' }, submit: '#send' },
    { fill: { '#text': 'password' }, submit: '#send' },
  ]
  const given = { ...plainForm(), steps: same }
  assert.match(SignIn.safeParse(given).error?.message ?? '', /how to tell them apart/)
  assert.equal(SignIn.safeParse({ ...given, steps: [{ fill: {}, submit: '#send' }] }).success, false)
})
