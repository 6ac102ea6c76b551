import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

export type Session = {
  /** The how many-th it is, from 1. */
  number: number
  /** Messages that it took. */
  taken: number
}
/** Nothing: the usual answer. Words: those instead. `silence`: none at all. `hang-up`: the connection breaks. */
export type Script = (said: string, session: Session) => string | undefined | Promise<string | undefined>

const usual = { greeting: '220 scripted', DATA: '354 go on', other: '250 ok' }

/** A mail server that answers each line of a session, its beginning (`connect`) and a message's end (`.`) as a test wants. */
export async function startScriptedServer(script: Script) {
  const taken: string[] = []
  const sockets = new Set<object>()
  let sessions = 0
  const server = createServer((socket) => {
    const session: Session = { number: (sessions += 1), taken: 0 }
    sockets.add(socket)
    let [rest, isData] = ['', false]
    let answering = answer('connect', usual.greeting)
    socket.on('error', () => {}).once('close', () => sockets.delete(socket))
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString()
      for (;;) {
        const end = rest.indexOf(isData ? '\r\n.\r\n' : '\r\n')
        if (end < 0) return
        const said = rest.slice(0, end)
        rest = rest.slice(end + (isData ? 5 : 2))
        const isMessage = isData
        isData = !isMessage && said.startsWith('DATA')
        answering = answering.then(() => (isMessage ? take(said) : answer(said, isData ? usual.DATA : usual.other)))
      }
    })

    async function take(message: string): Promise<void> {
      taken.push(message)
      session.taken += 1
      await answer('.', usual.other)
    }

    async function answer(said: string, otherwise: string): Promise<void> {
      const words = (await script(said, session)) ?? otherwise
      if (words === 'hang-up') socket.destroy()
      else if (words !== 'silence') socket.write(`${words}\r\n`)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    sessions: () => sessions,
    /** Connections that are open. */
    open: () => sockets.size,
    close: () => void server.close(),
  }
}
