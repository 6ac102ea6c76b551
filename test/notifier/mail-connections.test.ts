import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { openMailConnections } from '#notifier/mail-connections.ts'
import { startMailServer } from './a-mail-server.ts'

/** A mail server that takes one message a session and hangs up as soon as it is to take another, as some do. */
let sessions = 0
const taken: string[] = []
const server = createServer((socket) => {
  sessions += 1
  let rest = ''
  let isData = false
  let isDone = false
  socket.on('error', () => {})
  socket.write('220 one message a session\r\n')
  socket.on('data', (chunk: Buffer) => {
    rest += chunk.toString()
    for (;;) {
      const end = rest.indexOf(isData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const said = rest.slice(0, end)
      rest = rest.slice(end + (isData ? 5 : 2))
      if (isData) {
        taken.push(said)
        ;[isData, isDone] = [false, true]
      } else if (isDone && /^MAIL/i.test(said)) {
        socket.destroy()
        return
      }
      isData = /^DATA/i.test(said)
      socket.write(isData ? '354 go on\r\n' : '250 ok\r\n')
    }
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())

test('a server that ends its session after a message is not away: the next one goes on a fresh connection, once', async () => {
  const connections = openMailConnections({
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tls: 'none',
  })
  const handed: string[] = []
  for (let i = 0; i < 5; i += 1) {
    const line = await connections.open()
    const raw = new TextEncoder().encode(`Subject: ${i}\r\n\r\nx\r\n`)
    handed.push((await line.send({ from: 'shop@example.com', to: 'jana@example.com', raw })).kind)
    line.giveBack()
  }
  connections.close()
  assert.deepEqual(
    handed,
    Array.from({ length: 5 }, () => 'accepted'),
  )
  assert.deepEqual([taken.length, sessions], [5, 5])
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
    const message = { from: 'shop@example.com', to: 'Jana.Novakova@example.com', raw: new Uint8Array([1]) }
    const handed = await line.send(message)
    assert.ok(handed.kind === 'refused' && handed.aboutAddress, handed.kind)
    words.push(handed.words)
  }
  connections.close()
  await mailServer.close()
  assert.doesNotMatch(words.join('\n'), /jana|novak/i)
  assert.match(words[0] ?? '', /5\.1\.1 unknown user \[address\]$/)
})
