import { Day } from '#core/domain/availability.ts'
import { dayOf } from '#core/domain/day.ts'
import type { ReadTextOptions } from '#core/domain/grammar/read-text.ts'
import { Language, languages } from '#core/domain/language.ts'
import type { Kit } from '../commands.ts'
import { wrongCommand } from '../kit-error.ts'
import { filterCells } from './filter-cells.ts'

type Wish = { language?: string; anchor?: string; supplier?: string; marks?: true }

/** `npm run supplier read`: a filter, from cells to readings. */
export async function readCells(kit: Kit, wish: Wish): Promise<number> {
  const options = await optionsOf(kit, wish)
  await filterCells({ input: process.stdin, output: process.stdout, options, marks: wish.marks === true })
  return 0
}

async function optionsOf(kit: Kit, { language, anchor, supplier }: Wish): Promise<ReadTextOptions> {
  const ofSupplier = supplier === undefined ? undefined : await supplierOptions(kit, supplier)
  const given = language === undefined ? ofSupplier?.language : languageOf(language)
  if (given === undefined) throw wrongCommand('read: give --language (such as cs) or --supplier')
  const day = anchor === undefined ? today(ofSupplier?.timeZone) : anchorOf(anchor)
  return { ...ofSupplier, language: given, anchor: day }
}

/** Loaded only where asked for: with it come the platforms and their browser. */
async function supplierOptions({ settings }: Kit, id: string): Promise<Omit<ReadTextOptions, 'anchor'>> {
  const { loadOne } = await import('../load-one.ts')
  const { readingOptions } = await import('../read-items.ts')
  const { supplier } = await loadOne({ folder: settings.SUPPLIERS_DIR, id, variables: {} })
  return readingOptions(supplier)
}

function languageOf(language: string): Language {
  const known = Language.safeParse(language)
  if (known.success) return known.data
  throw wrongCommand(`read: --language ${language} is not one of ${languages.join(', ')}`)
}

export function anchorOf(anchor: string): Day {
  const day = Day.safeParse(anchor)
  if (day.success) return day.data
  throw wrongCommand(`--anchor ${anchor}: expected a day that exists, such as 2026-11-21`)
}

function today(timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone): Day {
  return dayOf(new Date(), timeZone)
}
