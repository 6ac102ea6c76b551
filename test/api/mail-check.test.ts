import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkMail } from '#api/mail-check.ts'
import type { MailSetup } from '#core/domain/mail-setup.ts'

const setup: MailSetup = {
  fromDomain: 'news.shop.example',
  returnDomain: 'shop.example',
  server: 'mail.host.example',
  reportsTo: 'admin@shop.example',
  dkim: { domain: 'shop.example', selector: 'avizo', publicKey: 'MIIBIjAN' },
  toTester: false,
}
const names = {
  spf: 'shop.example',
  dkim: 'avizo._domainkey.shop.example',
  dmarc: '_dmarc.news.shop.example',
  above: '_dmarc.shop.example',
}
const good = {
  [names.spf]: ['other=1', 'v=spf1 mx a:mail.host.example ~all'],
  [names.dkim]: ['v=DKIM1; k=rsa; p=MIIB IjAN'],
  [names.dmarc]: ['v=DMARC1; p=quarantine'],
}

type Zone = Record<string, string[] | string>

/** Name servers that hold these records; a word in place of records is the code of an error. */
function serversOf(zone: Zone, hasNetwork = true) {
  const asked: string[] = []
  return {
    asked,
    async resolveNs() {
      if (!hasNetwork) throw failed('ENOTFOUND')
      return ['a.root-servers.net']
    },
    async resolveTxt(name: string) {
      asked.push(name)
      const found = zone[name]
      if (!Array.isArray(found)) throw failed(found ?? 'ENOTFOUND')
      // As it comes: in pieces.
      return found.map((text) => [text.slice(0, 5), text.slice(5)])
    },
  }
}

function failed(code: string): Error {
  return Object.assign(new Error(code), { code })
}

async function check(zone: Zone, over: Partial<MailSetup> = {}) {
  const { records } = await checkMail({ ...setup, ...over }, serversOf(zone))
  const [spf, dkim, dmarc] = records
  assert.ok(spf && dkim && dmarc)
  return { spf, dkim, dmarc }
}

test('records that say what they should are good', async () => {
  const { spf, dkim, dmarc } = await check(good)
  assert.deepEqual([spf.state, dkim.state, dmarc.state], ['ok', 'ok', 'ok'])
  assert.deepEqual([spf.name, dkim.name, dmarc.name], [names.spf, names.dkim, names.dmarc])
})

test('records that are missing are told with their name and what to write there', async () => {
  const { spf, dkim, dmarc } = await check({})
  assert.deepEqual([spf.state, dkim.state, dmarc.state], ['missing', 'missing', 'missing'])
  assert.equal(spf.value, 'v=spf1 a:mail.host.example ~all')
  assert.equal(dkim.value, 'v=DKIM1; k=rsa; p=MIIBIjAN')
  assert.deepEqual([dmarc.name, dmarc.value], [names.dmarc, 'v=DMARC1; p=none; rua=mailto:admin@shop.example'])
})

test('where there is no network nothing is looked at, and it is said', async () => {
  const servers = serversOf(good, false)
  const { hasNetwork, records } = await checkMail(setup, servers)
  assert.equal(hasNetwork, false)
  assert.deepEqual(
    records.map(({ state }) => state),
    ['skipped', 'skipped', 'skipped'],
  )
  assert.deepEqual(servers.asked, [])
  assert.ok(records.every(({ value, words }) => value !== null && /no name server/.test(words)))
})

test('a name server that does not answer is no missing record', async () => {
  const { spf, dkim, dmarc } = await check({ ...good, [names.spf]: 'ESERVFAIL', [names.dmarc]: 'ETIMEOUT' })
  assert.deepEqual([spf.state, dkim.state, dmarc.state], ['skipped', 'ok', 'skipped'])
  assert.match(spf.words, /ESERVFAIL/)
})

test('a domain without a policy of its own has that of the one above it', async () => {
  const { dmarc } = await check({ ...good, [names.dmarc]: [], [names.above]: ['v=DMARC1; p=none'] })
  assert.deepEqual([dmarc.state, dmarc.name], ['ok', names.above])
})

test('without a key the mail is unsigned, and what to do is said', async () => {
  const { dkim, dmarc } = await check(good, { dkim: null })
  assert.deepEqual([dkim.state, dkim.value, dmarc.state], ['missing', null, 'ok'])
  assert.match(dkim.words, /openssl genrsa.*DKIM_KEY_FILE/)
})

test('on this machine’s own mail server the record names its address', async () => {
  const { spf } = await check({}, { server: null })
  assert.equal(spf.value, 'v=spf1 ip4:<address of this machine> ~all')
})

const wrong: [string, keyof typeof names, string[], RegExp][] = [
  ['two records of who may send', 'spf', ['v=spf1 mx ~all', 'v=spf1 a ~all'], /2, which counts as none/],
  ['a record that lets everybody send', 'spf', ['v=spf1 mx +all'], /whole world/],
  ['the same without its sign', 'spf', ['v=spf1 all'], /whole world/],
  ['a record that says nothing of others', 'spf', ['v=spf1 mx'], /not say what of others/],
  ['a record of another key', 'dkim', ['v=DKIM1; p=MIIBother'], /another key/],
  ['a key that was withdrawn', 'dkim', ['v=DKIM1; p='], /withdrawn/],
  ['a key that is only a test', 'dkim', ['v=DKIM1; t=y:s; p=MIIBIjAN'], /only a test/],
  ['a policy without a policy', 'dmarc', ['v=DMARC1; rua=mailto:x@shop.example'], /p= must be/],
  ['a policy that no mail of ours meets', 'dmarc', ['v=DMARC1; p=reject; adkim=s; aspf=s'], /neither the signature/],
]
for (const [what, which, texts, words] of wrong) {
  test(`${what} is wrong, and why is said`, async () => {
    const found = (await check({ ...good, [names[which]]: texts }))[which as 'spf' | 'dkim' | 'dmarc']
    assert.equal(found.state, 'wrong')
    assert.match(found.words, words)
    assert.deepEqual(found.found, texts)
  })
}
