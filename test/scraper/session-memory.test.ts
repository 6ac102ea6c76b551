import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { makeReadPortal } from '#scraper/read-portal.ts'
import { SessionLost } from '#scraper/failure.ts'
import type { OpenBrowser } from '#scraper/browser.ts'
import type { SessionState } from '#scraper/robot.ts'
import { makeSessions, noMemory, wantsMemory } from '#scraper/session-memory.ts'
import { makeLog, makeRecorder, request } from './a-run.ts'
import { plainForm, supplierAt } from './sign-in/a-sign-in.ts'

const key = 'k'.repeat(32)
const address = 'https://portal.cz'
const supplier = supplierAt(address, { signIn: plainForm({ remember: true }) })
const state: SessionState = { cookies: [], origins: [{ origin: address, localStorage: [{ name: 'a', value: 'ž' }] }] }
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'avizo-sessions-'))
})
afterEach(() => rm(folder, { recursive: true }))

function memory(changes: object = {}) {
  const log = makeLog()
  return { log, ...makeSessions({ folder, key, log })({ ...supplier, ...changes }) }
}

test('what was saved is loaded, until it is dropped', async () => {
  await memory().save(state)
  assert.deepEqual(await memory().load(), state)
  assert.deepEqual(await readdir(folder), ['small.session'], 'no draft is left')
  await memory().drop()
  assert.equal(await memory().load(), null)
  await memory().drop()
})

test('only who asks for it, and with a key, is remembered', () => {
  const log = makeLog()
  const forgetful = supplierAt(address, { signIn: plainForm() })
  assert.equal(makeSessions({ folder, key, log })(forgetful), noMemory)
  assert.equal(makeSessions({ folder, key: undefined, log })(supplier), noMemory)
  assert.deepEqual([wantsMemory(supplier), wantsMemory(forgetful)], [true, false])
})

test('a session of another address, or in the file of another supplier, is not loaded', async () => {
  await memory().save(state)
  const bytes = await readFile(join(folder, 'small.session'))
  assert.equal(await memory({ address: 'https://other.cz' }).load(), null)
  await writeFile(join(folder, 'other.session'), bytes)
  assert.equal(await memory({ id: 'other' }).load(), null)
  assert.deepEqual(await readdir(folder), [])
})

test('a file that was cut or changed anywhere is not loaded', async () => {
  await memory().save(state)
  const file = join(folder, 'small.session')
  const bytes = await readFile(file)
  for (const at of [0, 10, 30, 45, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    for (const wrong of [changed, bytes.subarray(0, at)]) {
      await writeFile(file, wrong)
      const { load, log } = memory()
      assert.equal(await load(), null)
      assert.equal(log.lines.length, 1)
    }
  }
})

test('a disk that does not take the session is one line, and no error', async () => {
  await writeFile(join(folder, 'file'), '')
  const log = makeLog()
  await makeSessions({ folder: join(folder, 'file'), key, log })(supplier).save(state)
  assert.equal(log.lines.length, 1)
  assert.match(log.lines[0]?.text ?? '', /^small: cannot save its session/)
})

test('a run that loses its session in the middle drops it', async () => {
  let dropped = 0
  const session = { ...noMemory, drop: async () => void (dropped += 1) }
  const openBrowser = (async () => ({
    context: { pages: () => [] },
    isOpen: () => true,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  })) as unknown as OpenBrowser
  const robot = {
    read: () => Promise.reject(new SessionLost('page 2 shows the sign-in form')),
    readSaved: () => Promise.resolve([]),
  }
  const suppliers = new Map([['small', { ...supplier, robot }]])
  const stopping = new AbortController().signal
  const recorder = makeRecorder()
  const handle = makeReadPortal({ suppliers, openBrowser, stopping, sessionOf: () => session, log: makeLog() })
  await handle(request({ publish: recorder.publish, supplier: 'small' }))
  assert.equal(recorder.failed().failure, 'incomplete')
  assert.equal(dropped, 1)
})
