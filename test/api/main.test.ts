import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openBroker } from '#core/broker/broker.ts'
import { done } from '#core/broker/consume.ts'
import { makeLogger } from '#core/process/log.ts'
import { startBroker, stopBroker } from '#infra/servers/broker.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { declaration, key, order, startOwnStore } from './world.ts'

/** The process as it runs in a shop, with a real store and a real broker; each test goes on where the last one ended. */
let own: Awaited<ReturnType<typeof startOwnStore>>
let folder: string
let broker: Parameters<typeof startBroker>[0]
let amqpUrl: string
let api: ChildProcess
let base: string
const lines: string[] = []
/** Lines of the request that failed, as they stood before the store came back. */
let failing: string[] = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avizo-api-broker-'))
  own = await startOwnStore()
  await own.store.suppliers.declare(declaration('demo'))
  broker = { folder, port: await freePort(), distPort: await freePort(), epmdPort: await freePort() }
  amqpUrl = `amqp://guest:guest@127.0.0.1:${broker.port}`
  base = `http://127.0.0.1:${await freePort()}`
  api = startApi(new URL(base).port)
  await logged('ready')
})
after(async () => {
  api.kill('SIGKILL')
  await stopBroker({ folder })
  await rm(folder, { recursive: true, force: true })
  await own.close()
})

function startApi(port: string): ChildProcess {
  const env = {
    AMQP_URL: amqpUrl,
    MONGODB_URL: own.url,
    API_PORT: port,
    API_KEY: key,
    LOG_LEVEL: 'debug',
    LOG_FORMAT: 'json',
  }
  const child = spawn(process.execPath, [resolve('api/main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  return child
}

async function logged(text: string): Promise<void> {
  await until(() => lines.some((line) => line.includes(text)), `"${text}" in the log`)
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 40_000
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited 40 s for ${what}; the log was\n${lines.join('\n')}`)
    await wait(100)
  }
}

async function send(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const begun = performance.now()
  const response = await fetch(base + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as Record<string, unknown>
  return { status: response.status, body: answer, seconds: (performance.now() - begun) / 1000 }
}

test('it starts and takes orders while the broker is away, and ready says what is missing', async () => {
  assert.equal((await send('PUT', '/v1/orders/1', order('1'))).status, 201)
  assert.equal((await send('POST', '/v1/suppliers/demo/runs')).status, 202)
  const ready = await send('GET', '/health/ready')
  assert.equal(ready.status, 503)
  assert.match(String(ready.body['detail']), /broker/)
  assert.equal((await send('GET', '/health/live')).status, 200)
})

test('when the broker comes, it is ready, and wishes and due runs travel', async () => {
  await startBroker(broker)
  await until(async () => (await send('GET', '/health/ready')).status === 200, 'the API to be ready')
  const log = makeLogger({ name: 'test', format: 'json', level: 'silent' })
  await using reader = await openBroker({ url: amqpUrl, namespace: '', name: 'test', log })
  const heard: { type: string; id: string; body: unknown }[] = []
  for (const queue of ['notifier.wishes', 'notifier.suppliers'] as const) {
    await reader.consume({
      queue,
      prefetch: 1,
      handle: async ({ type, id, body }) => {
        heard.push({ type, id, body })
        return done
      },
    })
  }
  assert.equal((await send('PUT', '/v1/orders/2', order('2'))).status, 201)
  const { body } = await send('POST', '/v1/suppliers/demo/runs')
  await until(() => heard.length === 2, 'two messages')
  assert.deepEqual(
    new Set(heard.map(({ type, id }) => `${type} ${id}`)),
    new Set(['wish.made order/2', `run.due ${String(body['id'])}/due`]),
  )
})

test('a second one on the same port says which is taken and ends; on another it starts and stops cleanly', async () => {
  const [blocked] = (await once(startApi(new URL(base).port), 'exit')) as [number | null]
  assert.equal(blocked, 1)
  await logged(`address already in use 127.0.0.1:${new URL(base).port}`)
  const port = String(await freePort())
  const second = startApi(port)
  await logged(`listening on http://127.0.0.1:${port}`)
  await until(
    async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200,
    'the second to be ready',
  )
  second.kill('SIGTERM')
  const [code] = (await once(second, 'exit')) as [number | null]
  assert.equal(code, 0)
})

test('when the broker goes, orders are still taken at once', async () => {
  await stopBroker({ folder })
  const { status, seconds } = await send('PUT', '/v1/orders/3', order('3'))
  assert.equal(status, 201)
  assert.ok(seconds < 8, `took ${seconds} s`)
})

test('a store that hangs is answered 503 within ten seconds, and what was put again afterwards is there once', async () => {
  process.kill(own.pid, 'SIGSTOP')
  try {
    await until(() => standsStill(own.pid), 'the store to stand still')
    const [put, ready] = await Promise.all([send('PUT', '/v1/orders/4', order('4')), send('GET', '/health/ready')])
    assert.equal(put.status, 503)
    assert.ok(put.seconds < 15, `took ${put.seconds} s`)
    assert.equal(put.body['type'], 'urn:avizo:problem:not-now')
    assert.equal(ready.status, 503)
    assert.match(String(ready.body['detail']), /store/)
    assert.ok(ready.seconds < 8, `took ${ready.seconds} s`)
    const failed = () => lines.filter((line) => line.includes('PUT /v1/orders/4 503'))
    await until(() => failed().length > 0, 'the line of the request that failed')
    failing = failed()
  } finally {
    process.kill(own.pid, 'SIGCONT')
  }
  await until(async () => (await send('PUT', '/v1/orders/4', order('4'))).status < 300, 'the store to be back')
  const { body } = await send('GET', '/v1/orders/4')
  assert.equal((body['lines'] as unknown[]).length, 1)
})

test('each failing request leaves one readable line, and the key is in none', () => {
  assert.equal(failing.length, 1)
  assert.ok(lines.every((line) => !line.includes(key) && !line.includes('jana@example.com')))
})

test('told to stop, it lets go of all and ends by itself', async () => {
  const ended = once(api, 'exit')
  api.kill('SIGINT')
  const [code, signal] = (await ended) as [number | null, string | null]
  assert.deepEqual([code, signal], [0, null], lines.slice(-5).join('\n'))
})

/** The signal was sent; a busy machine may let a thread answer once more before it stands still. */
function standsStill(pid: number): boolean {
  const tasks = readdirSync(`/proc/${pid}/task`)
  return tasks.every((task) => readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8').includes(') T '))
}
