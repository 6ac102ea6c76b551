import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourceProblems } from '#scraper/sources/check-source.ts'

const columns = [{ name: 'Dostupnost', holds: 'availability' as const }]
const table = { kind: 'table', path: '/katalog', table: '#zbozi', fields: { code: ['Kód'], title: ['Název'] } }

function problemsOf(changes: object): string[] {
  return sourceProblems({ options: { source: { ...table, ...changes } }, columns }).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )
}

const wrong: [changes: object, where: string][] = [
  [{ canary: { code: 'A', column: 'Dostupnst', text: 'x' } }, 'canary.column'],
  [{ fields: { ...table.fields, cells: { Dostupnst: ['Dostupnost'] } } }, 'fields.cells'],
  [{ details: { link: 'a', code: '#code', cells: { Dostupnst: '#eta' } } }, 'details.cells'],
]
for (const [changes, where] of wrong) {
  test(`a column in ${where} that the definition does not have is refused when it is loaded, with those that it has`, () => {
    assert.deepEqual(problemsOf(changes), [
      `options.source.${where}: no column is called "Dostupnst"; there are "Dostupnost"`,
    ])
  })
}

test('columns that are there, and a canary in the title, are no problem', () => {
  assert.deepEqual(problemsOf({ canary: { code: 'A', column: 'title', text: 'x' } }), [])
  assert.deepEqual(problemsOf({ fields: { ...table.fields, cells: { Dostupnost: ['Termín'] } } }), [])
})
