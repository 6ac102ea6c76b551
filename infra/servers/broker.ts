import { connect } from 'node:net'
import { join } from 'node:path'
import { locateBroker } from '#infra/setup/broker.ts'
import { environment, filesOf, writeFiles, type BrokerPorts, type Files } from './broker-node.ts'
import { isOurs, readRunning, startDetached, stopDetached, tail, until, type Running } from './detached.ts'
import { demandFree } from './port-holder.ts'

/**
 * Runs a RabbitMQ node of our own in the folder, on loopback, apart from any that the machine has; one that already
 * runs there is used. It outlives this process. `pid` is that of the Erlang machine itself.
 */
export async function startBroker({ folder, ...ports }: BrokerPorts & { folder: string }) {
  const files = filesOf(folder)
  const url = `amqp://guest:guest@127.0.0.1:${ports.port}`
  const old = readRunning(files.node)
  if (old && hasPorts(old, ports) && (await until(() => greets(ports.port), { seconds: 60, running: old }))) {
    return { url, pid: old.pid }
  }
  await stopBroker({ folder })
  const running = await launch(files, ports)
  const ready = await until(() => greets(ports.port), { seconds: 90, running })
  if (!ready) throw new Error(await failure(files, running))
  return { url, pid: running.pid }
}

export async function stopBroker({ folder }: { folder: string }): Promise<void> {
  const files = filesOf(folder)
  await stopDetached(files.node, 30)
  await stopDetached(files.epmd, 5)
}

/** What runs in the folder now, if anything. */
export function runningBroker({ folder }: { folder: string }): Running | undefined {
  return readRunning(filesOf(folder).node)
}

function hasPorts(running: Running, ports: BrokerPorts): boolean {
  return Object.entries(ports).every(([name, port]) => running.ports[name] === port)
}

async function launch(files: Files, ports: BrokerPorts): Promise<Running> {
  const { server, epmd } = locateBroker()
  await demandFree({ RabbitMQ: ports.port, 'RabbitMQ between nodes': ports.distPort, epmd: ports.epmdPort })
  writeFiles(files, ports)
  const env = environment(files, ports)
  await startEpmd({ epmd, files, env, port: ports.epmdPort })
  const { node: file, output, mark } = files
  return startDetached({ command: server, args: mark.split(' '), env, output, file, ports, mark })
}

type Epmd = { epmd: string; files: Files; env: Record<string, string>; port: number }

/** Erlang's name service would start by itself and stay behind for ever; started by us, before, its pid is known. */
async function startEpmd({ epmd, files, env, port }: Epmd): Promise<void> {
  const args = ['-port', String(port), '-address', '127.0.0.1']
  const { output, epmd: file } = files
  const running = startDetached({ command: epmd, args, env, output, file, ports: { port }, mark: args.join(' ') })
  await until(() => answers(port), { seconds: 10, running })
}

/** A broker that is up answers the protocol's header with a method frame; an open port alone proves nothing. */
function greets(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('AMQP\0\0\u0009\u0001'))
    const close = (greeted: boolean) => {
      socket.destroy()
      answer(greeted)
    }
    socket.setTimeout(2000, () => close(false))
    socket.once('data', (data) => close(data[0] === 1))
    socket.once('error', () => close(false))
    socket.once('close', () => close(false))
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy()
      answer(true)
    })
    socket.once('error', () => answer(false))
  })
}

async function failure(files: Files, running: Running): Promise<string> {
  const how = isOurs(running) ? 'does not answer after 90 s' : 'ended while starting'
  await stopBroker({ folder: files.folder })
  return `RabbitMQ ${how}. Its last words (${files.output}, more in ${join(files.folder, 'log')}):\n${tail(files.output)}`
}
