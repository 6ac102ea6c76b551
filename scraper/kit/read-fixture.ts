import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Day } from '#core/domain/availability.ts'
import { asFailure } from '#scraper/failure.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import { KitError } from './kit-error.ts'
import type { OfflineBrowser } from './offline-browser.ts'
import type { Item } from './read-items.ts'
import { readItems } from './read-items.ts'

type What = { file: string; kind: 'page' | 'file'; address: string; anchor: Day }

/** What today's code reads from a saved page or file. */
export async function readFixture(
  { file, kind, address, anchor }: What,
  { supplier, browser }: { supplier: Supplier; browser: OfflineBrowser },
): Promise<Item[]> {
  const { columns } = supplier.definition
  const bytes = await readFile(file)
  try {
    const observations =
      kind === 'file'
        ? await supplier.robot.readSaved({ kind, file: { name: basename(file), bytes } }, columns)
        : await browser.open({ html: bytes.toString('utf8'), address }, (page) =>
            supplier.robot.readSaved({ kind, page }, columns),
          )
    return readItems(observations, { supplier, anchor })
  } catch (error) {
    throw new KitError(`${file}: ${asFailure(error).message}`)
  }
}
