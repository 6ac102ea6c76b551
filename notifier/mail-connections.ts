import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Handed, Outdated } from './handed.ts'
import { handedOf, outdated, wordsOf } from './handed.ts'

type Message = { from: string; to: string; raw: Uint8Array }
/** A connection that answers, lent for one message. */
export type MailLine = {
  /** `mayGo` is asked again where a connection had to be opened first: that may take long. */
  send(message: Message, mayGo?: () => boolean): Promise<Handed | Outdated>
  giveBack(): void
}
/** The mail server's address with credentials, and how far TLS must protect what is said to it. */
export type MailServer = {
  url: string
  /** Required: an encrypted line to a server that proves its name, or none. Opportunistic: whatever is offered. */
  tls: 'required' | 'opportunistic' | 'none'
  /** Certificates of the authorities to trust, instead of the public ones. */
  ca?: string
  /** What it is greeted with. */
  name?: string
}
export type MailConnections = {
  open(): Promise<MailLine>
  /** Of those that are lent too: what they were about comes to an end as a connection's that broke. */
  close(): void
}

/** The mail server cannot be reached, or does not want us: nothing was handed over, and nothing will be for a while. */
export class MailServerAway extends Error {
  override name = 'MailServerAway'
}

/** After a message's end a server may take ten minutes to answer (RFC 5321, 4.5.3.2.6). */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 600_000 }
const resetWithinMs = 5_000
/** Hardly any server closes a connection that has just been used. */
const probablyOpenMs = 1_000

/**
 * Connections to the mail server that are kept between messages. The library's own pool would send again by itself what
 * a broken connection left open, and reads a message before the server asks for it, so that nobody could tell whether a
 * message's end was sent. Here a message is read only after the server's 354, and every message is handed over once.
 */
export function openMailConnections(server: MailServer): MailConnections {
  const all = new Set<SMTPConnection>()
  const idle: Kept[] = []
  let isClosed = false

  async function connect(): Promise<SMTPConnection> {
    if (isClosed) throw new Error('no connection is opened any more')
    const connection = new SMTPConnection({ ...lineTo(server), ...timeouts })
    all.add(connection)
    connection.once('end', () => forget(connection))
    // Whoever waits for an answer hears of it; nobody need hear of a connection that rests.
    connection.on('error', () => {})
    await signIn(connection, server).catch((error: unknown) => {
      connection.close()
      throw error
    })
    return connection
  }

  function forget(connection: SMTPConnection): void {
    all.delete(connection)
    const index = idle.findIndex((kept) => kept.connection === connection)
    if (index >= 0) idle.splice(index, 1)
  }

  /** A server may close a connection that rests, so one that did is asked before it is lent again. */
  async function takeIdle(): Promise<Kept | undefined> {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      const { connection, since } = kept
      if (performance.now() - since < probablyOpenMs || (await stillAnswers(connection))) return kept
      connection.close()
    }
    return undefined
  }

  return {
    async open() {
      try {
        const kept = await takeIdle()
        return lend(kept ?? { connection: await connect() }, { connect, keep: (used) => idle.push(used) })
      } catch (error) {
        throw new MailServerAway(wordsOf(error), { cause: error })
      }
    },
    close() {
      isClosed = true
      for (const { connection } of idle.splice(0)) {
        all.delete(connection)
        connection.quit()
      }
      for (const connection of all) connection.close()
    },
  }
}

type Kept = { connection: SMTPConnection; since: number }
type Lending = { connect(): Promise<SMTPConnection>; keep(kept: Kept): void }

/** Lends a connection for one message: a fresh one, or one that was used at that moment. */
function lend(open: { connection: SMTPConnection; since?: number }, { connect, keep }: Lending): MailLine {
  let { connection } = open
  let wasUsed = open.since !== undefined
  let since = open.since ?? performance.now()
  let isFree = true

  async function hand(message: Message): Promise<Handed> {
    isFree = false
    const handed = await handBy(connection, message)
    isFree = handed.kind === 'accepted'
    since = performance.now()
    if (!isFree) connection.close()
    return handed
  }

  return {
    async send(message, mayGo = () => true) {
      const handed = await hand(message)
      if (handed.kind !== 'not-handed' || !wasUsed) return handed
      // A server that ends its session after so many messages is not away: what it did not take goes on a fresh one.
      const fresh = await connect().catch(() => null)
      if (fresh === null) return handed
      connection = fresh
      wasUsed = false
      isFree = true
      return mayGo() ? hand(message) : outdated
    },
    giveBack() {
      if (isFree) keep({ connection, since })
      isFree = false
    },
  }
}

async function stillAnswers(connection: SMTPConnection): Promise<boolean> {
  const late = wait(resetWithinMs, false, { ref: false })
  const reset = answered(connection, (done) => connection.reset(done)).then(
    () => true,
    () => false,
  )
  return Promise.race([reset, late])
}

async function signIn(connection: SMTPConnection, { url }: MailServer): Promise<void> {
  await answered(connection, (done) => connection.connect(done))
  const { username, password } = new URL(url)
  if (username === '') return
  const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  await answered(connection, (done) => connection.login({ credentials }, done))
}

/** STARTTLS that was cut out of the server's answer must not lead to plaintext: what is required is never asked for only. */
function lineTo({ url, tls, ca, name }: MailServer) {
  const { hostname, port, protocol } = new URL(url)
  const secure = protocol === 'smtps:'
  return {
    // An IPv6 address stands in brackets only in a URL.
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port || (secure ? 465 : 587),
    secure,
    requireTLS: tls === 'required',
    opportunisticTLS: tls === 'opportunistic',
    ignoreTLS: tls === 'none',
    tls: { rejectUnauthorized: tls === 'required' || ca !== undefined, ...(ca !== undefined && { ca }) },
    ...(name !== undefined && { name }),
  }
}

/** Hands one message over on an open connection; whether its end was sent is known by whether it was read to its end. */
async function handBy(connection: SMTPConnection, { from, to, raw }: Message): Promise<Handed> {
  let isRead = false
  const stream = Readable.from([Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)]).once(
    'end',
    () => (isRead = true),
  )
  try {
    await answered(connection, (done) => connection.send({ from, to, size: raw.byteLength }, stream, done))
    return { kind: 'accepted' }
  } catch (error) {
    return handedOf(error, { isRead, to })
  } finally {
    stream.destroy()
  }
}

/** A callback of the library as a promise; who closes a connection is not called back, so its end is heard too. */
function answered(connection: SMTPConnection, begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the connection was closed'))
    connection.once('error', reject).once('end', ended)
    begin((error) => {
      connection.off('error', reject).off('end', ended)
      if (error) reject(error)
      else resolve()
    })
  })
}
