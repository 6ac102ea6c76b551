import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Log } from '#core/broker/consume.ts'
import { stableJson } from './definition.ts'
import type { Supplier } from './load-suppliers.ts'
import type { SessionMemory, SessionState } from './robot.ts'
import { seal, unseal } from './seal.ts'

/** For suppliers whose sessions are not to be remembered, and for scrapers without a key. */
export const noMemory: SessionMemory = {
  load: () => Promise.resolve(null),
  save: () => Promise.resolve(),
  drop: () => Promise.resolve(),
}

type Parts = { folder: string; key: string | undefined; log: Log }

/** A cache on this scraper's disk: whatever is wrong with it is one line in the log, and a sign-in by the form. */
export function makeSessions({ folder, key, log }: Parts): (supplier: Supplier) => SessionMemory {
  return (supplier) => {
    if (key === undefined || !wantsMemory(supplier)) return noMemory
    const { id } = supplier
    const file = join(folder, `${id}.session`)
    const quietly = async (what: string, act: () => Promise<void>) =>
      act().catch((error: unknown) => log.warn({ err: error, supplier: id }, `${id}: cannot ${what} its session`))
    const drop = () => quietly('drop', () => rm(file, { force: true }))
    return {
      drop,
      save: (state) =>
        quietly('save', async () => write(folder, file, await seal(textOf(supplier, state), { key, id }))),
      async load() {
        const read = await readState(file, { supplier, key })
        if (read.kind === 'state') return read.state
        if (read.kind === 'unfit') {
          log.info({ supplier: id }, `${id}: its remembered session is dropped: ${read.because}`)
          await drop()
        }
        return null
      },
    }
  }
}

const Wanting = z.object({ signIn: z.object({ remember: z.literal(true) }) })

/** Whether a supplier's definition asks for its session to be remembered. */
export function wantsMemory({ definition }: Pick<Supplier, 'definition'>): boolean {
  return Wanting.safeParse(definition.options).success
}

/** What a file holds when it is opened; cookies and storage are the browser's own business. */
const Remembered = z.object({
  boundTo: z.string(),
  state: z.object({ cookies: z.array(z.unknown()), origins: z.array(z.unknown()) }),
})

function textOf(supplier: Supplier, state: SessionState): string {
  return JSON.stringify({ boundTo: bindingOf(supplier), state })
}

/** Another address or other credentials: another session. */
function bindingOf({ id, address, secrets }: Supplier): string {
  return createHash('sha256').update(stableJson({ id, address, secrets })).digest('base64')
}

type Read = { kind: 'none' } | { kind: 'unfit'; because: string } | { kind: 'state'; state: SessionState }

async function readState(file: string, { supplier, key }: { supplier: Supplier; key: string }): Promise<Read> {
  const sealed = await readFile(file).catch((error: NodeJS.ErrnoException) => error)
  if (sealed instanceof Error) {
    return sealed.code === 'ENOENT' ? { kind: 'none' } : { kind: 'unfit', because: `${sealed.code}` }
  }
  const text = await unseal(sealed, { key, id: supplier.id })
  const read = text === null ? null : Remembered.safeParse(JSON.parse(text)).data
  if (!read) return { kind: 'unfit', because: 'it is damaged, or was written with another SCRAPER_SESSION_KEY' }
  if (read.boundTo !== bindingOf(supplier)) return { kind: 'unfit', because: 'address or credentials have changed' }
  return { kind: 'state', state: read.state as SessionState }
}

/** Whole or not at all. */
async function write(folder: string, file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  await using handle = await open(draft, 'w', 0o600)
  await handle.writeFile(bytes)
  await handle.sync()
  await chmod(draft, 0o600) // A draft that was left behind keeps its mode.
  await rename(draft, file)
}
