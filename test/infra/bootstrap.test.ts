import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { commandOf, until } from '#infra/servers/detached.ts'
import { root } from '#infra/places.ts'

// A project without dependencies, so that npm ci needs no network; it has no Node of its own either, and uses this one.
const folder = mkdtempSync(join(tmpdir(), 'avizo-bootstrap-'))
const bootstrap = join(folder, 'infra', 'bootstrap.mjs')
const lock = join(folder, 'package-lock.json')
const stamp = join(folder, 'node_modules', '.avizo-stamp.json')

before(() => {
  mkdirSync(join(folder, 'infra'))
  cpSync(join(root, 'infra', 'bootstrap.mjs'), bootstrap)
  writeFileSync(join(folder, 'package.json'), '{"name":"x","version":"1.0.0","type":"module"}')
  writeFileSync(
    lock,
    '{"name":"x","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"x","version":"1.0.0"}}}',
  )
  writeFileSync(
    join(folder, 'says.ts'),
    'const said: string = process.argv.slice(2).join(" "); console.log(said); process.exitCode = 7',
  )
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('the first time it runs npm ci and says so, then hands over arguments and exit code', () => {
  const { stdout, stderr, status } = run('says.ts', 'one', 'two')
  assert.equal(stdout, 'one two\n')
  assert.equal(status, 7)
  assert.match(
    stderr,
    /Node modules: not installed yet, running npm ci\nNode modules: installed in \d+ s\nNode: \d+\.\d+/,
  )
})

test('when nothing is to be done it is silent and takes under 0.2 s, or four starts of Node where the machine is busy', () => {
  assert.equal(run('says.ts').stderr, '')
  const direct = fastest(() => spawnSync(process.execPath, [join(folder, 'says.ts')]))
  const through = fastest(() => run('says.ts'))
  const added = Math.round(through - direct)
  assert.ok(added < Math.max(200, 4 * direct), `it added ${added} ms to a start of ${Math.round(direct)} ms`)
})

test('an npm ci that did not come to its end is run again', () => {
  rmSync(stamp)
  assert.match(run('says.ts').stderr, /npm ci/)
  assert.ok(existsSync(stamp))
})

test('another lock makes it run npm ci again, once', () => {
  appendFileSync(lock, '\n')
  assert.match(run('says.ts').stderr, /the lock has changed, running npm ci/)
  assert.equal(run('says.ts').stderr, '')
})

test('npm is asked for all that we run on, whatever this machine leaves out; a terminal sees the seconds counted', () => {
  const npm = join(folder, 'npm', 'npm.js')
  mkdirSync(join(folder, 'npm'))
  writeFileSync(join(folder, 'npm', 'package.json'), '{}')
  const asked = join(folder, 'asked.txt')
  writeFileSync(
    npm,
    `require('node:fs').writeFileSync(${JSON.stringify(asked)}, process.argv.join(' ')); setTimeout(() => {}, 1500)`,
  )
  const terminal = '--import=data:text/javascript,process.stderr.isTTY=true'
  rmSync(stamp)
  const { stderr } = spawnSync(process.execPath, [terminal, bootstrap, join(folder, 'says.ts')], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], npm_execpath: npm },
  })
  assert.match(readFileSync(asked, 'utf8'), / ci --include=dev --include=optional /)
  const said = stderr.replaceAll(/npm ci, \d+ s/g, 'npm ci, 1 s')
  assert.ok(said.includes('\r\u001b[KNode modules: npm ci, 1 s\r\u001b[KNode modules: installed in '), stderr)
})

test('two commands at once install once: the second waits for the first, and takes over where that one died', async () => {
  const turn = join(folder, 'var', 'npm-ci.pid')
  rmSync(stamp)
  writeFileSync(turn, String(process.pid))
  const second = spawn(process.execPath, [bootstrap, join(folder, 'says.ts')], { stdio: ['ignore', 'ignore', 'pipe'] })
  const [said] = await once(second.stderr, 'data')
  assert.match(String(said), /^Node modules: another command is installing them; waiting for it\n$/)
  assert.ok(!existsSync(stamp))
  // The number of a process that cannot be: whoever wrote it is gone.
  writeFileSync(turn, '4194305')
  const [code] = await once(second, 'exit')
  assert.equal(code, 7)
  assert.ok(existsSync(stamp))
  assert.ok(!existsSync(turn))
})

test('a SIGTERM reaches the program, and how it ends is how we end', async () => {
  const { child, pid } = await startWaiting()
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  assert.equal(code, 143)
  assert.ok(!isAlive(pid))
})

test('when it is killed itself, the program goes on', async () => {
  const { child, pid } = await startWaiting()
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.ok(isAlive(pid))
  process.kill(pid, 'SIGKILL')
  assert.ok(await until(() => !isAlive(pid), { seconds: 5 }))
})

function run(...args: string[]) {
  return spawnSync(process.execPath, [bootstrap, join(folder, args[0] ?? ''), ...args.slice(1)], { encoding: 'utf8' })
}

/** A program that tells its pid and then waits for ever. */
async function startWaiting() {
  writeFileSync(join(folder, 'waits.ts'), 'console.log(process.pid); setInterval(() => {}, 1000)')
  const child = spawn(process.execPath, [bootstrap, join(folder, 'waits.ts')], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = await once(child.stdout, 'data')
  return { child, pid: Number(String(said)) }
}

function fastest(act: () => void): number {
  const times = Array.from({ length: 10 }, () => {
    const start = performance.now()
    act()
    return performance.now() - start
  })
  return Math.min(...times)
}

/** One that has ended and that nobody has asked for its end yet is not alive, though its number is still taken. */
function isAlive(pid: number): boolean {
  return Boolean(commandOf(pid))
}
