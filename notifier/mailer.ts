import { createTransport } from 'nodemailer'
import { oneLine } from '#templates/outside.ts'
import type { Dkim } from './dkim-settings.ts'
import type { Handed, Outdated } from './handed.ts'
import type { MailServer } from './mail-connections.ts'
import { openMailConnections } from './mail-connections.ts'

export type Mail = {
  from: string
  to: { name?: string; address: string }
  subject: string
  text: string
  html?: string
  messageId: string
  date: Date
  /** Whom an answer reaches, if not the sender. */
  replyTo?: string
  /** Message-IDs of the conversation that it belongs to, oldest first, and of the mail that it follows. */
  references?: string[]
  inReplyTo?: string
  /** Where one click ends mails such as this (RFC 8058). */
  unsubscribe?: string
}
export type Mailer = {
  /** The message's bytes, made once: a second try sends the very same. */
  compose(mail: Mail): Promise<Uint8Array>
  /** A connection that answers, for one message; throws MailServerAway. */
  open(): Promise<{
    /** What `mayGo` says no to when it would go is outdated: it may be made anew, and handed over by the same line. */
    hand(message: { to: string; raw: Uint8Array }, mayGo?: () => boolean): Promise<Handed | Outdated>
    giveBack(): void
  }>
  close(): void
}

/** All that a receiver acts upon; the library's own list leaves out that one click unsubscribes, and that no person wrote. */
const signed = [
  'From:Reply-To:To:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type:Content-Transfer-Encoding',
  'List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted:X-Auto-Response-Suppress',
].join(':')

const signatureBegin = Buffer.from('DKIM-Signature:')

/** `returnPath`: where the mail server sends what it could not deliver. */
export type Post = { server: MailServer; returnPath: string; dkim?: Dkim }

/** Whoever is away need not tell us; what cannot be delivered must, so there is no "All". */
const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply' }

/** The library's own option for lists makes an address of "One-Click", and folds the link, which breaks signatures. */
function unsubscribeBy(link: string) {
  return {
    'List-Unsubscribe': { prepared: true, value: `<${new URL(link).href}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** All languages of mails are Latin ones, and filters mistrust text in base64. */
const textEncoding = 'quoted-printable'

/** Line ends as messages have them: to let the library see to it costs a pass over each message. */
function withNetworkLines(text: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, '\r\n')
}

/** Makes up messages and hands them to the mail server, one recipient each. */
export function makeMailer({ server, returnPath, dkim }: Post): Mailer {
  const signature = dkim && {
    domainName: dkim.domain,
    keySelector: dkim.selector,
    privateKey: dkim.key,
    headerFieldNames: signed,
  }
  const composer = createTransport({ streamTransport: true, buffer: true, ...(signature && { dkim: signature }) })
  const connections = openMailConnections(server)

  return {
    async compose({ to, unsubscribe, text, html, ...mail }) {
      // The library encodes line breaks in a name, and mail programs decode them.
      const addressee = { name: oneLine(to.name ?? '', 'name'), address: to.address }
      const all = { ...headers, ...(unsubscribe !== undefined && unsubscribeBy(unsubscribe)) }
      const parts = { text: withNetworkLines(text), ...(html !== undefined && { html: withNetworkLines(html) }) }
      const { message } = await composer.sendMail({ ...mail, ...parts, to: addressee, headers: all, textEncoding })
      if (!Buffer.isBuffer(message)) throw new TypeError('the composer gave a stream where a buffer was asked for')
      // The library sends unsigned what it cannot sign.
      if (dkim && !message.subarray(0, 15).equals(signatureBegin)) throw new Error('the message could not be signed')
      return message
    },
    async open() {
      const line = await connections.open()
      return {
        hand: ({ to, raw }, mayGo) => line.send({ from: returnPath, to, raw }, mayGo),
        giveBack: line.giveBack,
      }
    },
    close: () => connections.close(),
  }
}
