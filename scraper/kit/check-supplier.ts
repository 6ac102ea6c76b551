import type { Difference } from './compare.ts'
import { compareItems } from './compare.ts'
import type { Fixture } from './fixture.ts'
import { listFixtures, savedFolder, expectationFile, writeExpectation } from './fixture.ts'
import { KitError } from './kit-error.ts'
import type { Loaded } from './load-one.ts'
import { loadOne } from './load-one.ts'
import { judgeNoted, numberOf, numberProblem, readNoted, writeNoted } from './noted.ts'
import type { OfflineBrowser } from './offline-browser.ts'
import { readFixture } from './read-fixture.ts'

type CheckedPage = { file: string; items: number; differences: Difference[]; accepted: boolean }
export type Checked = { id: string; number: number | null; pages: CheckedPage[]; problems: string[]; hints: string[] }

type How = { browser: OfflineBrowser; note: boolean; accept: boolean }

/** One supplier against what was saved of it; whatever is wrong with it, others are checked too. */
export async function checkSupplier({ folder, id }: { folder: string; id: string }, how: How): Promise<Checked> {
  const checked: Checked = { id, number: null, pages: [], problems: [], hints: [] }
  try {
    const loaded = await loadOne({ folder, id, variables: {} })
    checked.number = loaded.supplier.definition.number
    await checkNumber(loaded, checked, how)
    await checkPages(loaded, checked, how)
  } catch (error) {
    checked.problems.push(error instanceof Error ? error.message : String(error))
  }
  return checked
}

async function checkNumber({ supplier, path }: Loaded, checked: Checked, { note }: How): Promise<void> {
  const noted = await readNoted(path)
  const judged = judgeNoted(noted, numberOf(supplier))
  const problem = numberProblem(judged, { noted, id: supplier.id })
  if (problem) checked.problems.push(problem)
  else if (note) {
    await writeNoted(path, numberOf(supplier))
    checked.hints.push(`number ${supplier.definition.number} and hash ${supplier.hash} are written down`)
  } else if (judged === 'raised' || judged === 'not-noted') {
    const what = judged === 'raised' ? 'was raised; write it down' : 'is not written down yet'
    checked.hints.push(`number ${supplier.definition.number} ${what}: npm run supplier check ${supplier.id} -- --note`)
  }
}

async function checkPages({ supplier, path }: Loaded, checked: Checked, how: How): Promise<void> {
  const folder = savedFolder(path)
  const fixtures = await listFixtures(folder)
  if (fixtures.length === 0) {
    checked.hints.push(`nothing is saved of it; to keep a page: npm run supplier save ${supplier.id}`)
  }
  for (const fixture of fixtures) {
    try {
      checked.pages.push(await checkPage(fixture, { supplier, ...how, folder }))
    } catch (error) {
      checked.problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  const differing = checked.pages.filter(({ differences, accepted }) => differences.length > 0 && !accepted)
  for (const { file } of differing) {
    checked.problems.push(
      `${file} is read otherwise than expected; if that is right: npm run supplier check ${supplier.id} -- --accept`,
    )
  }
}

type With = Pick<Loaded, 'supplier'> & How & { folder: string }

async function checkPage(fixture: Fixture, { supplier, browser, accept, folder }: With): Promise<CheckedPage> {
  const { file, kind, name, expectation } = fixture
  if (expectation === null)
    throw new KitError(`${file}: ${name}.expected.json is missing beside it; save the page anew`)
  const items = await readFixture({ file, kind, ...expectation }, { supplier, browser })
  const differences = compareItems(expectation.items, items)
  const accepted = accept && differences.length > 0
  if (accepted) await writeExpectation(expectationFile(folder, name), { ...expectation, items })
  return { file, items: items.length, differences, accepted }
}
