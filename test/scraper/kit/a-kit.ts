import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { account } from '#infra/demo/portal/account.ts'
import type { ServedPortal } from '#infra/demo/portal/app.ts'
import { servePortal } from '#infra/demo/portal/app.ts'
import { root } from '#infra/places.ts'
import { chromiumPath } from '../a-browser.ts'

export type Ran = { code: number | null; out: string; err: string }
type Wish = { input?: string; env?: Record<string, string | undefined> }

/** A portal, a folder of suppliers and a folder of data of a test's own, and the real command line on them. */
export type TestKit = {
  portal: ServedPortal
  suppliers: string
  data: string
  /** Where browsers have their profiles. */
  temporary: string
  /** What `npm run supplier …` runs, without npm. */
  run(args: string[], wish?: Wish): Promise<Ran>
  read(path: string): Promise<string>
  /** Changes the definition of a supplier. */
  edit(id: string, from: string | RegExp, to: string): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Aliases such as #scraper are known within the project only, so the folder is in it. */
export async function makeTestKit(ids: string[] = ['demo']): Promise<TestKit> {
  await mkdir(join(root, 'var'), { recursive: true })
  const folder = await mkdtemp(join(root, 'var', 'kit-test-'))
  const [suppliers, data, temporary] = [join(folder, 'suppliers'), join(folder, 'data'), join(folder, 'tmp')]
  const portal = await servePortal({ port: 0 })
  await mkdir(suppliers)
  await mkdir(temporary)
  await mkdir(data)
  for (const id of ids) {
    await mkdir(join(suppliers, id))
    await writeFile(join(suppliers, id, 'definition.ts'), definitionText)
  }
  const env = {
    ...settingsFor(ids, portal.url),
    SUPPLIERS_DIR: suppliers,
    VAR_DIR: data,
    TMPDIR: temporary,
    CHROMIUM_PATH: chromiumPath(),
  }
  const definition = (id: string) => join(suppliers, id, 'definition.ts')
  return {
    portal,
    suppliers,
    data,
    temporary,
    run: (args, { input = '', env: more = {} } = {}) => runKit(args, { input, env: { ...env, ...more } }),
    read: (path) => readFile(join(suppliers, path), 'utf8'),
    async edit(id, from, to) {
      const before = await readFile(definition(id), 'utf8')
      const after = before.replace(from, to)
      if (after === before) throw new Error(`${definition(id)} has no ${String(from)}`)
      await writeFile(definition(id), after)
    },
    async [Symbol.asyncDispose]() {
      await portal.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const definitionText = `import { velkoobchod } from '#scraper/platforms/velkoobchod/platform.ts'
import { defineSupplier } from '#scraper/robot.ts'

export const definition = defineSupplier({
  name: 'Kit test',
  number: 1,
  language: 'cs',
  timeZone: 'Europe/Prague',
  schedule: { cron: '0 4 * * *' },
  columns: [{ name: 'Dostupnost', holds: 'availability' }],
  words: {},
  secondsAllowed: 60,
  address: 'https://portal.invalid',
  limits: { delayMs: 0, pageSeconds: 10, settleSeconds: 0.5, tries: 1 },
  platform: velkoobchod,
  options: { account: 'Figurkov s.r.o.' },
})
`

function settingsFor(ids: string[], address: string): Record<string, string> {
  const given = { ADDRESS: address, USERNAME: account.username, PASSWORD: account.password }
  const entries = ids.flatMap((id) =>
    Object.entries(given).map(([name, value]) => [`SUPPLIER_${id.toUpperCase().replaceAll('-', '_')}_${name}`, value]),
  )
  return Object.fromEntries(entries)
}

export async function runKit(args: string[], { input = '', env = {} }: Wish = {}): Promise<Ran> {
  const machine = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'] }
  const child = spawn(process.execPath, ['infra/supplier.ts', ...args], { cwd: root, env: { ...machine, ...env } })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}
