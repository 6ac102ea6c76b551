import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'
import { SMTPServer } from 'smtp-server'
import type { FaultSwitch } from './faults.ts'
import type { MailKeep } from './keep.ts'
import type { Summary } from './message.ts'

type Parts = { keep: MailKeep; faultSwitch: FaultSwitch; port: number; received: (mail: Summary) => void }

/** Takes mails on loopback, from anybody for anybody, and fails where a fault says so. */
export async function serveSmtp({ keep, faultSwitch, port, received }: Parts) {
  const server = new SMTPServer({
    name: 'demo-mailbox',
    banner: 'demo mailbox, delivers nowhere',
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _, answer) {
      const fault = faultSwitch.bite('recipient', [address])
      answer(fault?.answer && refusal(fault.answer))
    },
    onData(stream, session, answer) {
      takeMail(stream, session).then(
        (verdict) => answer(verdict),
        (error: Error) => answer(error),
      )
    },
  })
  // Clients that go away in the middle are no trouble of ours.
  server.on('error', () => undefined)

  async function takeMail(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    const to = session.envelope.rcptTo.map(({ address }) => address)
    if (faultSwitch.bite('data', to)?.drops) return dropConnection(session)
    const raw = await buffer(stream)
    const fault = faultSwitch.bite('end', to)
    if (fault?.answer) return refusal(fault.answer)
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
    received(await keep.add({ from, to, raw }))
    if (fault?.drops) return dropConnection(session)
    if (fault?.waits) await wait(fault.seconds * 1000, null, { ref: false })
    return null
  }

  function dropConnection(session: SMTPServerSession): null {
    for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy()
    return null
  }

  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  const taken = typeof address === 'object' ? address?.port : port
  return { smtpUrl: `smtp://127.0.0.1:${taken}`, close: () => new Promise<void>((resolve) => server.close(resolve)) }
}

function refusal({ code, words }: { code: number; words: string }): Error {
  return Object.assign(new Error(words), { responseCode: code })
}
