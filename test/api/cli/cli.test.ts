import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { goLiveHoldId } from '#core/store/notice-holds.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { key, order } from '#test/api/world.ts'
import { commandWith, startTerminal, type Terminal } from './a-terminal.ts'

let terminal: Terminal
let avizo: Terminal['avizo']
before(async () => {
  // The notifier is not what is tried here: it says that it has waived all it was asked to.
  terminal = await startTerminal(({ holds }) => ({
    broker: { isConnected: () => true, publish: async () => holds.waivedAll(goLiveHoldId) },
    nameServers,
  }))
  avizo = terminal.avizo
})
after(() => terminal.close())

/** Name servers that know of one record. */
const nameServers = {
  resolveNs: async () => ['a.root-servers.net'],
  async resolveTxt(name: string) {
    if (name === 'shop.example') return [['v=spf1 mx ~all']]
    throw Object.assign(new Error(name), { code: 'ENODATA' })
  },
}

test('runs are asked for and listed; --json is what the API answered', async () => {
  const asked = await avizo('run', 'demo')
  const [id = ''] = /^demo-\S+/.exec(asked) ?? []
  assert.match(asked, /^demo-\d{8}T\d{6}Z-\w{4} is due\.\n$/)
  assert.match(await avizo('runs'), new RegExp(`^run +state .*\n${id} +due +person `))
  const [run] = JSON.parse(await avizo('runs', '--json', '--supplier', 'demo'))
  assert.deepEqual([run.id, run.state], [id, 'due'])
  assert.equal(await avizo('runs', '--supplier', 'nobody'), 'There was no run yet.\n')
})

test('evidence of a run is written into a folder; where there is none it says why', async () => {
  const { id } = JSON.parse(await avizo('run', 'demo', '--json'))
  const target = join(terminal.folder, 'evidence')
  await assert.rejects(avizo('evidence', id, target), /left no evidence/)
  await terminal.store.evidence.put(1, { run: id, keepDays: 1, address: 'http://127.0.0.1/', page: '<p>x</p>' })
  assert.equal(await avizo('evidence', id, target), `${join(target, 'page.html')}\n`)
  assert.deepEqual(await readdir(target), ['page.html'])
})

test('suppliers are listed, paused with a reason, and resumed', async () => {
  assert.match(await avizo('suppliers'), /\ndemo +Demo .*is read/)
  assert.match(await avizo('suppliers', 'pause', 'demo', '--because', 'it moves'), /demo .*paused: it moves/)
  await assert.rejects(avizo('run', 'demo'), /Paused since .*: it moves\. Resume it first/)
  assert.match(await avizo('suppliers', 'resume', 'demo'), /demo .*is read/)
  await assert.rejects(avizo('item', 'demo', 'A/B'), /No accepted run of "demo" has had an item "A\/B"/)
})

test('sending, incidents and notices are told in words', async () => {
  assert.equal(await avizo('sending', 'hold'), 'Sending is hold; 0 notices wait.\n')
  assert.equal(await avizo('incidents'), 'There is no open trouble.\n')
  await terminal.store.incidents.open({ kind: 'x', subject: 'demo', words: 'it is down', hint: 'Wait' })
  assert.match(await avizo('incidents'), /^demo: it is down\n {2}since .*\n {2}what to do: Wait\n$/)
  await terminal.store.incidents.open({ kind: 'window', subject: '1/1', words: 'nobody knows', hint: 'Ask' })
  assert.equal(await avizo('incidents', 'close', 'window', '1/1'), '1/1: window is over.\n')
  await assert.rejects(avizo('incidents', 'close', 'window', '1/1'), /No incident "window" of "1\/1" is open/)
  assert.equal(await avizo('notices', '--failed'), 'There is no such notice.\n')
  const [since, told] = [new Date(), { kind: 'in-stock' as const }]
  const news = [
    { line: '1', kind: 'delayed' as const, told, now: { kind: 'on-request' as const }, run: 'r', texts: {} },
  ]
  await terminal.store.notices.create(
    ['1', '2', '3'].map((number) => ({ order: number, n: 1, since, dueAt: since, news })),
  )
  assert.match(await avizo('notices', '--due'), /^notice +state .*\n3\/1 +due .*delayed: on request\n2\/1 .*\n1\/1 /)
  assert.equal(JSON.parse(await avizo('notices', '--due', '--limit', '2', '--json')).length, 2)
})

test('holds, resend and go-live ask the API and say what came of it', async () => {
  assert.equal(await avizo('holds'), 'Nothing waits for a person.\n')
  await assert.rejects(avizo('holds', 'run/none'), /There is no hold "run\/none"/)
  await assert.rejects(avizo('approve', 'run/none', 'many'), /"many" is no number of customers/)
  await assert.rejects(avizo('resend', '1/1'), /"1\/1" is due: only what failed, was suppressed or may never/)
  assert.match(await avizo('go-live'), /^Sending is live; 3 notices are waived\.\n$/)
  await assert.rejects(avizo('go-live'), /Sending is live already/)
  assert.match(await avizo('notices', '--held'), /^notice .*\n3\/1 +held .*gathered before sending went live/)
})

test('links are set, listed and forgotten; overdue and doctor say what there is', async () => {
  assert.match(await avizo('links', 'set', 'P-1', 'demo/FIG-1', 'demo/X/2'), /P-1 +demo\/FIG-1.*, demo\/X\/2/)
  assert.match(await avizo('links'), /P-1/)
  await assert.rejects(avizo('links', 'set', 'P-2', 'FIG-1'), /"FIG-1" is no item: write supplier\/code/)
  assert.match(await avizo('links', 'forget', 'P-1'), /linked to nothing/)
  assert.equal(await avizo('links'), 'No product is linked.\n')
  assert.equal(await avizo('overdue'), 'No date has passed without a word.\n')
})

test('an order is told with all that happened to it and what comes next', async () => {
  await terminal.store.orders.put(Order.parse(order('7')), { single: false })
  const said = await avizo('order', '7')
  assert.match(said, /what happened\n.*placed/)
  assert.match(said, /what comes next\nline 1: /)
})

test('a wrong key, an API that is away and a wrong command are told in words, each with its exit code', async () => {
  const wrong = await commandWith({ AVIZO_API_URL: terminal.address, API_KEY: 'a-key-that-is-not-the-one' }, 'runs')
  assert.deepEqual([wrong.code, /The key is the setting API_KEY/.test(wrong.said)], [1, true], wrong.said)
  const nobody = `http://127.0.0.1:${await freePort()}`
  const away = await commandWith({ AVIZO_API_URL: nobody, API_KEY: key }, 'runs')
  assert.deepEqual([away.code, /does not answer \(ECONNREFUSED\)/.test(away.said)], [1, true], away.said)
  const unknown = await terminal.command('nonsense')
  assert.deepEqual([unknown.code, /unknown command 'nonsense'/.test(unknown.said)], [2, true], unknown.said)
  const help = await terminal.command()
  assert.deepEqual([help.code, /Usage: npm run avizo -- <command>/.test(help.said)], [0, true], help.said)
})

const mailSetup = {
  fromDomain: 'shop.example',
  returnDomain: 'shop.example',
  server: 'mail.host.example',
  reportsTo: 'admin@shop.example',
  dkim: { domain: 'shop.example', selector: 'avizo', publicKey: 'M'.repeat(392) },
  toTester: false,
}

test('mail check prints the records to create, in pieces that a zone file takes, and what is there', async () => {
  await assert.rejects(avizo('mail', 'check'), /No notifier has started yet/)
  await terminal.store.shopSettings.keepMailSetup(mailSetup)
  const said = await avizo('mail', 'check')
  assert.match(said, /^ok {2}SPF: .*mail\.host\.example.*\n {6}there is: v=spf1 mx ~all$/m)
  assert.match(said, /^!! {2}DKIM: there is none.*\n {6}avizo\._domainkey\.shop\.example\. IN TXT \( "v=DKIM1; k=rsa; p=M{237}" "M{155}" \)$/m) // prettier-ignore
  assert.match(said, /_dmarc\.shop\.example\. IN TXT "v=DMARC1; p=none; rua=mailto:admin@shop\.example"/)
  assert.equal(process.exitCode, 1, 'a script is told that something is missing')
  process.exitCode = 0
})

test('who asks whether mails go out, or lets them, is told that all of them go to a tester', async () => {
  await terminal.store.shopSettings.keepMailSetup({ ...mailSetup, toTester: true })
  for (const args of [['sending', 'hold'], ['go-live'], ['sending'], ['mail', 'check']])
    assert.match(await avizo(...args), /MAIL_ONLY_TO.*customers get no/, args.join(' '))
  process.exitCode = 0
})

test('support opts a customer out and in again', async () => {
  assert.match(await avizo('opt-out', 'eva@example.com'), /only what is needed/)
  assert.notEqual(await terminal.store.people.optedOutSince('Eva@example.com'), null)
  assert.match(await avizo('opt-in', 'eva@example.com'), /all news/)
  assert.equal(await terminal.store.people.optedOutSince('eva@example.com'), null)
})
