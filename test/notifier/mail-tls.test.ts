import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { after, test } from 'node:test'
import type { SMTPServerOptions } from 'smtp-server'
import type { MailServer } from '#notifier/mail-connections.ts'
import { MailServerAway, openMailConnections } from '#notifier/mail-connections.ts'
import { certificateFile, startMailServer } from './a-mail-server.ts'

const ca = readFileSync(certificateFile, 'utf8')
const message = { from: 'shop@example.com', to: 'jana@example.com', raw: Buffer.from('Subject: x\r\n\r\nx\r\n') }
const withTls: SMTPServerOptions = {}
const stripped: SMTPServerOptions = { hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true }
const closing: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closing) await close()
})

/** What a server of this kind got of one mail by a line like this. */
async function sendBy(options: SMTPServerOptions, server: Omit<MailServer, 'url'> & { url?: string }, host?: string) {
  const { close, port, ...seen } = await startMailServer(options, host)
  closing.push(close)
  const url = (server.url ?? 'smtp://127.0.0.1:PORT').replace('PORT', String(port))
  const connections = openMailConnections({ ...server, url })
  try {
    const line = await connections.open()
    const handed = await line.send(message)
    line.giveBack()
    assert.deepEqual(handed, { kind: 'accepted' })
    return { ...seen, error: null }
  } catch (error) {
    assert.ok(error instanceof MailServerAway, String(error))
    return { ...seen, error: error.message }
  } finally {
    connections.close()
  }
}

test('what is required is encrypted, to a server whose certificate is known', async () => {
  const { taken, error } = await sendBy(withTls, { tls: 'required', ca })
  assert.equal(error, null)
  assert.deepEqual(
    taken.map(({ encrypted }) => encrypted),
    [true],
  )
})

test('a certificate that nobody vouches for gets no mail and no password where TLS is required', async () => {
  const { taken, passwords, error } = await sendBy(withTls, {
    tls: 'required',
    url: 'smtp://user:secret@127.0.0.1:PORT',
  })
  assert.match(error ?? '', /self-signed certificate/)
  assert.deepEqual([taken, passwords], [[], []])
})

test('STARTTLS that somebody cut out gets no mail and no password where TLS is required', async () => {
  const { taken, passwords, error } = await sendBy(stripped, {
    tls: 'required',
    ca,
    url: 'smtp://user:secret@127.0.0.1:PORT',
  })
  assert.match(error ?? '', /STARTTLS/)
  assert.deepEqual([taken, passwords], [[], []])
})

test('opportunistic takes TLS from whoever offers it, and goes without where nobody does', async () => {
  const offered = await sendBy(withTls, { tls: 'opportunistic' })
  const bare = await sendBy(stripped, { tls: 'opportunistic' })
  assert.deepEqual([offered.taken[0]?.encrypted, bare.taken[0]?.encrypted], [true, false])
})

test('none never asks for TLS', async () => {
  const { taken } = await sendBy(withTls, { tls: 'none' })
  assert.deepEqual(
    taken.map(({ encrypted }) => encrypted),
    [false],
  )
})

test('smtps is encrypted from the first byte, and signs in there', async () => {
  const url = 'smtps://user:s%40cret@localhost:PORT'
  const { taken, passwords } = await sendBy({ secure: true }, { tls: 'required', ca, url })
  assert.equal(taken[0]?.encrypted, true)
  assert.deepEqual(passwords, [{ password: 's@cret', encrypted: true }])
})

test('the server is greeted with the name that is set', async () => {
  const { taken } = await sendBy(withTls, { tls: 'required', ca, name: 'avizo.shop.example' })
  assert.equal(taken[0]?.greeting, 'avizo.shop.example')
})

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))
test('a mail server is known by its IPv6 address too', { skip: !hasIpv6 && 'this machine has no ::1' }, async () => {
  const { taken, error } = await sendBy(withTls, { tls: 'required', ca, url: 'smtp://[::1]:PORT' }, '::1')
  assert.equal(error, null)
  assert.equal(taken.length, 1)
})
