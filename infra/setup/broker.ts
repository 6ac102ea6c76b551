import { readFileSync, realpathSync } from 'node:fs'
import { globSync } from 'node:fs'
import { aptHindrance, aptInstall } from './apt.ts'
import { findProgram } from './find-program.ts'
import { PartMissing } from './part-missing.ts'
import { since, type Say } from './say.ts'

type BrokerPrograms = { server: string; epmd: string }
export type BrokerFound = { kind: 'given'; url: string } | ({ kind: 'local' } & BrokerPrograms)

/** Where packages and archives put the script that runs as whoever calls it; Debian's own on PATH changes user. */
const places = [
  '/usr/lib/rabbitmq/bin/rabbitmq-server',
  '/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server',
  '/opt/rabbitmq/sbin/rabbitmq-server',
  '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server',
  '/usr/local/opt/rabbitmq/sbin/rabbitmq-server',
]

/** A broker to use: the one that is given, else RabbitMQ's programs on this machine, else installed by apt. */
export async function ensureBroker(say: Say, url?: string): Promise<BrokerFound> {
  if (url) {
    say.line('RabbitMQ: the one at AMQP_URL')
    return { kind: 'given', url }
  }
  const start = performance.now()
  const found = findBroker() ?? (await installed(say))
  say.line(`RabbitMQ: ${found.server} (${since(start)})`)
  return { kind: 'local', ...found }
}

/** The programs of a RabbitMQ that is here already. */
export function locateBroker(): BrokerPrograms {
  const found = findBroker()
  if (!found) throw missing('is not installed')
  return found
}

export function findBroker(path = process.env['PATH'] ?? '', where = places): BrokerPrograms | undefined {
  const epmd = findProgram(['epmd'], path)
  const onPath = findProgram(['rabbitmq-server'], path)
  const candidates = [...where.flatMap((place) => globSync(place)), ...(onPath ? [realpathSync(onPath)] : [])]
  const server = candidates.find((file) => findProgram([file]) && !changesUser(file))
  return server && epmd && findProgram(['erl'], path) ? { server, epmd } : undefined
}

function changesUser(script: string): boolean {
  return /\bsu rabbitmq\b|runuser/.test(readFileSync(script, 'utf8'))
}

async function installed(say: Say): Promise<BrokerPrograms> {
  const hindrance = aptHindrance()
  if (hindrance) throw missing(`is not installed, and ${hindrance}`)
  try {
    await aptInstall(say, 'RabbitMQ', ['rabbitmq-server'])
  } catch (error) {
    throw missing(`could not be installed: ${(error as Error).message}`)
  }
  return locateBroker()
}

function missing(because: string): PartMissing {
  return new PartMissing('RabbitMQ', because, [
    'sudo apt-get install --no-install-recommends rabbitmq-server',
    'AMQP_URL=amqp://user:password@host:5672 in .env',
  ])
}
