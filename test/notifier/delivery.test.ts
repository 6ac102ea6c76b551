import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import PostalMime from 'postal-mime'
import { item, makeWorld, order, type World } from '#test/support/world.ts'
import { until } from '#test/support/until.ts'
import { verifyDkim } from './dkim-verifier.ts'

/** What the settings of mails come to, from the notifier's process to the mail server. */
let world: World
const folder = mkdtempSync(join(tmpdir(), 'avizo-delivery-'))
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
before(async () => {
  const keyFile = join(folder, 'dkim.pem')
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  world = await makeWorld()
  Object.assign(world.env, {
    DKIM_KEY_FILE: keyFile,
    PUBLIC_URL: 'https://shop.example.com/avizo',
    SHOP_CONTACT: 'help@example.com',
    MAIL_RETURN_PATH: 'bounces@example.com',
    PAUSES: JSON.stringify({ windowSeconds: 1 }),
  })
  await world.startNotifier()
  await world.declare()
  world.shelf.observations = [item('A', '1. 6. 2030')]
  await world.run()
  await world.putOrder(order('one', ['A']))
  await world.looked('one')
})
after(async () => {
  await world[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

/** The mails that came after the supplier said so, as bytes. */
async function mailsAfter(delivery: string) {
  world.mailbox.keep.remove([])
  world.set('A', delivery)
  await world.run()
  await world.settled(120)
  const api = `${world.mailbox.url}/api/v1`
  const { messages } = (await (await fetch(`${api}/messages?limit=10`)).json()) as { messages: { ID: string }[] }
  return Promise.all(messages.map(async ({ ID }) => (await fetch(`${api}/message/${ID}/raw`)).bytes()))
}

async function parse(raw: Uint8Array) {
  const mail = await PostalMime.parse(raw)
  return { ...mail, header: (key: string) => mail.headers.find((one) => one.key === key)?.value }
}

test('a mail comes to the server signed, with all that the settings say', async () => {
  const [raw, ...more] = await mailsAfter('1. 7. 2030')
  assert.ok(raw)
  assert.deepEqual(more, [])
  assert.ok(verifyDkim(raw, publicKey).isValid)
  const mail = await parse(raw)
  assert.deepEqual(mail.replyTo?.[0]?.address, 'help@example.com')
  assert.equal(mail.header('list-unsubscribe'), undefined)
  const setup = await world.store.shopSettings.mailSetup()
  assert.equal(setup?.returnDomain, 'example.com')
  const published = { key: Buffer.from(setup?.dkim?.publicKey ?? '', 'base64'), format: 'der', type: 'spki' } as const
  assert.ok(createPublicKey(published).equals(publicKey))
})

test('good news bears the customer’s link, and a second try is byte for byte the first, its signature too', async () => {
  world.mailbox.faultSwitch.set({ fault: 'drop-after-data', times: 1, seconds: 0 })
  const [first, second, ...more] = await mailsAfter('15. 6. 2030')
  assert.ok(first && second)
  assert.deepEqual(more, [])
  assert.ok(Buffer.from(first).equals(second))
  const { isValid, signed } = verifyDkim(first, publicKey)
  assert.ok(isValid && signed.includes('list-unsubscribe-post'))
  const mail = await parse(first)
  const token = (await world.store.unsubscribe.tokens()).of('customer-one@example.com')
  assert.equal(mail.header('list-unsubscribe'), `<https://shop.example.com/avizo/unsubscribe/cs/${token}>`)
  assert.match(mail.references ?? '', /^<avizo\.order\.\w+@example\.com> <avizo\.\w+@example\.com>$/)
})

test('a notifier that mails a tester instead of the customers says so when it starts', async () => {
  world.env['MAIL_ONLY_TO'] = 'me@example.com'
  const trial = await world.startNotifier()
  world.env['MAIL_ONLY_TO'] = ''
  const warning = /WARN.*MAIL_ONLY_TO is set: every mail goes to that address, customers get none/
  await until('the warning', async () => warning.test(trial.log()))
  assert.doesNotMatch(trial.log(), /me@example/)
  assert.equal((await world.store.shopSettings.mailSetup())?.toTester, true)
  await trial.stop()
})

test('a notifier whose key cannot sign does not start', async () => {
  const file = join(folder, 'broken.pem')
  writeFileSync(file, 'no key at all')
  Object.assign(world.env, { DKIM_KEY_FILE: file })
  await assert.rejects(world.startNotifier(), /DKIM_KEY_FILE: .*broken\.pem: no private key.*openssl genrsa/)
})
