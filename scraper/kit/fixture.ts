import { readdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { z } from 'zod'
import { Day } from '#core/domain/availability.ts'
import { KitError } from './kit-error.ts'
import { Item } from './read-items.ts'

/** What was read from a saved page or file, for review by a person and for repeating. */
export const Expectation = z.object({
  /** Where the page stood: some platforms tell pages apart by it. */
  address: z.string(),
  /** The day that relative texts count from. */
  anchor: Day,
  items: z.array(Item),
})
export type Expectation = z.infer<typeof Expectation>

/** A saved page or file, beside it what is to be read from it. */
export type Fixture = { name: string; file: string; kind: 'page' | 'file'; expectation: Expectation | null }

const ending = '.expected.json'

export function savedFolder(supplierFolder: string): string {
  return join(supplierFolder, 'saved')
}

export function expectationFile(folder: string, name: string): string {
  return join(folder, `${name}${ending}`)
}

/** All saved pages and files of a supplier; an expectation whose page is gone is a mistake. */
export async function listFixtures(folder: string): Promise<Fixture[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const fixtures = names.filter((name) => !/^\.|\.expected\.json$|^definition\.json$/.test(name))
  const alone = names.filter((name) => name.endsWith(ending) && !fixtures.some((page) => nameOf(page) === bare(name)))
  if (alone.length > 0) throw new KitError(`${join(folder, alone[0] ?? '')}: the page that it is about is gone`)
  return Promise.all(fixtures.sort().map((page) => fixtureOf(folder, page)))
}

async function fixtureOf(folder: string, page: string): Promise<Fixture> {
  const name = nameOf(page)
  const expectation = await readExpectation(expectationFile(folder, name))
  return { name, file: join(folder, page), kind: kindOf(page), expectation }
}

export function kindOf(file: string): 'page' | 'file' {
  return /\.html?$/i.test(file) ? 'page' : 'file'
}

function nameOf(page: string): string {
  return page.slice(0, page.length - extname(page).length)
}

function bare(expectation: string): string {
  return expectation.slice(0, -ending.length)
}

/** Null where there is none. */
export async function readExpectation(file: string): Promise<Expectation | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  const read = Expectation.safeParse(asJson(text))
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new KitError(`${file}: is no expectation (${issue?.path.join('.')}: ${issue?.message})`)
}

export async function writeExpectation(file: string, expectation: Expectation): Promise<void> {
  await writeFile(file, jsonText(expectation))
}

/** One line an item, so that a difference in version control is one too. */
export function jsonText({ address, anchor, items }: Expectation): string {
  const lines = items.map((item) => `    ${JSON.stringify(item)}`)
  const head = `{\n  "address": ${JSON.stringify(address)},\n  "anchor": ${JSON.stringify(anchor)},\n`
  return `${head}  "items": [\n${lines.join(',\n')}\n  ]\n}\n`
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
