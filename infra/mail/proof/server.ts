import { connect } from 'node:net'
import { join } from 'node:path'
import { startDetached, stopDetached, tail, until } from '../../servers/detached.ts'

type Start = { name: string; folder: string; command: string; args: string[]; port: number; signal: AbortSignal }

/** Starts a server on loopback that stays in the foreground of its own session; resolves when it answers at its port. */
export async function startServer({ name, folder, command, args, port, signal }: Start): Promise<void> {
  const [output, file] = [join(folder, `${name}.log`), fileOf(folder, name)]
  const running = startDetached({ command, args, env: { PATH: process.env['PATH'] }, output, file, ports: { port }, mark: folder }) // prettier-ignore
  const isUp = () => {
    signal.throwIfAborted()
    return answers(port)
  }
  if (await until(isUp, { seconds: 20, running })) return
  throw new Error(`${name} did not come up:\n${tail(output)}`)
}

/** Ends it by the pid that was started, if any was. */
export function stopServer(folder: string, name: string): Promise<void> {
  return stopDetached(fileOf(folder, name))
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.pid.json`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const end = (isUp: boolean) => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once('data', () => end(true))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}
