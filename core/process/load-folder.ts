import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Something found in a folder that is to hold one member each is wrong: names file and mend. */
export class FolderError extends Error {
  override name = 'FolderError'
}

/** Presence is registration: imports `file` of each sub-folder; the folder's name is the member's id. */
export async function loadFolder(
  folder: string,
  file: string,
): Promise<{ id: string; path: string; module: unknown }[]> {
  const entries = await readdir(resolve(folder), { withFileTypes: true }).catch(() => {
    throw new FolderError(`${folder}: no such folder; expected one that holds a folder for each member`)
  })
  const ids = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name)
  return Promise.all(ids.sort().map((id) => loadMember(join(folder, id, file), id)))
}

async function loadMember(path: string, id: string) {
  try {
    const module: unknown = await import(pathToFileURL(resolve(path)).href)
    return { id, path, module }
  } catch (error) {
    throw new FolderError(`${path}: cannot be loaded (${(error as Error).message})`, { cause: error })
  }
}
