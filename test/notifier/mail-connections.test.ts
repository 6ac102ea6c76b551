import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { openMailConnections } from '#notifier/mail-connections.ts'

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
