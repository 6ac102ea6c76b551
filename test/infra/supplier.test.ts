import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { root } from '#infra/places.ts'
import { runKit } from '#test/scraper/kit/a-kit.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-supplier-'))
const data = join(folder, 'var')
after(() => rmSync(folder, { recursive: true, force: true }))

test('alone it prints help with examples', async () => {
  const { out, err, code } = await runKit([], { env: { VAR_DIR: data } })
  assert.equal(code, 0)
  assert.equal(err, '')
  for (const command of ['new', 'try', 'save', 'check', 'replay', 'read', 'moods']) {
    assert.match(out, new RegExp(`^ {2}${command}\\b`, 'm'))
  }
  assert.match(out, /^Examples:$/m)
})

test('npm itself hands it the filter, with nothing else on standard output', () => {
  const args = ['run', '-s', 'supplier', 'read', '--', '--language', 'cs', '--anchor', '2026-11-21']
  const { stdout, status } = spawnSync('npm', args, { cwd: root, input: 'prosinec 2026\n', encoding: 'utf8' })
  assert.equal(stdout, 'prosinec 2026\texpected\t2026-12-01\t2026-12-31\tmonth\n')
  assert.equal(status, 0)
})

test('an option that npm took for itself is named, and nothing is done without it', () => {
  const args = ['run', '-s', 'supplier', 'try', 'demo', '--visible']
  const { stderr, status } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' })
  assert.match(
    stderr,
    /^npm took --visible for itself; write options behind " -- ": npm run supplier try … -- --visible$/m,
  )
  assert.equal(status, 1)
})

test('where nothing is given, the demo’s suppliers are read, with the demo’s own settings', async () => {
  const asked: string[] = []
  const portal = createServer((request, response) => {
    if (request.url !== '/favicon.ico') asked.push(request.url ?? '')
    response.writeHead(403).end('nobody comes in here')
  })
  await new Promise<void>((resolve) => void portal.listen(0, '127.0.0.1', resolve))
  const { port } = portal.address() as AddressInfo
  const { out } = await runKit(['try', 'demo', '--json'], { env: { VAR_DIR: data, PORTAL_PORT: String(port) } })
  portal.close()
  const { failure, words } = JSON.parse(out) as { failure: string; words: string }
  assert.deepEqual([failure, asked], ['blocked', ['/prihlaseni']], words)
})

test('a shop’s own folder gets nothing of the demo', async () => {
  const env = { VAR_DIR: data, MODE: 'shop', SUPPLIERS_DIR: 'infra/demo/suppliers' }
  const { err, code } = await runKit(['try', 'demo'], { env })
  assert.equal(code, 1)
  assert.match(err, /SUPPLIER_DEMO_USERNAME: needed to sign in/)
})

test('a Chromium that cannot be run is named before anything else', async () => {
  const { err, code } = await runKit(['check'], { env: { VAR_DIR: data, CHROMIUM_PATH: '/nowhere/chromium' } })
  assert.equal(code, 1)
  assert.match(err, /CHROMIUM_PATH=\/nowhere\/chromium is no program that can be run/)
})

test('a command that only looks makes no folder of data', async () => {
  const own = join(folder, 'none')
  await runKit(['read', '--language', 'cs'], { env: { VAR_DIR: own } })
  await runKit(['try', 'nobody'], { env: { VAR_DIR: own } })
  assert.equal(existsSync(own), false)
})

test('an unknown command or supplier is one line', async () => {
  const command = await runKit(['tri', 'demo'])
  assert.match(command.err, /^error: unknown command 'tri'\n\(Did you mean try\?\)\n$/)
  assert.equal(command.code, 2)
  const supplier = await runKit(['check', 'nobody'], { env: { VAR_DIR: data } })
  assert.match(supplier.out, /has no supplier "nobody"/)
  assert.equal(supplier.code, 1)
})
