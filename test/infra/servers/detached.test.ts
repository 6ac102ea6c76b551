import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { commandOf, readRunning, startDetached, stopDetached, tail, until } from '#infra/servers/detached.ts'
import { freePort, isFree } from '#infra/servers/free-port.ts'
import { demandFree, holderOf } from '#infra/servers/port-holder.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-detached-'))
const file = join(folder, 'it.pid.json')
const output = join(folder, 'output.log')
after(() => rmSync(folder, { recursive: true, force: true }))

test('what was started is known by its pid until it is stopped', async () => {
  const running = start('setInterval(() => {}, 1000)')
  assert.deepEqual(readRunning(file), running)
  await stopDetached(file)
  await ended(running.pid)
  assert.equal(existsSync(file), false)
})

test('one that does not go when asked is killed', async () => {
  const running = start("process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)")
  assert.ok(await until(() => tail(output).endsWith('deaf'), { seconds: 10 }))
  await stopDetached(file, 0.3)
  await ended(running.pid)
})

test('a pid that somebody else has by now is nobody, and is left alone', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, ports: {}, mark: 'avizo-of-another-life' }))
  assert.equal(readRunning(file), undefined)
  await stopDetached(file)
  assert.equal(existsSync(file), false)
})

test('a pid file that was cut off in the middle is nobody', () => {
  writeFileSync(file, '{"pid": 12')
  assert.equal(readRunning(file), undefined)
})

test('waiting for a process ends when the process has ended', async () => {
  const running = start('process.exit(1)')
  const begun = performance.now()
  assert.equal(await until(() => false, { seconds: 30, running }), false)
  assert.ok(performance.now() - begun < 10_000)
})

test('a port that is taken is named together with the process that holds it', async () => {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  assert.equal(await isFree(port), false)
  assert.match(holderOf(port), new RegExp(`^process ${process.pid} \\(.*node`))
  await assert.rejects(demandFree({ API_PORT: port, PORTAL_PORT: await freePort() }, 0.2), (error: Error) => {
    assert.match(error.message, new RegExp(`API_PORT: port ${port} is held by process ${process.pid} `))
    assert.doesNotMatch(error.message, /PORTAL_PORT/)
    return true
  })
  server.close()
})

async function ended(pid: number): Promise<void> {
  assert.ok(await until(() => commandOf(pid) === undefined, { seconds: 30 }), `process ${pid} is still there`)
}

function start(script: string) {
  const mark = `avizo-detached-${process.pid}`
  return startDetached({
    command: process.execPath,
    args: ['-e', script, mark],
    env: {},
    output,
    file,
    ports: {},
    mark,
  })
}
