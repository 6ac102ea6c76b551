import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { freePort } from '#infra/servers/free-port.ts'

describe("the demo's processes", () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'avizo-demo-'))
  })
  after(() => rm(folder, { recursive: true }))

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`say ready once they listen, and end well on ${signal}`, async () => {
      const [web = 0, smtp = 0, ...portals] = await freePorts(6)
      const state = { PORTAL_STATE: join(folder, 'portal.json'), MAILBOX_STATE: join(folder, 'mailbox') }
      const names = ['PORTAL_PORT', 'HURTOWNIA_PORT', 'KONTOR_PORT', 'NORTHPINE_PORT']
      const ports = Object.fromEntries(names.map((name, i) => [name, String(portals[i])]))
      const env = { ...state, ...ports, MAILBOX_PORT: `${web}`, MAILBOX_SMTP_PORT: `${smtp}` }
      const children = ['portal', 'mailbox'].map((name) => fork(`infra/demo/${name}/main.ts`, { env, silent: true }))
      const said = await Promise.all(children.map(firstWordOf))
      assert.deepEqual(
        said.map(([message]) => message),
        ['ready', 'ready'],
      )
      for (const port of [web, ...portals]) assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200)
      const exits = Promise.all(children.map((child) => once(child, 'exit')))
      for (const child of children) child.kill(signal)
      assert.deepEqual(await exits, [
        [0, null],
        [0, null],
      ])
    })
  }
})

function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => freePort()))
}

/** Rejects, with what it wrote of its trouble, where it ends without a word. */
async function firstWordOf(child: ChildProcess): Promise<unknown[]> {
  let trouble = ''
  child.stderr?.on('data', (data: Buffer) => (trouble += data.toString()))
  const ended = once(child, 'close').then(([code]) => Promise.reject(new Error(`ended with ${code}:\n${trouble}`)))
  ended.catch(() => {})
  return Promise.race([once(child, 'message'), ended])
}
