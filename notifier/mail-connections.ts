import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** What became of handing a message over; only `unknown` opens the window that SMTP leaves (RULES section 7). */
export type Handed =
  | { kind: 'accepted' }
  | { kind: 'refused'; forGood: boolean; aboutAddress: boolean; words: string }
  | { kind: 'not-handed'; words: string }
  | { kind: 'unknown'; words: string }

type Message = { from: string; to: string; raw: Uint8Array }
/** A connection that answers, lent for one message. */
export type MailLine = { send(message: Message): Promise<Handed>; giveBack(): void }
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
export type MailConnections = { open(): Promise<MailLine>; close(): void }

/** The mail server cannot be reached, or does not want us: nothing was handed over, and nothing will be for a while. */
export class MailServerAway extends Error {
  override name = 'MailServerAway'
}

/** After a message's end a server may take ten minutes to answer (RFC 5321, 4.5.3.2.6). */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 600_000 }
const resetWithinMs = 5_000
/** Hardly any server closes a connection that has just been used. */
const probablyOpenMs = 1_000
const shortestName = 3
/** Phases in which the server speaks of us and not of the message: its refusal there is trouble with the connection. */
const ourPhases = ['CONN', 'EHLO', 'HELO', 'STARTTLS']

/**
 * Connections to the mail server that are kept between messages. The library's own pool would send again by itself what
 * a broken connection left open, and reads a message before the server asks for it, so that nobody could tell whether a
 * message's end was sent. Here a message is read only after the server's 354, and every message is handed over once.
 */
export function openMailConnections(server: MailServer): MailConnections {
  const idle: Kept[] = []

  function forget(connection: SMTPConnection): void {
    const index = idle.findIndex((kept) => kept.connection === connection)
    if (index >= 0) idle.splice(index, 1)
    connection.close()
  }

  /** A server may close a connection that rests, so one that did is asked before it is lent again. */
  async function takeIdle(): Promise<Kept | undefined> {
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      const { connection, since } = kept
      if (performance.now() - since < probablyOpenMs || (await stillAnswers(connection))) return kept
      forget(connection)
    }
    return undefined
  }

  return {
    async open() {
      try {
        const kept = await takeIdle()
        return lend(kept ?? { connection: await connectTo(server, forget) }, {
          connect: () => connectTo(server, forget),
          forget,
          keep: (used) => idle.push(used),
        })
      } catch (error) {
        throw new MailServerAway(wordsOf(error), { cause: error })
      }
    },
    close() {
      for (const { connection } of idle.splice(0)) connection.quit()
    },
  }
}

type Kept = { connection: SMTPConnection; since: number }
type Lending = {
  connect(): Promise<SMTPConnection>
  forget(connection: SMTPConnection): void
  keep(kept: Kept): void
}

/** Lends a connection for one message: a fresh one, or one that was used at that moment. */
function lend(open: { connection: SMTPConnection; since?: number }, { connect, forget, keep }: Lending): MailLine {
  let isFree = true
  let kept = { since: performance.now(), ...open }

  async function handOn(connection: SMTPConnection, message: Message): Promise<Handed> {
    const handed = await handBy(connection, message)
    isFree = handed.kind === 'accepted'
    if (isFree) kept = { connection, since: performance.now() }
    else forget(connection)
    return handed
  }

  return {
    async send(message) {
      isFree = false
      const handed = await handOn(kept.connection, message)
      if (handed.kind !== 'not-handed' || open.since === undefined) return handed
      // A server that ends its session after so many messages is not away: what it did not take goes on a fresh one.
      const fresh = await connect().catch(() => null)
      return fresh === null ? handed : handOn(fresh, message)
    },
    giveBack() {
      if (isFree) keep(kept)
      isFree = false
    },
  }
}

async function stillAnswers(connection: SMTPConnection): Promise<boolean> {
  const late = wait(resetWithinMs, false, { ref: false })
  const reset = answered((done) => connection.reset(done)).then(
    () => true,
    () => false,
  )
  return Promise.race([reset, late])
}

async function connectTo(server: MailServer, onLost: (connection: SMTPConnection) => void): Promise<SMTPConnection> {
  const { username, password } = new URL(server.url)
  const connection = new SMTPConnection({ ...lineTo(server), ...timeouts })
  const failed = new Promise<never>((_, reject) => connection.once('error', reject))
  failed.catch(() => {})
  connection.on('error', () => onLost(connection))
  connection.once('end', () => onLost(connection))
  await Promise.race([answered((done) => connection.connect(done)), failed])
  if (username !== '') {
    const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    await Promise.race([answered((done) => connection.login({ credentials }, done)), failed])
  }
  return connection
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
  const stream = Readable.from([Buffer.from(raw)]).once('end', () => (isRead = true))
  try {
    await answered((done) => connection.send({ from, to, size: raw.byteLength }, stream, done))
    return { kind: 'accepted' }
  } catch (error) {
    return handedOf(error, { isRead, to })
  } finally {
    stream.destroy()
  }
}

type MailError = Error & { responseCode?: number; command?: string }

/**
 * 451 and 550 bear the same error code, so the server's own number decides; without one, how far the message got. What
 * it says of us (relay, sender, blocklist: enhanced codes x.7.x) is no word about the customer's address.
 */
function handedOf(error: unknown, { isRead, to }: { isRead: boolean; to: string }): Handed {
  const words = wordsOf(error, to)
  const { responseCode: code, command = '' } = error as MailError
  if (code === undefined || code < 400) return { kind: isRead ? 'unknown' : 'not-handed', words }
  const subject = /\b[45]\.(\d{1,3})\.\d{1,3}\b/.exec(words)?.[1]
  const isBeforeData = command === 'MAIL FROM' || command === 'RCPT TO'
  const isOfUs = ourPhases.includes(command) || command.startsWith('AUTH') || code === 530 || code === 535
  if (isOfUs || (isBeforeData && subject === '7')) return { kind: 'not-handed', words }
  const isOfAddress = subject === undefined ? [550, 551, 553].includes(code) : subject === '1' || subject === '2'
  return { kind: 'refused', forGood: code >= 500, aboutAddress: command === 'RCPT TO' && isOfAddress, words }
}

/** Servers like to repeat the address that they refuse, or only its name; it must not reach a log by that. */
function wordsOf(error: unknown, to = ''): string {
  const said = error instanceof Error ? error.message : String(error)
  return withoutName(said, to.slice(0, to.lastIndexOf('@')))
    .replaceAll(/[^\s<>"':;,]+@[^\s<>"':;,]+/g, '[address]')
    .slice(0, 300)
}

/** A name as short as a word of theirs tells nobody who it is. */
function withoutName(words: string, name: string): string {
  if (name.length < shortestName) return words
  const literal = name.replaceAll(/[^\w ]/g, String.raw`\$&`)
  return words.replaceAll(new RegExp(String.raw`(?<!\w)${literal}(?!\w)`, 'gi'), '[address]')
}

/** A callback of the library as a promise. */
function answered(begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    begin((error) => (error ? reject(error) : resolve()))
  })
}
