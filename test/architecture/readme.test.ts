import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { projectFiles } from '#test/support/sources.ts'
import { settingsTable } from '#test/support/settings-table.ts'

/** Written by the program itself, so they stand in the documents but not in a clone. */
const made = ['var/', '.env']

async function documents(): Promise<{ file: string; text: string }[]> {
  const files = (await projectFiles()).filter((file) => file.endsWith('.md'))
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })))
}

test('every path that a document names exists', async () => {
  const missing: string[] = []
  for (const { file, text } of await documents()) {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)].map((match) =>
      join(dirname(file), match[1] ?? ''),
    )
    const code = [...text.matchAll(/`((?:core|scraper|notifier|templates|api|infra|test|docs|\.ci)\/[^`\s]*)`/g)].map(
      (match) => match[1] ?? '',
    )
    const named = [...links, ...code].filter(
      (path) => !/[<>*…{]/.test(path) && !made.some((start) => path.startsWith(start)),
    )
    missing.push(...named.filter((path) => !existsSync(path)).map((path) => `${file}: ${path}`))
  }
  assert.deepEqual(missing, [], 'Mend the path in the document, or write the file')
})

test('every npm script that a document names exists, and README names every script', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> }
  const all = await documents()
  const named = all.flatMap(({ file, text }) =>
    [...text.matchAll(/npm (?:run )?(?:-s )?([a-z:-]+)/g)].map((match) => ({ file, script: match[1] ?? '' })),
  )
  const unknown = named.filter(({ script }) => !(script in scripts) && script !== 'ci' && script !== 'run')
  assert.deepEqual(unknown, [])
  const inReadme = new Set(named.filter(({ file }) => file === 'README.md').map(({ script }) => script))
  assert.deepEqual(
    Object.keys(scripts).filter((script) => !inReadme.has(script)),
    [],
    'README does not say what it is for',
  )
})

test("README's table of settings is the one that the schemas make", async () => {
  const text = await readFile('README.md', 'utf8')
  const table = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(text)?.[1]
  assert.equal(table, settingsTable(), 'Paste what "node test/support/settings-table.ts" prints between the two marks')
})

test('every npm script goes through the bootstrap, so that it works in a bare clone', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> }
  const others = Object.entries(scripts).filter(
    ([, command]) => !command.startsWith('node infra/bootstrap.mjs ') || /&&|;/.test(command),
  )
  assert.deepEqual(others, [])
})
