import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from '#infra/places.ts'
import { supplierProblems } from '#infra/supplier-problems.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-suppliers-'))
const machine = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] }
const given = { ...machine, VAR_DIR: join(folder, 'var'), SUPPLIERS_DIR: 'test/flow/suppliers' }
after(() => rmSync(folder, { recursive: true, force: true }))

test('credentials that a supplier needs are named where they are missing, and never shown', async () => {
  const problems = await supplierProblems({ ...given, SUPPLIER_DEMO_USERNAME: 'shop-4711' })
  assert.equal(problems.length, 1)
  assert.match(problems.join(), /^SUPPLIER_DEMO_PASSWORD: /)
  assert.doesNotMatch(problems.join(), /4711/)
})

test('nothing is said where all is well', async () => {
  const full = { ...given, SUPPLIER_DEMO_USERNAME: 'shop', SUPPLIER_DEMO_PASSWORD: 'secret' }
  assert.deepEqual(await supplierProblems(full), [])
})

test('a folder of suppliers that is not there is a problem', async () => {
  assert.match((await supplierProblems({ ...given, SUPPLIERS_DIR: join(folder, 'none') })).join(), /no such folder/)
})

test('a shop is told at once of its own settings and of its suppliers’', () => {
  const said = starts({ ...given, MODE: 'shop' })
  assert.match(said, /^ {2}API_KEY: /m)
  assert.match(said, /^ {2}SUPPLIER_DEMO_PASSWORD: /m)
})

test('before anything is started, suppliers’ settings are named with servers that do not answer', () => {
  const said = starts({
    ...given,
    MODE: 'shop',
    AMQP_URL: 'amqp://127.0.0.1:1',
    MONGODB_URL: 'mongodb://127.0.0.1:1/avizo',
    SMTP_URL: 'smtp://mail.shop.example',
    MAIL_FROM: 'Shop <info@shop.example>',
    ADMIN_EMAIL: 'admin@shop.example',
    API_KEY: 'a-key-of-more-than-twenty',
  })
  assert.match(said, /^ {2}SUPPLIER_DEMO_PASSWORD: /m)
  assert.match(said, /AMQP_URL: 127\.0\.0\.1:1 cannot be reached/)
})

function starts(env: Record<string, string | undefined>): string {
  const { stderr, status } = spawnSync(process.execPath, ['infra/start.ts', '--detach'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  return stderr
}
