import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { connect } from 'amqplib'
import { MongoClient } from 'mongodb'
import { runningBroker, startBroker, stopBroker } from '#infra/servers/broker.ts'
import { commandOf, until } from '#infra/servers/detached.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { runningStore, startStore, stopStore } from '#infra/servers/store.ts'
import { ensureBroker } from '#infra/setup/broker.ts'
import { quiet } from '#infra/setup/say.ts'
import { ensureStore } from '#infra/setup/store.ts'

describe('the broker of our own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'avizo-broker-'))
  let ports: { port: number; distPort: number; epmdPort: number }

  before(async () => {
    await ensureBroker(quiet)
    ports = { port: await freePort(), distPort: await freePort(), epmdPort: await freePort() }
  })
  after(async () => {
    await stopBroker({ folder })
    rmSync(folder, { recursive: true, force: true })
  })

  test('it answers at its address, and its cookie is its owner’s alone', async () => {
    const { url, pid } = await startBroker({ folder, ...ports })
    await publishAndStay(url, 'kept', 'before')
    assert.match(commandOf(pid) ?? '', /beam/)
    assert.equal(statSync(join(folder, 'home', '.erlang.cookie')).mode & 0o777, 0o400)
  })

  test('nothing of it listens off loopback', () => {
    const loopback = new Set(['0100007F', '00000000000000000000000001000000'])
    for (const port of Object.values(ports)) {
      const addresses = addressesListenedAt(port)
      assert.ok(addresses.length > 0 && addresses.every((address) => loopback.has(address ?? '')), String(addresses))
    }
  })

  test('started again it is the same one', async () => {
    const before_ = runningBroker({ folder })?.pid
    assert.equal((await startBroker({ folder, ...ports })).pid, before_)
  })

  test('killed and started at once, it comes back with what was confirmed', async () => {
    const old = runningBroker({ folder })?.pid ?? assert.fail('it does not run')
    process.kill(old, 'SIGKILL')
    const { url, pid } = await startBroker({ folder, ...ports })
    assert.notEqual(pid, old)
    assert.equal(await takeOne(url, 'kept'), 'before')
  })

  test('stopped, neither it nor its name service is left', async () => {
    const pids = [runningBroker({ folder })?.pid ?? 0, pidIn(join(folder, 'epmd.pid.json'))]
    await stopBroker({ folder })
    assert.ok(await until(() => pids.every((pid) => commandOf(pid) === undefined), { seconds: 5 }))
  })
})

describe('the store of our own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'avizo-store-'))
  let port: number

  before(async () => {
    await ensureStore(quiet)
    port = await freePort()
  })
  after(async () => {
    await stopStore({ folder })
    rmSync(folder, { recursive: true, force: true })
  })

  test('it is a replica set that takes writes at its address', async () => {
    const { url } = await startStore({ folder, port })
    await withStore(url, (things) => things.insertOne({ said: 'before' }))
  })

  test('killed and started at once, it comes back with what was written', async () => {
    process.kill(runningStore({ folder })?.pid ?? assert.fail('it does not run'), 'SIGKILL')
    const { url } = await startStore({ folder, port })
    assert.equal(await withStore(url, async (things) => (await things.findOne())?.['said']), 'before')
  })

  test('it follows its settings to another port, with its data', async () => {
    port = await freePort()
    const { url } = await startStore({ folder, port })
    assert.equal(await withStore(url, async (things) => (await things.findOne())?.['said']), 'before')
  })

  test('a pid file that names somebody else’s process by now is stale: it starts, and that process is left alone', async () => {
    await stopStore({ folder })
    writeFileSync(
      join(folder, 'store.pid.json'),
      JSON.stringify({ pid: process.pid, ports: { port }, mark: join(folder, 'data') }),
    )
    assert.equal(runningStore({ folder }), undefined)
    const { pid } = await startStore({ folder, port })
    assert.notEqual(pid, process.pid)
  })

  test('it never talks to what somebody else runs at its port, but names it', async () => {
    await stopStore({ folder })
    const other = createServer().listen(port, '127.0.0.1')
    await assert.rejects(
      startStore({ folder, port, freeWithinSeconds: 0.2 }),
      new RegExp(`MongoDB: port ${port} is held by process ${process.pid} `),
    )
    other.close()
  })
})

async function publishAndStay(url: string, queue: string, text: string): Promise<void> {
  const connection = await connect(url)
  const channel = await connection.createConfirmChannel()
  await channel.assertQueue(queue, { durable: true })
  channel.sendToQueue(queue, Buffer.from(text), { persistent: true })
  await channel.waitForConfirms()
  await connection.close()
  // A queue that is declared reaches the disk a little later, without any event: one that is younger dies with its broker.
  await wait(5_000)
}

async function takeOne(url: string, queue: string): Promise<string | undefined> {
  const connection = await connect(url)
  try {
    const channel = await connection.createChannel()
    const message = await channel.get(queue, { noAck: true })
    return message ? message.content.toString() : undefined
  } finally {
    await connection.close()
  }
}

type Things = ReturnType<ReturnType<MongoClient['db']>['collection']>

async function withStore<T>(url: string, use: (things: Things) => Promise<T>): Promise<T> {
  const client = new MongoClient(url)
  try {
    return await use(client.db().collection('things'))
  } finally {
    await client.close()
  }
}

/** Local addresses, in hexadecimal, of IPv4 and IPv6, at which anything listens on the port. */
function addressesListenedAt(port: number): (string | undefined)[] {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  const cells = rows.map((row) => row.trim().split(/\s+/))
  return cells.filter((row) => row[1]?.endsWith(ending) && row[3] === '0A').map((row) => row[1]?.split(':')[0])
}

function pidIn(file: string): number {
  return JSON.parse(readFileSync(file, 'utf8')).pid
}
