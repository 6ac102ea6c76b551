import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { placesIn, root } from '#infra/places.ts'
import { runningBroker } from '#infra/servers/broker.ts'
import { commandOf, until } from '#infra/servers/detached.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { runningStore } from '#infra/servers/store.ts'

// The real demo, beside any other that runs on this machine: a folder and ports of its own.
const VAR_DIR = mkdtempSync(join(tmpdir(), 'avizo-start-'))
const places = placesIn(VAR_DIR)
const ports: Record<string, string> = {}

before(async () => {
  const portals = ['PORTAL_PORT', 'HURTOWNIA_PORT', 'KONTOR_PORT', 'NORTHPINE_PORT']
  const names = ['API_PORT', ...portals, 'MAILBOX_PORT', 'MAILBOX_SMTP_PORT']
  for (const name of [...names, 'BROKER_PORT', 'BROKER_DIST_PORT', 'BROKER_EPMD_PORT', 'STORE_PORT']) {
    ports[name] = String(await freePort())
  }
})
after(async () => {
  await command('stop.ts')
  rmSync(VAR_DIR, { recursive: true, force: true })
})

test('a port that is taken is named with its holder, and nothing is left running', async () => {
  const server = createServer().listen(Number(ports['MAILBOX_PORT']), '127.0.0.1')
  const { said, code } = await command('start.ts', '--detach')
  server.close()
  assert.equal(code, 1)
  assert.match(said, new RegExp(`MAILBOX_PORT: port ${ports['MAILBOX_PORT']} is held by process ${process.pid} `))
  assert.equal(runningBroker({ folder: places.broker }), undefined)
})

test('one command brings everything up, and says where it is and what to try', async () => {
  const { said, code } = await command('start.ts', '--detach')
  assert.equal(code, 0, said)
  for (const name of ['API_PORT', 'PORTAL_PORT', 'MAILBOX_PORT'])
    assert.match(said, new RegExp(`http://127.0.0.1:${ports[name]}`))
  assert.match(said, /60 orders put/)
  assert.match(said, /Try first:/)
  assert.ok(!said.includes(readFileSync(places.demoKey, 'utf8').trim()), 'it told the key')
})

test('status shows every part as up, and when the supplier was read', async () => {
  const { said, code } = await command('status.ts')
  for (let n = 1; n <= 10; n += 1) assert.match(said, new RegExp(`^P${n} +${n === 7 ? 'not counted' : 'kept'} `, 'm'))
  assert.equal(code, 0)
  for (const name of ['RabbitMQ', 'MongoDB', 'portal', 'mailbox', 'scraper', 'notifier', 'api']) {
    assert.match(said, new RegExp(`^${name} +online +\\d+ `, 'm'))
  }
  assert.match(said, /supplier demo: last accepted run \d+ s ago/)
})

test('a second start says that it is running already, and follows; its end by SIGKILL stops nothing', async () => {
  const follower = spawn(process.execPath, ['infra/start.ts'], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  follower.stderr.on('data', (data: Buffer) => (said += data.toString()))
  follower.stdout.on('data', (data: Buffer) => (said += data.toString()))
  assert.ok(await until(() => /^\S*scraper\S* +│ /m.test(said), { seconds: 30 }), said)
  assert.match(said, /already running/)
  follower.kill('SIGKILL')
  await once(follower, 'exit')
  assert.equal((await command('status.ts')).code, 0)
})

test('after a power cut nothing stands in the way of the next start, and what was stored is there', async () => {
  const pids = [
    ...managedPids(),
    runningBroker({ folder: places.broker })?.pid,
    runningStore({ folder: places.store })?.pid,
  ]
  for (const pid of pids) process.kill(pid ?? assert.fail('it does not run'), 'SIGKILL')
  const { said, code } = await command('start.ts', '--detach')
  assert.equal(code, 0, said)
  assert.match(said, /orders are there/)
})

test('processes that outlive their PM2 are ended by the next start, not doubled', async () => {
  const [daemon = 0, ...old] = managedPids()
  process.kill(daemon, 'SIGKILL')
  const { said, code } = await command('start.ts', '--detach')
  assert.equal(code, 0, said)
  assert.ok(old.length >= 5 && old.every((pid) => commandOf(pid) === undefined))
})

test('stop ends all of it', async () => {
  const pids = managedPids()
  const { code } = await command('stop.ts')
  assert.equal(code, 0)
  assert.ok(await until(() => pids.every((pid) => commandOf(pid) === undefined), { seconds: 10 }))
  assert.equal(runningBroker({ folder: places.broker }), undefined)
  assert.equal(runningStore({ folder: places.store }), undefined)
  assert.match((await command('stop.ts')).said, /Nothing is running/)
})

test('reset deletes only after a yes, and then only what is ours', async () => {
  assert.equal((await command('reset.ts')).code, 1)
  assert.ok(existsSync(places.store))
  const foreign = join(VAR_DIR, 'thesis.txt')
  writeFileSync(foreign, 'x')
  const { said, code } = await command('reset.ts', '--yes')
  assert.equal(code, 0)
  assert.match(said, /kept: thesis\.txt/)
  assert.deepEqual(readdirSync(VAR_DIR), ['thesis.txt'])
  rmSync(foreign)
  assert.equal((await command('reset.ts', '--yes')).code, 0)
  assert.ok(!existsSync(VAR_DIR))
})

/** PM2's daemon first, then its processes. */
function managedPids(): number[] {
  const daemon = Number(readFileSync(join(places.pm2, 'pm2.pid'), 'utf8'))
  const children = readFileSync(`/proc/${daemon}/task/${daemon}/children`, 'utf8').trim().split(' ').map(Number)
  return [daemon, ...children]
}

async function command(file: string, ...args: string[]): Promise<{ said: string; code: number }> {
  const child = spawn(process.execPath, [join('infra', file), ...args], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = await once(child, 'close')
  return { said, code: Number(code) }
}

function environment(): Record<string, string | undefined> {
  const { PATH, HOME, TMPDIR, XDG_CACHE_HOME } = process.env
  return { PATH, HOME, TMPDIR, XDG_CACHE_HOME, MODE: 'demo', VAR_DIR, ...ports }
}
