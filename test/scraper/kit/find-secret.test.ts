import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utils, write } from '@e965/xlsx'
import { findSecret } from '#scraper/kit/find-secret.ts'

const secrets = { username: 'obchod', password: 'tajné "heslo" & 1', totp: '' }

test('a credential is found however it is written', () => {
  const ways = [
    'tajné "heslo" & 1',
    'TAJNÉ "HESLO" &amp; 1',
    'tajn&#233; &quot;heslo&quot; &#x26; 1',
    encodeURIComponent(secrets.password),
    new URLSearchParams({ x: secrets.password }).toString(),
    JSON.stringify(secrets.password),
    String.raw`tajn\u00e9 "heslo" \u0026 1`,
    Buffer.from(secrets.password).toString('base64'),
  ]
  for (const way of ways) assert.equal(findSecret(Buffer.from(`<p>${way}</p>`), secrets), 'password', way)
  const basic = Buffer.from(`obchod:${secrets.password}`).toString('base64')
  assert.notEqual(findSecret(Buffer.from(`Authorization: Basic ${basic}`), secrets), null)
  assert.equal(findSecret(Buffer.from('přihlášen: Obchod'), secrets), 'username')
  assert.equal(findSecret(Buffer.from('tajné "heslo" & 1', 'latin1'), secrets), 'password')
  assert.equal(findSecret(Buffer.from('tajné "heslo" & 1', 'utf16le'), secrets), 'password')
})

test('a credential within a packed workbook is found', () => {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Kód'], [secrets.password]]), 'List')
  const bytes = write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
  assert.equal(findSecret(bytes, secrets), 'password')
})

test('a user name within another word, and what was blanked already, is none', () => {
  assert.equal(findSecret(Buffer.from('<title>Velkoobchod</title> <a href="?token=[hidden]&x=1">'), secrets), null)
})
