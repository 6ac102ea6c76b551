import assert from 'node:assert/strict'
import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { servePortal } from '#infra/demo/portal/app.ts'
import { makeTestKit } from './a-kit.ts'

const kit = await makeTestKit(['demo', 'other'])
after(() => kit[Symbol.asyncDispose]())

const password = 'tajne-heslo-2026'

test('a try prints raw text beside the reading, unreadable first, then proofs, steps and evidence', async () => {
  kit.portal.shelf.edit('FIG-1042', { delivery: 'volejte' })
  const { out, code, err } = await kit.run(['try', 'demo'])
  assert.equal(err, '')
  assert.equal(code, 0)
  const [header = '', first = '', second = ''] = out.split('\n')
  assert.match(header, /^code +title +"Dostupnost" +read as$/)
  assert.match(first, /^FIG-1042 .* volejte +UNREADABLE$/)
  assert.match(second, /^FIG-1001 .* \d{4}-\d\d-\d\d$/)
  assert.match(out, /^… and 170 rows more \(--all prints all\)$/m)
  assert.match(out, /^Whole: 200 rows in [\d.]+ s, 1 unreadable\. Proved by$/m)
  assert.match(out, /^ {2}rows: 200 rows read = 200 announced on all 4 pages$/m)
  assert.match(out, /^ {2}✔ page 4 of 4 +\d+\.\d\d s$/m)
  const page = /^ {2}page: (.+)$/m.exec(out)?.[1] ?? ''
  assert.ok(page.startsWith(join(kit.data, 'supplier-try', 'demo-')))
  const html = await readFile(page, 'utf8')
  assert.match(html, /FIG-1001/)
  assert.doesNotMatch(html, new RegExp(password))
  assert.match(out, /^ {2}picture: .+\.jpg$/m)
})

test('for machines it is one JSON object, with every row and its reading', async () => {
  const { out, code } = await kit.run(['try', 'demo', '--json'])
  const said = JSON.parse(out) as { outcome: string; items: { code: string; reading: object }[]; proofs: object[] }
  assert.equal(code, 0)
  assert.equal(said.outcome, 'whole')
  assert.equal(said.items.length, 200)
  assert.deepEqual(said.items.find((item) => item.code === 'FIG-1042')?.reading, {
    kind: 'unreadable',
    said: 'volejte',
  })
  assert.ok(said.proofs.length > 2)
})

test('a wrong password is told as refused, with its step, its evidence and what to do, and was submitted once', async () => {
  const before = kit.portal.logins.attempts
  const { out, code } = await kit.run(['try', 'demo'], { env: { SUPPLIER_DEMO_PASSWORD: 'spatne-heslo' } })
  assert.equal(code, 1)
  assert.match(out, /^Failed \(login-refused\) after [\d.]+ s\.\n {2}sign in: .+/m)
  assert.match(out, /^ {2}✖ sign in: .+ \d+\.\d\d s$/m)
  assert.match(out, /^ {2}picture: .+\.jpg$/m)
  assert.match(out, /^What to do: Check the credentials in \.env/m)
  assert.doesNotMatch(out, /spatne-heslo/)
  assert.equal(kit.portal.logins.attempts, before + 1)
})

test('a header that changed is told by name, with the headers that are there instead', async () => {
  await kit.edit('other', "name: 'Dostupnost'", "name: 'Naskladnění'")
  const { out, code } = await kit.run(['try', 'other'])
  assert.equal(code, 1)
  assert.match(out, /^Failed \(changed\)/m)
  assert.match(out, /Naskladnění.*Kód.*Dostupnost/)
  assert.match(out, /^What to do: .*definition/m)
})

test('a portal that is down is told as down', async () => {
  const { out, code } = await kit.run(['try', 'demo'], { env: { SUPPLIER_DEMO_ADDRESS: await closedAddress() } })
  assert.equal(code, 1)
  assert.match(out, /^Failed \(down\)/m)
  assert.match(out, /^What to do: Nobody answers/m)
})

test('missing credentials are all named, with the file to put them into; nothing is opened', async () => {
  const none = { SUPPLIER_DEMO_USERNAME: undefined, SUPPLIER_DEMO_PASSWORD: undefined }
  const { out, err, code } = await kit.run(['try', 'demo'], { env: none })
  assert.equal(code, 1)
  assert.equal(out, '')
  assert.match(err, /^ {2}SUPPLIER_DEMO_USERNAME: /m)
  assert.match(err, /^ {2}SUPPLIER_DEMO_PASSWORD: /m)
  assert.match(err, /\.env/)
})

test('what is wrong with another supplier is no hindrance; what is wrong with this one is one line', async () => {
  const other = join(kit.suppliers, 'other')
  await kit.edit('other', "language: 'cs'", "language: 'cz'")
  const { err, code } = await kit.run(['try', 'other'])
  assert.equal(code, 1)
  assert.match(err, /^.*other.definition\.ts: definition\.language: .*\n$/)
  assert.equal((await kit.run(['try', 'demo', '--remember'])).code, 2)
  await rename(other, join(kit.suppliers, '.other'))
  const unknown = await kit.run(['try', 'other'])
  assert.match(unknown.err, /^.* has no supplier "other"; there are: demo\. .*\n$/)
})

test('without a screen --visible says so, and no command says a stack', async () => {
  const { err, code } = await kit.run(['try', 'demo', '--visible'])
  assert.match(err, /^--visible needs a screen, and there is none here.*\n$/)
  assert.equal(code, 2)
})

test('no browser is left behind, and no profile of one', async () => {
  const [profiles = ''] = (await readdir(kit.temporary)).filter((name) => name.startsWith('avizo-browsers-'))
  assert.deepEqual(await readdir(join(kit.temporary, profiles)), [])
})

async function closedAddress(): Promise<string> {
  const portal = await servePortal({ port: 0 })
  await portal.close()
  return portal.url
}
