import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readSettings, settingsProblems } from '#core/process/settings.ts'
import { postOf } from '#notifier/mail-settings.ts'
import { settings } from '#notifier/settings.ts'
import { certificateFile } from './a-mail-server.ts'

const given = {
  MODE: 'shop',
  AMQP_URL: 'amqp://127.0.0.1',
  MONGODB_URL: 'mongodb://127.0.0.1/avizo',
  MAIL_FROM: 'Shop <info@shop.example>',
  ADMIN_EMAIL: 'admin@shop.example',
}
const server = (mail: Record<string, string>) => postOf(readSettings(settings, { ...given, ...mail })).server
const problems = (mail: Record<string, string>) => settingsProblems(settings, { ...given, ...mail }).join('\n')

test('off this machine TLS is required unless a person says otherwise; on it whatever is offered is taken', () => {
  assert.equal(server({ SMTP_URL: 'smtp://user:x@mail.shop.example' }).tls, 'required')
  assert.equal(server({ SMTP_URL: 'smtp://mail.shop.example', SMTP_TLS: 'opportunistic' }).tls, 'opportunistic')
  assert.equal(server({ SMTP_URL: 'smtp://[::1]:25' }).tls, 'opportunistic')
  assert.equal(server({ SMTP_URL: 'smtp://127.0.0.1:25', SMTP_CA: certificateFile }).tls, 'required')
  assert.equal(server({ SMTP_URL: 'smtps://127.0.0.1' }).tls, 'required')
})

test('a password never goes unencrypted to another machine', () => {
  const url = { SMTP_URL: 'smtp://user:secret@mail.shop.example' }
  for (const SMTP_TLS of ['none', 'opportunistic'])
    assert.match(problems({ ...url, SMTP_TLS }), /^SMTP_TLS: .*unencrypted.*required/)
  assert.equal(problems({ SMTP_URL: 'smtp://user:secret@localhost', SMTP_TLS: 'none' }), '')
  assert.equal(problems({ SMTP_URL: 'smtp://mail.shop.example', SMTP_TLS: 'none' }), '')
})

test('the authorities are read from their file, and a file without any is told of', () => {
  const url = { SMTP_URL: 'smtp://mail.shop.example' }
  assert.equal(server({ ...url, SMTP_CA: certificateFile }).ca, readFileSync(certificateFile, 'utf8'))
  assert.match(problems({ ...url, SMTP_CA: 'no-such.pem' }), /^SMTP_CA: no-such\.pem: ENOENT/)
  assert.match(problems({ ...url, SMTP_CA: 'package.json' }), /^SMTP_CA: package\.json: no certificate in it/)
})

test('what would be read by nobody is refused', () => {
  assert.match(problems({ SMTP_URL: 'smtp://mail.shop.example?requireTLS=true' }), /^SMTP_URL: .*settings of their own/)
  assert.match(problems({ SMTP_URL: 'smtp://user:50%@mail.shop.example' }), /^SMTP_URL: /)
  assert.match(problems({ SMTP_URL: 'smtps://mail.shop.example', SMTP_TLS: 'none' }), /^SMTP_TLS: smtps:/)
  assert.match(problems({ SMTP_URL: 'smtp://mail.shop.example', SMTP_NAME: 'a b' }), /^SMTP_NAME: /)
})
