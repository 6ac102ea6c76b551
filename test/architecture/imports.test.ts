import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'
import { sourceFiles } from '#test/support/sources.ts'
import type { Rule } from './import-table.ts'
import { environmentIn, importTable, onlyIn } from './import-table.ts'

test('every import is allowed by the import table', async () => {
  const wrong: string[] = []
  for (const { file, text } of await sourceFiles()) {
    const rule = ruleOf(file)
    if (rule === undefined) continue
    for (const name of importsOf(text)) {
      const problem = problemOf(file, name, rule)
      if (problem !== null) wrong.push(`${file} imports ${name}: ${problem}`)
    }
  }
  assert.deepEqual(
    wrong,
    [],
    'Move the code to where it may be imported; the table is test/architecture/import-table.ts',
  )
})

test('the environment is read only where settings are read', async () => {
  const wrong = (await sourceFiles())
    .filter(({ file, text }) => /process\.env\b/.test(text) && !environmentIn.some((place) => file.startsWith(place)))
    .map(({ file }) => file)
  assert.deepEqual(wrong, [], 'Add the variable to the settings of the process and pass the value')
})

test('no file only re-exports', async () => {
  const barrels = (await sourceFiles())
    .filter(
      ({ text }) =>
        text.trim() !== '' &&
        text.split('\n').every((line) => line.trim() === '' || /^export (\*|\{[^}]*\}) from/.test(line)),
    )
    .map(({ file }) => file)
  assert.deepEqual(barrels, [], 'Import from the file that defines the thing')
})

test('names that hide what a file is about are not used', async () => {
  const vague = (await sourceFiles()).filter(({ file }) =>
    /(^|\/)(utils?|helpers?|types|lib|index|misc|common)\.(ts|mjs|cjs)$/.test(file),
  )
  assert.deepEqual(
    vague.map(({ file }) => file),
    [],
    'Name the file after the one thing that it holds',
  )
})

function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"\n;]*?(?:\{[^}]*\}\s*)?from\s+'([^']+)'|(?:^|\n)import\s+'([^']+)'|\bimport\('([^']+)'\)/g
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function ruleOf(file: string): Rule | undefined {
  return importTable.find((rule) => file.startsWith(`${rule.folder}/`))
}

function problemOf(file: string, name: string, rule: Rule): string | null {
  if (name.startsWith('node:')) return rule.noNode ? 'core/domain is pure' : null
  if (name.startsWith('#') || name.startsWith('.')) return problemOfPath(pathOf(file, name), rule)
  const packageName = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
  const places = onlyIn[packageName]
  if (places !== undefined && !file.startsWith('test/') && !places.some((place) => file.startsWith(place))) {
    return `only ${places.join(', ')} may`
  }
  return rule.packages.includes('*') || rule.packages.includes(packageName) ? null : `${rule.folder} may not use it`
}

function problemOfPath(path: string, rule: Rule): string | null {
  const isOwn = path.startsWith(`${rule.folder}/`) && ruleOf(path) === rule
  const isAllowed = rule.may.some((place) => path === place || path.startsWith(`${place}/`))
  return isOwn || isAllowed || rule.folder === 'test'
    ? null
    : `${rule.folder} may import only ${rule.may.join(', ') || 'itself'}`
}

function pathOf(file: string, name: string): string {
  return name.startsWith('#') ? name.slice(1) : posix.join(posix.dirname(file), name)
}
