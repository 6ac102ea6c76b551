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

test('without a key nobody knows whether the mail is signed, and what to do is said', async () => {
  const { dkim, dmarc } = await check(good, { dkim: null })
  assert.deepEqual([dkim.state, dkim.value, dmarc.state], ['skipped', null, 'ok'])
  assert.match(dkim.words, /openssl genrsa.*DKIM_KEY_FILE/)
  const own = await check(good, { dkim: null, server: null })
  assert.equal(own.dkim.state, 'missing')
})

test('on this machine’s own mail server, or one that nobody outside sees, the record names the address that mails leave from', async () => {
  for (const server of [null, 'postfix', '10.0.0.5', 'fd00::5', 'mail.shop.internal'])
    assert.equal((await check({}, { server })).spf.value, 'v=spf1 ip4:<address that mails leave from> ~all')
})

test('a mail server that is set by its address is named as one', async () => {
  for (const [server, term] of [
    ['192.0.2.1', 'ip4:192.0.2.1'],
    ['2001:db8::1', 'ip6:2001:db8::1'],
  ] as const) {
    // prettier-ignore
    assert.equal((await check({}, { server })).spf.value, `v=spf1 ${term} ~all`)
    const { spf } = await check({ ...good, [names.spf]: [`v=spf1 ${term} -all`] }, { server })
    assert.match(spf.words, /^it names /)
  }
})

test('whoever creates the record hears that the operator of the mail server knows more, and that others may send too', async () => {
  for (const zone of [{}, { [names.spf]: 'ETIMEOUT' }]) {
    const { words } = (await check(zone)).spf
    assert.match(
      words,
      /the operator of mail\.host\.example usually says what to write instead of a:mail\.host\.example/,
    )
    assert.match(words, /whoever else sends mails of shop\.example must be in it too/)
  }
})

test('reports that go to another domain come only where it wants them', async () => {
  const { dmarc } = await check({}, { reportsTo: 'me@other.example' })
  assert.match(dmarc.words, /only where news\.shop\.example\._report\._dmarc\.other\.example says v=DMARC1/)
})

test('a record that was made for the domain above is judged by what it says of those below', async () => {
  const below = (text: string) => check({ ...good, [names.dmarc]: [], [names.above]: [text] })
  const { dmarc } = await below('v=DMARC1; p=none; sp=reject')
  assert.deepEqual([dmarc.state, dmarc.name], ['ok', names.above])
  assert.match(dmarc.words, /that nothing speaks for are handled as sp=reject/)
  assert.match((await below('v=DMARC1; p=reject')).dmarc.words, /handled as p=reject/)
  const strict = (await below('v=DMARC1; p=none; sp=reject; adkim=s; aspf=s')).dmarc
  assert.deepEqual([strict.state, /neither a signature/.test(strict.words)], ['wrong', true])
  assert.equal((await below('v=DMARC1; p=none; sp=whatever')).dmarc.state, 'wrong')
  const own = await check({ ...good, [names.dmarc]: ['v=DMARC1; p=none; sp=reject'] })
  assert.equal(own.dmarc.words, 'it only watches: p=none')
})

const fine: [string, keyof typeof names, string, RegExp][] = [
  ['a record that is another’s', 'spf', 'v=spf1 redirect=_spf.host.example', /whether it covers mail\.host\.example/],
  ['a record with macros', 'spf', 'v=spf1 exists:%{i}._spf.%{d2/-} -all', /whether it covers/],
  [
    'a record with unknown modifiers',
    'spf',
    'v=spf1 include:_spf.host.example exp=x.example ~all',
    /whether it covers/,
  ],
  ['a record that names the server', 'spf', 'v=spf1 +A:Mail.Host.Example  ~all ', /it names mail\.host\.example/],
  ['a server that comes after all', 'spf', 'v=spf1 mx ~all a:mail.host.example', /whether it covers/],
  ['a key of this very domain', 'dkim', 'k=rsa; t=s; s=email; h=sha1:sha256; p=MIIBIjAN', /of the key that signs/],
  ['a key for all services', 'dkim', 'v=DKIM1; s=*; p=MIIB IjAN;', /of the key that signs/],
  ['a policy for some mails', 'dmarc', 'v=DMARC1;p=reject;pct=20', /p=reject, 20 % of them/],
  ['a policy that only where mails come back to meets', 'dmarc', 'v=DMARC1; p=reject; adkim=s', /by it only the SPF/],
]
for (const [what, which, text, words] of fine) {
  test(`${what} is good, and what it comes to is said`, async () => {
    const found = (await check({ ...good, [names[which]]: [text] }))[which as 'spf' | 'dkim' | 'dmarc']
    assert.equal(found.state, 'ok', found.words)
    assert.match(found.words, words)
  })
}

const wrong: [string, keyof typeof names, string[], RegExp][] = [
  ['two records of who may send', 'spf', ['v=spf1 mx ~all', 'v=spf1 a ~all'], /there are 2/],
  ['a record that lets everybody send', 'spf', ['v=spf1 mx +all'], /whole world/],
  ['the same without its sign', 'spf', ['v=spf1 all'], /whole world/],
  ['a record that says nothing of others', 'spf', ['v=spf1 mx'], /not say what of others/],
  ['a record that lets nobody send', 'spf', ['v=spf1 -all'], /nobody may send.*put a:mail\.host\.example.*before -all/],
  ['one that only says who may not', 'spf', ['v=spf1 -mx ?include:a.example ~all'], /nobody may send/],
  ['one whose redirection is not read', 'spf', ['v=spf1 redirect=_spf.a.example ~all'], /nobody may send/],
  ['an address in place of a name', 'spf', ['v=spf1 a:192.0.2.1 ~all'], /"a:192\.0\.2\.1" is no term/],
  ['an address that is still to be filled in', 'spf', ['v=spf1 ip4:<address that mails leave from> ~all'], /no term/],
  ['a blank too many', 'spf', ['v=spf1 include: _spf.a.example ~all'], /"include:" is no term/],
  ['pieces joined without a blank', 'spf', ['v=spf1 include:_spf.a.example~all'], /not say what of others|no term/],
  ['a record that asks too much', 'spf', [`v=spf1 ${'include:a.example '.repeat(11)}~all`], /stop at 10/],
  ['a record of another key', 'dkim', ['v=DKIM1; p=MIIBother'], /another key/],
  ['a key of another kind', 'dkim', ['v=DKIM1; k=ed25519; p=MIIBIjAN'], /another key/],
  ['a key with backslashes of a zone file', 'dkim', ['v=DKIM1\\; k=rsa\\; p=MIIBIjAN'], /v= must be DKIM1/],
  ['a key for another hash', 'dkim', ['v=DKIM1; h=sha1; p=MIIBIjAN'], /leaves out sha256/],
  ['a key for another service', 'dkim', ['v=DKIM1; s=tlsrpt; p=MIIBIjAN'], /not for mail/],
  ['a key that was withdrawn', 'dkim', ['v=DKIM1; p='], /withdrawn/],
  ['a key that is only a test', 'dkim', ['v=DKIM1; t=y:s; p=MIIBIjAN'], /only a test/],
  ['a policy without a policy', 'dmarc', ['v=DMARC1; rua=mailto:x@shop.example'], /p= must be/],
  ['a policy in small letters', 'dmarc', ['v=dmarc1; p=none'], /in capitals/],
  ['a policy that no mail of ours meets', 'dmarc', ['v=DMARC1; p=reject; adkim=s; aspf=s'], /neither a signature/],
]
for (const [what, which, texts, words] of wrong) {
  test(`${what} is wrong, and why is said`, async () => {
    const found = (await check({ ...good, [names[which]]: texts }))[which as 'spf' | 'dkim' | 'dmarc']
    assert.equal(found.state, 'wrong')
    assert.match(found.words, words)
    assert.deepEqual(found.found, texts)
    assert.equal(found.value === null, which !== 'dkim', 'a record that others use too is mended, not replaced')
  })
}
