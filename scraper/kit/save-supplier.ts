import { mkdir, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Evidence } from '#scraper/evidence.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import type { Kit } from './commands.ts'
import { findSecret } from './find-secret.ts'
import { expectationFile, jsonText, listFixtures, savedFolder, writeExpectation } from './fixture.ts'
import { keepRun, safeName } from './keep-run.ts'
import { KitError, wrongCommand } from './kit-error.ts'
import { chromiumOf } from './open-browser.ts'
import { judgeNoted, numberOf, numberProblem, readNoted, writeNoted } from './noted.ts'
import { makeOfflineBrowser } from './offline-browser.ts'
import { readFixture } from './read-fixture.ts'
import type { Item } from './read-items.ts'
import { readItems } from './read-items.ts'
import { say } from './say.ts'
import { savedLines } from './save-report.ts'
import { tryLines } from './try-report.ts'
import { loadToSignIn, visit } from './try-supplier.ts'
import type { Tried } from './run-once.ts'

type Wish = { id: string; name?: string; replace?: true; visible?: true }

/** `npm run supplier save`: keeps what the portal shows now, with what was read from it, for review and for `check`. */
export async function saveSupplier(kit: Kit, { id, name, replace, visible }: Wish): Promise<number> {
  const { supplier, path } = await loadToSignIn(kit, id)
  const folder = savedFolder(path)
  const wanted = nameOf(name)
  // Before the portal is bothered.
  if (wanted !== undefined && !replace) await demandFree(folder, wanted)
  await demandNumber(path, supplier)
  const tried = await visit(kit, supplier, { visible: visible === true })
  const items = readItems(tried.observations, { supplier, anchor: tried.anchor })
  if (tried.ending.outcome === 'failed') {
    const kept = await keepRun(tried, items, kit.settings.VAR_DIR)
    say(...tryLines({ tried, items, kept, columns: supplier.definition.columns, all: false }), 'Nothing was saved.')
    return 1
  }
  const as = wanted ?? tried.anchor
  if (!replace) await demandFree(folder, as)
  const saved = await store({ kit, supplier, tried, folder, name: as })
  await writeNoted(path, numberOf(supplier))
  say(...savedLines({ ...saved, id, rows: items.length, columns: supplier.definition.columns }))
  return 0
}

type Storing = { kit: Kit; supplier: Supplier; tried: Tried; folder: string; name: string }

/** Written whole or not at all: what cannot be read again, or holds a credential, is taken away. */
async function store({ kit, supplier, tried, folder, name }: Storing): Promise<{ file: string; items: Item[] }> {
  const { bytes, kind, ending } = fixtureOf(tried.evidence)
  demandNoSecret(bytes, supplier)
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `.draft-${name}${ending}`)
  try {
    await writeFile(draft, bytes)
    await using browser = makeOfflineBrowser(() => chromiumOf(kit.settings))
    const address = tried.evidence?.address ?? ''
    const what = { file: draft, kind, address, anchor: tried.anchor }
    const items = await readFixture(what, { supplier, browser }).catch(demandReadable)
    const expectation = { address, anchor: tried.anchor, items }
    demandNoSecret(Buffer.from(jsonText(expectation)), supplier)
    await removeFixture(folder, name)
    const file = join(folder, `${name}${ending}`)
    await writeFile(file, bytes)
    await writeExpectation(expectationFile(folder, name), expectation)
    return { file, items }
  } finally {
    await rm(draft, { force: true })
  }
}

function fixtureOf(evidence: Evidence | null): { bytes: Buffer; kind: 'page' | 'file'; ending: string } {
  if (evidence?.file) {
    const ending = extname(safeName(evidence.file.name)) || '.bin'
    return { bytes: Buffer.from(evidence.file.content, 'base64'), kind: 'file', ending }
  }
  if (!evidence?.page) throw new KitError('Nothing was saved: the run kept no page and no file')
  if (!isWholePage(evidence.page)) {
    throw new KitError(
      'Nothing was saved: the page is larger than what is kept of one (900 kB) and was cut. Choose fewer rows a page in the definition (a parameter of its path, or a step in "prepare"), and save again',
    )
  }
  return { bytes: Buffer.from(evidence.page), kind: 'page', ending: '.html' }
}

/** Evidence is cut at its end, and every page as the browser writes it has this end. */
function isWholePage(html: string): boolean {
  return html.endsWith('</html>')
}

/** Some fail only as saved: their table was made by a script as it was looked at, or a credential was part of it. */
function demandReadable(error: unknown): never {
  throw new KitError(`Nothing was saved, for what was kept cannot be read again: ${(error as Error).message}`)
}

function demandNoSecret(bytes: Buffer, { secrets, id }: Supplier): void {
  const found = findSecret(bytes, secrets)
  if (found === null) return
  throw new KitError(
    `Nothing was saved: the credential "${found}" of ${id} stands in it. An account whose name is a plain word of the page cannot be told from it: ask the portal for another`,
  )
}

async function demandNumber(path: string, supplier: Supplier): Promise<void> {
  const noted = await readNoted(path)
  const problem = numberProblem(judgeNoted(noted, numberOf(supplier)), { noted, id: supplier.id })
  if (problem) throw new KitError(`${supplier.id}: ${problem}`)
}

function nameOf(name: string | undefined): string | undefined {
  if (name === undefined || /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,60}$/u.test(name)) return name
  throw wrongCommand(`save: --name ${name}: expected letters, digits, "-" and "_"`)
}

async function demandFree(folder: string, name: string): Promise<void> {
  const there = (await listFixtures(folder)).some((fixture) => fixture.name === name)
  if (there)
    throw new KitError(`${join(folder, name)} is there already: --replace replaces it, --name takes another name`)
}

async function removeFixture(folder: string, name: string): Promise<void> {
  for (const fixture of await listFixtures(folder)) if (fixture.name === name) await rm(fixture.file)
}
