import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Expectation } from './fixture.ts'
import { jsonText } from './fixture.ts'
import type { Item } from './read-items.ts'
import type { Tried } from './run-once.ts'

/** Where the evidence of a try lies; absent files were not to be had. */
export type Kept = { folder: string; picture?: string; page?: string; file?: string }

/** Writes what a try saw into a folder of its own, as `supplier replay` takes it. */
export async function keepRun({ evidence, run, anchor }: Tried, items: Item[], varDir: string): Promise<Kept> {
  const folder = join(varDir, 'supplier-try', run)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept: Kept = { folder }
  const write = async (kind: 'picture' | 'page' | 'file', name: string, content: string | Buffer) => {
    kept[kind] = join(folder, name)
    await writeFile(kept[kind], content, { mode: 0o600 })
  }
  if (evidence?.picture) {
    const bytes = Buffer.from(evidence.picture, 'base64')
    await write('picture', `picture.${bytes[0] === 0x89 ? 'png' : 'jpg'}`, bytes)
  }
  if (evidence?.page) await write('page', 'page.html', evidence.page)
  if (evidence?.file) await write('file', safeName(evidence.file.name), Buffer.from(evidence.file.content, 'base64'))
  const seen: Expectation = { address: evidence?.address ?? '', anchor, items }
  await writeFile(join(folder, 'observations.json'), jsonText(seen), { mode: 0o600 })
  return kept
}

/** The portal named the file: it must not name a place outside of the folder, or one of ours. */
export function safeName(name: string): string {
  const plain = basename(name.replaceAll('\\', '/')).replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  return /^(\.*|page\.html|picture\.\w+|.*\.json)$/.test(plain) ? `file-${plain}` : plain
}
