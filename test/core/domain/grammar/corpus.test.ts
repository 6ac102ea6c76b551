import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'
import { files, readRows, written } from './fixtures.ts'

for (const file of files) {
  const hasMarks = file === 'field-dates.tsv'
  for (const row of readRows(file)) {
    test(`${file}:${row.line} ${row.language} "${row.text}" is ${row.expected}`, () => {
      assert.equal(written(readText(row.text, row), hasMarks), row.expected)
    })
  }
}
