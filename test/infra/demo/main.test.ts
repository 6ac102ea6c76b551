import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

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
      const said = await Promise.all(children.map((child) => once(child, 'message')))
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

/** All open at once, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  for (const server of servers) server.close()
  return ports
}
