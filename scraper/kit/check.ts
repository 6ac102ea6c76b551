import { many } from '#core/domain/many.ts'
import type { Kit } from './commands.ts'
import type { Checked } from './check-supplier.ts'
import { checkSupplier } from './check-supplier.ts'
import { checkedLines } from './check-report.ts'
import { supplierIds } from './load-one.ts'
import { makeOfflineBrowser } from './offline-browser.ts'
import { chromiumOf } from './open-browser.ts'
import { say } from './say.ts'

type Wish = { id?: string; note?: true; accept?: true; folder?: string[] }

/** `npm run supplier check`: reads all that was saved again, and says what differs. Needs no network and no credentials. */
export async function check({ settings }: Kit, { id, note, accept, folder }: Wish): Promise<number> {
  const began = performance.now()
  await using browser = makeOfflineBrowser(() => chromiumOf(settings))
  const checked: Checked[] = []
  for (const one of await whichSuppliers(folder ?? [settings.SUPPLIERS_DIR], id)) {
    const result = await checkSupplier(one, { browser, note: note === true, accept: accept === true })
    say(...checkedLines(result))
    checked.push(result)
  }
  const failed = checked.filter(({ problems }) => problems.length > 0).length
  const pages = checked.reduce((sum, { pages: read }) => sum + read.length, 0)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const well = failed === 0 ? 'all as expected' : `${failed} with problems`
  say(`${many(checked.length, 'supplier')}, ${many(pages, 'saved page')} in ${seconds} s: ${well}`)
  return failed === 0 ? 0 : 1
}

async function whichSuppliers(folders: string[], id: string | undefined): Promise<{ folder: string; id: string }[]> {
  const found: { folder: string; id: string }[] = []
  for (const folder of folders) {
    for (const one of await supplierIds(folder)) if (id === undefined || one === id) found.push({ folder, id: one })
  }
  // A wrong id is told by whoever loads it.
  return found.length === 0 && id !== undefined ? [{ folder: folders[0] ?? '', id }] : found
}
