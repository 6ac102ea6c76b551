import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { dayOf } from '#core/domain/day.ts'
import { many } from '#core/domain/many.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import type { Kit } from './commands.ts'
import type { Difference } from './compare.ts'
import { compareItems, differenceLines } from './compare.ts'
import type { Expectation, Fixture } from './fixture.ts'
import { listFixtures, readExpectation } from './fixture.ts'
import { KitError } from './kit-error.ts'
import { loadOne } from './load-one.ts'
import { makeOfflineBrowser } from './offline-browser.ts'
import { chromiumOf } from './open-browser.ts'
import { anchorOf } from './read/read-cells.ts'
import { readFixture } from './read-fixture.ts'
import type { Item } from './read-items.ts'
import { say } from './say.ts'
import { itemLines } from './try-report.ts'

type Wish = { id: string; folder: string; address?: string; anchor?: string }
/** What a page is compared with: an expectation of its own, or what a whole run saw, of which it is a part. */
type Known = { expectation: Expectation; isOfWholeRun: boolean } | null

/** `npm run supplier replay`: pages of the past by the code of today. Ends with 1 where anything differs. */
export async function replay({ settings }: Kit, { id, folder, address, anchor }: Wish): Promise<number> {
  const { supplier } = await loadOne({ folder: settings.SUPPLIERS_DIR, id, variables: {} })
  await using browser = makeOfflineBrowser(() => chromiumOf(settings))
  let differing = 0
  const seen = await readExpectation(join(folder, 'observations.json'))
  for (const fixture of await pagesIn(folder)) {
    const known = knownOf(fixture, seen)
    const given = {
      address: address && new URL(address, `${supplier.address}/`).href,
      anchor: anchor && anchorOf(anchor),
    }
    const where = {
      address: given.address || known?.expectation.address || likelyAddress(supplier),
      anchor: given.anchor || known?.expectation.anchor || dayOf(new Date(), supplier.definition.timeZone),
    }
    const items = await readFixture({ ...fixture, ...where }, { supplier, browser })
    const differences = known && differencesOf(known, items)
    say(...replayedLines({ fixture, items, differences, supplier }))
    if (differences && differences.length > 0) differing += 1
  }
  return differing === 0 ? 0 : 1
}

async function pagesIn(folder: string): Promise<Fixture[]> {
  if (!(await stat(folder).catch(() => null))?.isDirectory()) throw new KitError(`${folder}: no such folder`)
  const fixtures = (await listFixtures(folder)).filter(({ file }) => !/(observations\.json|\.(jpe?g|png))$/.test(file))
  if (fixtures.length === 0)
    throw new KitError(`${folder}: expected a page (page.html) or a downloaded file, met neither`)
  // Where a run kept a file, that is what was read; the page beside it only shows from where.
  const files = fixtures.filter(({ kind }) => kind === 'file')
  return files.length > 0 && fixtures.some(({ name }) => name === 'page') ? files : fixtures
}

function knownOf({ expectation }: Fixture, seen: Expectation | null): Known {
  if (expectation) return { expectation, isOfWholeRun: false }
  return seen && seen.items.length > 0 ? { expectation: seen, isOfWholeRun: true } : null
}

/** Of a whole run a page holds a part: what is not on it is not gone. */
function differencesOf({ expectation, isOfWholeRun }: NonNullable<Known>, items: Item[]): Difference[] {
  const there = new Set(items.map(({ code }) => code))
  const expected = isOfWholeRun ? expectation.items.filter(({ code }) => there.has(code)) : expectation.items
  return compareItems(expected, items)
}

function likelyAddress({ address, definition }: Supplier): string {
  const { source } = (definition.options ?? {}) as { source?: { path?: unknown } }
  return address + (typeof source?.path === 'string' ? source.path : '/')
}

type Replayed = { fixture: Fixture; items: Item[]; differences: Difference[] | null; supplier: Supplier }

function replayedLines({ fixture, items, differences, supplier }: Replayed): string[] {
  const head = `${fixture.file}: ${many(items.length, 'item')}`
  if (differences === null) {
    return [
      `${head}; nothing is known of what was read from it before`,
      ...itemLines(items, supplier.definition.columns, true),
    ]
  }
  if (differences.length === 0) return [`${head}, read as before`]
  return [`${head}, ${many(differences.length, 'difference')}`, ...differenceLines(differences)]
}
