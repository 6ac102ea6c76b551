import { createTransport } from 'nodemailer'
import type { Handed, MailServer } from './mail-connections.ts'
import { openMailConnections } from './mail-connections.ts'

export type Mail = {
  from: string
  to: { name?: string; address: string }
  subject: string
  text: string
  html?: string
  messageId: string
  date: Date
}
export type Mailer = {
  /** The message's bytes, made once: a second try sends the very same. */
  compose(mail: Mail): Promise<Uint8Array>
  /** A connection that answers, for one message; throws MailServerAway. */
  open(): Promise<{ hand(message: { to: string; raw: Uint8Array }): Promise<Handed>; giveBack(): void }>
  close(): void
}

/** Makes up messages and hands them to the mail server, one recipient each. */
export function makeMailer({ server, from }: { server: MailServer; from: string }): Mailer {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const connections = openMailConnections(server)
  const sender = /<([^>]+)>/.exec(from)?.[1] ?? from

  return {
    async compose({ to, ...mail }) {
      const addressee = { name: to.name ?? '', address: to.address }
      const headers = { 'Auto-Submitted': 'auto-generated' }
      const { message } = await composer.sendMail({ ...mail, to: addressee, headers })
      if (!Buffer.isBuffer(message)) throw new TypeError('the composer gave a stream where a buffer was asked for')
      return message
    },
    async open() {
      const line = await connections.open()
      return { hand: ({ to, raw }) => line.send({ from: sender, to, raw }), giveBack: line.giveBack }
    },
    close: () => connections.close(),
  }
}
