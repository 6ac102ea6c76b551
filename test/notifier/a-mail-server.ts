import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server'
import { SMTPServer } from 'smtp-server'

export const certificateFile = 'test/support/tls/certificate.pem'
const cert = readFileSync(certificateFile)
const key = readFileSync('test/support/tls/key.pem')

export type Taken = {
  from: string
  raw: string
  encrypted: boolean
  /** What the client called itself. */
  greeting: string | null
}

/** A mail server with a certificate that no public authority knows; it takes everything from anybody. */
export async function startMailServer(options: SMTPServerOptions = {}, host = '127.0.0.1') {
  const taken: Taken[] = []
  const passwords: { password: string; encrypted: boolean }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    cert,
    key,
    onAuth({ password, username }, session, answer) {
      passwords.push({ password: password ?? '', encrypted: session.secure })
      answer(null, { user: username ?? '' })
    },
    onData(stream, session, answer) {
      take(stream, session).then(
        () => answer(null),
        (error: Error) => answer(error),
      )
    },
    ...options,
  })

  async function take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { envelope, secure: encrypted, hostNameAppearsAs: greeting } = session
    const raw = (await buffer(stream)).toString('latin1')
    taken.push({ from: envelope.mailFrom ? envelope.mailFrom.address : '', raw, encrypted, greeting })
  }

  // Clients that go away in the middle are no trouble of ours.
  server.on('error', () => undefined)
  const listening = server.listen(0, host)
  await once(listening, 'listening')
  const address = listening.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { port, taken, passwords, close: () => new Promise<void>((resolve) => server.close(resolve)) }
}
