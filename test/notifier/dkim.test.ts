import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readSettings, settingsProblems } from '#core/process/settings.ts'
import { postOf } from '#notifier/mail-settings.ts'
import { mailSetupOf } from '#notifier/mail-setup.ts'
import { makeMailer } from '#notifier/mailer.ts'
import { settings } from '#notifier/settings.ts'
import { verifyDkim } from './dkim-verifier.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-dkim-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keyFile = fileOf('good.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }))
const given = {
  MODE: 'shop',
  AMQP_URL: 'amqp://127.0.0.1',
  MONGODB_URL: 'mongodb://127.0.0.1/avizo',
  SMTP_URL: 'smtp://127.0.0.1',
  MAIL_FROM: 'Shop <info@shop.example>',
  ADMIN_EMAIL: 'admin@shop.example',
}
const problems = (mail: Record<string, string>) => settingsProblems(settings, { ...given, ...mail }).join('\n')
const dkimBy = (mail: Record<string, string>) =>
  postOf(readSettings(settings, { ...given, DKIM_KEY_FILE: keyFile, ...mail })).dkim

async function composeSigned(): Promise<Uint8Array> {
  const mailer = makeMailer(postOf(readSettings(settings, { ...given, DKIM_KEY_FILE: keyFile })))
  return mailer.compose({
    from: given.MAIL_FROM,
    to: { address: 'jana@example.com', name: 'Jana Nováková' },
    subject: 'Objednávka 10042: nový termín – polovina ledna 2027, a ještě něco, aby se řádek zalomil',
    text: 'Dobrý den,  \n\ntermín\rse posunul. \n\n\n',
    html: '<p>Dobrý den,</p>\n<p>termín   se posunul.</p>',
    messageId: '<avizo.1@shop.example>',
    replyTo: 'help@shop.example',
    references: ['<avizo.order.1@shop.example>', '<avizo.0@shop.example>'],
    inReplyTo: '<avizo.0@shop.example>',
    unsubscribe: 'https://shop.example/unsubscribe/cs/x',
    date: new Date('2026-11-29T10:00:00Z'),
  })
}

test('a signed mail is found good by a verifier that shares nothing with the signer', async () => {
  const raw = await composeSigned()
  const { isValid, tags, signed } = verifyDkim(raw, publicKey)
  assert.ok(isValid)
  assert.doesNotMatch(
    Buffer.from(raw).toString('latin1'),
    /\r(?!\n)|(?<!\r)\n/,
    'servers mend such ends, and break what is signed',
  )
  assert.deepEqual([tags['d'], tags['s'], tags['c']], ['shop.example', 'avizo', 'relaxed/relaxed'])
  const needed =
    'from reply-to to subject date message-id in-reply-to references mime-version content-type auto-submitted x-auto-response-suppress list-unsubscribe list-unsubscribe-post'
  assert.deepEqual(
    needed.split(' ').filter((name) => !signed.includes(name)),
    [],
  )
  // The same bytes go again a day later: nothing in the signature may run out.
  assert.equal(tags['x'] ?? tags['t'], undefined)
})

test('the key that is to be published is the one that signs', async () => {
  const read = readSettings(settings, { ...given, DKIM_KEY_FILE: keyFile, MAIL_RETURN_PATH: 'b@bounces.shop.example' })
  const setup = mailSetupOf(read)
  const der = Buffer.from(setup.dkim?.publicKey ?? '', 'base64')
  assert.ok(verifyDkim(await composeSigned(), createPublicKey({ key: der, format: 'der', type: 'spki' })).isValid)
  assert.deepEqual(setup, {
    fromDomain: 'shop.example',
    returnDomain: 'bounces.shop.example',
    server: null,
    reportsTo: 'admin@shop.example',
    dkim: { domain: 'shop.example', selector: 'avizo', publicKey: setup.dkim?.publicKey },
    toTester: false,
  })
  const byAddress = readSettings(settings, { ...given, SMTP_URL: 'smtp://[2001:db8::1]' })
  assert.equal(mailSetupOf(byAddress).server, '2001:db8::1')
})

test('a mail that was changed on its way is found out', async () => {
  const message = Buffer.from(await composeSigned()).toString('latin1')
  for (const [was, is] of [
    ['jana@example.com', 'eva@example.com'],
    ['posunul', 'nezmenil'],
    ['auto-generated', 'no'],
  ] as const) {
    const changed = Buffer.from(message.replace(was, is), 'latin1')
    assert.notEqual(changed.toString('latin1'), message, was)
    assert.equal(verifyDkim(changed, publicKey).isValid, false, was)
  }
})

test('a key that cannot sign is told of at the start, with what to do', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  const short = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey
  const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const
  const pem = { type: 'pkcs8', format: 'pem' } as const
  const files = {
    [fileOf('ec.pem', ec.export(pem))]: /a key of kind ec cannot sign; .*openssl genrsa/,
    [fileOf('short.pem', short.export(pem))]: /RSA of 512 bits cannot sign; .*openssl genrsa/,
    [fileOf('locked.pem', privateKey.export(locked))]: /encrypted; write it without a passphrase/,
    [fileOf('public.pem', publicKey.export({ type: 'spki', format: 'pem' }))]: /no private key.*openssl genrsa/,
    [join(folder, 'none.pem')]: /ENOENT/,
  }
  for (const [file, words] of Object.entries(files)) {
    assert.match(problems({ DKIM_KEY_FILE: file }), words)
    assert.match(problems({ DKIM_KEY_FILE: file }), /^DKIM_KEY_FILE: /)
  }
})

test('domain and selector are the sender’s unless they are given, and a stranger’s domain is refused', () => {
  const one = dkimBy({})
  assert.deepEqual([one?.domain, one?.selector], ['shop.example', 'avizo'])
  const other = dkimBy({ DKIM_DOMAIN: 'mail.shop.example', DKIM_SELECTOR: 's2026' })
  assert.deepEqual([other?.domain, other?.selector], ['mail.shop.example', 's2026'])
  assert.match(problems({ DKIM_KEY_FILE: keyFile, DKIM_DOMAIN: 'bigshop.example' }), /^DKIM_DOMAIN: .*MAIL_FROM/)
  assert.match(problems({ DKIM_DOMAIN: 'shop.example' }), /^DKIM_KEY_FILE: is missing/)
  assert.equal(postOf(readSettings(settings, given)).dkim, undefined)
})

function fileOf(name: string, text: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, text, { mode: 0o600 })
  return file
}
