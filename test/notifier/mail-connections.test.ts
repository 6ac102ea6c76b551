import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { MailServerAway, openMailConnections } from '#notifier/mail-connections.ts'
import { until } from '#test/support/until.ts'
import { startMailServer } from './a-mail-server.ts'
import type { Script } from './a-scripted-server.ts'
import { startScriptedServer } from './a-scripted-server.ts'

const raw = new TextEncoder().encode('Subject: x\r\n\r\nx\r\n')
const message = { from: 'shop@example.com', to: 'jana@example.com', raw }

const given: { close(): void }[] = []
afterEach(() => {
  for (const one of given.splice(0)) one.close()
})

async function serve(script: Script, login = '') {
  const server = await startScriptedServer(script)
  const connections = openMailConnections({ url: server.url.replace('//', `//${login}`), tls: 'none' })
  given.push(connections, server)
  return { server, connections }
}

test('a server that ends its session after a message is not away: the next one goes on a fresh connection, once', async () => {
  const { server, connections } = await serve((said, { taken }) =>
    taken > 0 && said.startsWith('MAIL') ? 'hang-up' : undefined,
  )
  const handed: string[] = []
  for (let i = 0; i < 5; i += 1) {
    const line = await connections.open()
    handed.push((await line.send(message)).kind)
    line.giveBack()
  }
  assert.deepEqual(
    handed,
    Array.from({ length: 5 }, () => 'accepted'),
  )
  assert.deepEqual([server.taken.length, server.sessions()], [5, 5])
})

test('a message that waited for a fresh connection is asked about again, and may go by that one when it is made anew', async () => {
  const { server, connections } = await serve((said, { taken }) =>
    taken > 0 && said.startsWith('MAIL') ? 'hang-up' : undefined,
  )
  const first = await connections.open()
  await first.send(message)
  first.giveBack()
  const line = await connections.open()
  assert.equal((await line.send(message, () => false)).kind, 'outdated')
  assert.deepEqual([server.taken.length, server.sessions()], [1, 2])
  assert.equal((await line.send(message, () => true)).kind, 'accepted')
  assert.deepEqual([server.taken.length, server.sessions()], [2, 2])
})

test('a sign-in that is refused leaves no connection open', { timeout: 20_000 }, async () => {
  const answers: Record<string, string> = { EHLO: '250 AUTH PLAIN', AUTH: '535 no' }
  const refusing: Script = (said) => answers[said.slice(0, 4)]
  const { server, connections } = await serve(refusing, 'me:secret@')
  for (let i = 0; i < 3; i += 1) await assert.rejects(connections.open(), MailServerAway)
  await until('the connections to end', () => server.open() === 0, 10)
})

/** Closes all connections as soon as the server was told this, and says nothing to it. */
async function closedAt(what: string) {
  const told = Promise.withResolvers<void>()
  const { connections } = await serve((said) => {
    if (!said.startsWith(what)) return undefined
    told.resolve()
    return 'silence'
  })
  const sending = connections.open().then((line) => line.send(message))
  await told.promise
  connections.close()
  return sending
}

test('what a hung server was told is known where its connection is closed from here', { timeout: 20_000 }, async () => {
  for (const phase of ['connect', 'EHLO']) await assert.rejects(closedAt(phase), MailServerAway)
  for (const phase of ['MAIL', 'RCPT', 'DATA']) assert.equal((await closedAt(phase)).kind, 'not-handed')
  assert.equal((await closedAt('.')).kind, 'unknown')
})

test('what a server says of a refused address bears neither the address nor its name', async () => {
  const said = [
    'unknown user jana.novakova',
    'no mailbox <Jana.Novakova@Example.com> here',
    `${'so it is, '.repeat(28)} jana.novakova@example.com`,
    "relay jana.novakova=example.com@bounces.example, jana.novakova%40example.com and 'jana.novakova'",
  ]
  let next = 0
  const mailServer = await startMailServer({
    onRcptTo: (_address, _session, answer) =>
      answer(Object.assign(new Error(`5.1.1 ${said[next++]}`), { responseCode: 550 })),
  })
  const connections = openMailConnections({ url: `smtp://127.0.0.1:${mailServer.port}`, tls: 'none' })
  const words: string[] = []
  for (const _ of said) {
    const line = await connections.open()
    const handed = await line.send({ ...message, to: 'Jana.Novakova@example.com' })
    assert.ok(handed.kind === 'refused' && handed.aboutAddress, handed.kind)
    words.push(handed.words)
  }
  connections.close()
  await mailServer.close()
  assert.doesNotMatch(words.join('\n'), /jana|novak/i)
  assert.match(words[0] ?? '', /5\.1\.1 unknown user \[address\]$/)
})
