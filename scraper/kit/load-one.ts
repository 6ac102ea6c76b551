import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FolderError } from '#core/process/load-folder.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import { readMember } from '#scraper/load-suppliers.ts'
import { KitError } from './kit-error.ts'

type Where = { folder: string; id: string; variables: Record<string, string> }

/** A supplier by its id, whatever is wrong with others; `missing` are the settings that a sign-in would need. */
export type Loaded = { supplier: Supplier; missing: string[]; path: string }

export async function loadOne({ folder, id, variables }: Where): Promise<Loaded> {
  const known = await supplierIds(folder)
  if (!known.includes(id)) {
    const there = known.length > 0 ? `there are: ${known.join(', ')}` : 'there is none yet'
    throw new KitError(`${folder} has no supplier "${id}"; ${there}. To make one: npm run supplier new ${id}`)
  }
  const path = join(folder, id)
  const file = join(path, 'definition.ts')
  const read = readMember({ id, path: file, module: await load(file) }, variables)
  if ('wrong' in read) throw new FolderError(read.wrong.join('\n'))
  return { ...read, path }
}

/** Names of the folders of suppliers; each is an id. */
export async function supplierIds(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new KitError(`${folder}: no such folder of suppliers; is SUPPLIERS_DIR right?`)
  })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
}

async function load(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(resolve(file)).href)
  } catch (error) {
    throw new FolderError(`${file}: cannot be loaded (${firstLine(error)})`, { cause: error })
  }
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}
