import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { makeApp } from '#api/app.ts'
import { makeClient } from '#api/cli/client.ts'
import { makeProgram } from '#api/cli/program.ts'
import type { Given } from '#api/given.ts'
import type { Store } from '#core/store/store.ts'
import { declaration, givenFor, key, startOwnStore } from '#test/api/world.ts'

/** With a store of its own that has the supplier demo, and no notifier. */
export async function startTerminal(over: (store: Store) => Partial<Given> = () => ({})) {
  const { store, close: closeStore } = await startOwnStore()
  await store.suppliers.declare(declaration('demo'))
  const terminal = await openTerminal(store, over(store))
  const close = async () => {
    await terminal.close()
    await closeStore()
  }
  return { ...terminal, store, close }
}

/** The commands as a person has them, on a real API over HTTP. */
export async function openTerminal(store: Store, over: Partial<Given> = {}) {
  const server = createAdaptorServer({ fetch: makeApp(givenFor(store, over)).fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = await mkdtemp(join(tmpdir(), 'avizo-cli-'))

  return {
    address,
    folder,
    /** What a command prints; whoever asks is answered yes. */
    async avizo(...args: string[]): Promise<string> {
      let said = ''
      const out = { write: (text: string) => void (said += text) }
      const client = makeClient(() => ({ address, key }))
      const program = makeProgram({ client, out, isTerminal: false, ask: async () => true })
      program.configureOutput({ writeOut: out.write, writeErr: out.write })
      await program.parseAsync(args, { from: 'user' })
      return said
    },
    /** The same as a process, with the settings that a person has. */
    command: (...args: string[]) => commandWith({ AVIZO_API_URL: address, API_KEY: key }, ...args),
    async write(name: string, content: string | Uint8Array): Promise<string> {
      await writeFile(join(folder, name), content)
      return join(folder, name)
    },
    async close(): Promise<void> {
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type Terminal = Awaited<ReturnType<typeof startTerminal>>

export async function commandWith(env: Record<string, string>, ...args: string[]) {
  const { PATH } = process.env
  const child = spawn(process.execPath, ['api/cli/main.ts', ...args], { env: { PATH, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = await once(child, 'close')
  return { code: Number(code), said }
}
