import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { SupplierId } from '#core/domain/ids.ts'
import { readMember } from '#scraper/load-suppliers.ts'
import type { Kit } from '../commands.ts'
import { KitError, wrongCommand } from '../kit-error.ts'
import { say } from '../say.ts'
import { answerAll } from './answer.ts'
import type { Complete } from './definition-text.ts'
import { credentialNames, definitionText, variableOf } from './definition-text.ts'
import type { Answers } from './questions.ts'
import { proposalsFrom } from './proposals.ts'

type Wish = { id: string; from: string[]; flags: Answers }

/** `npm run supplier new`: makes the folder of a supplier from answers, whole or not at all. */
export async function newSupplier(kit: Kit, { id, from, flags }: Wish): Promise<number> {
  const folder = join(kit.settings.SUPPLIERS_DIR, id)
  const checked = SupplierId.safeParse(id)
  if (!checked.success) throw wrongCommand(`new ${id}: ${checked.error.issues[0]?.message}`)
  await demandNone(folder)
  const proposed = await proposalsFrom(from, kit)
  const complete = { id, ...(await answerAll({ flags, proposed })) }
  await write(folder, complete)
  say(...nextLines(folder, complete))
  return 0
}

async function demandNone(folder: string): Promise<void> {
  if (await stat(folder).catch(() => null))
    throw new KitError(`${folder} is there already; choose another id, or edit its definition.ts`)
}

/** Beside its place first, and loaded there as the scraper would: a folder that stands is one that works. */
async function write(folder: string, complete: Complete): Promise<void> {
  const draft = join(folder, '..', `.new-${complete.id}-${process.pid}`)
  const path = join(draft, 'definition.ts')
  try {
    await mkdir(draft, { recursive: true })
    await writeFile(path, definitionText(complete))
    const module: unknown = await import(pathToFileURL(resolve(path)).href)
    const read = readMember({ id: complete.id, path: 'definition.ts', module }, {})
    if ('wrong' in read) throw new KitError(`Nothing was written: ${read.wrong.join('; ')}`)
    await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function nextLines(folder: string, { id, answers, guessed }: Complete): string[] {
  const settings = credentialNames(answers).map((name) => `  ${variableOf(id, name)}=…`)
  return [
    `Written: ${join(folder, 'definition.ts')}`,
    '',
    ...(guessed.size > 0 ? ['Look through the lines marked "fill in": they hold guesses.'] : []),
    ...(settings.length > 0 ? ['Put the credentials into .env:', ...settings] : []),
    `Then: npm run supplier try ${id}`,
  ]
}
