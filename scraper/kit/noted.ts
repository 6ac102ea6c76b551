import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Supplier } from '#scraper/load-suppliers.ts'
import { savedFolder } from './fixture.ts'
import { KitError } from './kit-error.ts'

/** Number and hash that a definition had when somebody last wrote them down: `saved/definition.json`. */
const Noted = z.object({ number: z.number().int().positive(), hash: z.string().min(1) })
export type Noted = z.infer<typeof Noted>

/** `forgotten`: what matters to readings changed, and the number did not; stored texts would stay read the old way. */
export type Judged = 'same' | 'not-noted' | 'raised' | 'forgotten' | 'lowered'

export function judgeNoted(noted: Noted | null, { number, hash }: Noted): Judged {
  if (noted === null) return 'not-noted'
  if (number < noted.number) return 'lowered'
  if (number > noted.number) return 'raised'
  return hash === noted.hash ? 'same' : 'forgotten'
}

export function numberOf({ definition, hash }: Supplier): Noted {
  return { number: definition.number, hash }
}

/** What a person is to do about it; null where nothing is wrong. */
export function numberProblem(judged: Judged, { noted, id }: { noted: Noted | null; id: string }): string | null {
  const last = noted?.number ?? 0
  if (judged === 'forgotten') {
    return `words, columns or options changed, and number is still ${last}: raise it to ${last + 1} in definition.ts, then npm run supplier check ${id} -- --note`
  }
  return judged === 'lowered' ? `number is lower than the ${last} that was written down: raise it to ${last + 1}` : null
}

export async function readNoted(supplierFolder: string): Promise<Noted | null> {
  const file = fileIn(supplierFolder)
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return Noted.parse(JSON.parse(text))
  } catch {
    throw new KitError(`${file}: expected {"number": 1, "hash": "…"}; npm run supplier check … -- --note writes it`)
  }
}

export async function writeNoted(supplierFolder: string, { number, hash }: Noted): Promise<void> {
  await mkdir(savedFolder(supplierFolder), { recursive: true })
  await writeFile(fileIn(supplierFolder), `${JSON.stringify({ number, hash }, null, 2)}\n`)
}

function fileIn(supplierFolder: string): string {
  return join(savedFolder(supplierFolder), 'definition.json')
}
