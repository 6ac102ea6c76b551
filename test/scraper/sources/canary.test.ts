import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Defect, PortalChanged } from '#scraper/failure.ts'
import { proveCanary } from '#scraper/sources/canary.ts'

const rows = [{ code: 'A', title: 'Aurora', cells: { Termín: 'březen  2027', Stav: '' } }]
const canary = { code: 'A', column: 'Termín', text: 'březen 2027' }

test('the canary must say its text, spaces aside', () => {
  assert.equal(proveCanary(rows, canary).said, '"A" says "březen 2027" in "Termín", as it must')
  assert.throws(() => proveCanary(rows, { ...canary, text: 'March 2027' }), PortalChanged)
  assert.throws(() => proveCanary(rows, { ...canary, column: 'Stav' }), /in "Stav"; it says nothing$/)
  assert.throws(() => proveCanary(rows, { ...canary, code: 'B' }), /the row of "B", which must always be there, is not/)
})

test('a canary in a column that the definition does not have is a mistake of the definition', () => {
  assert.throws(
    () => proveCanary(rows, { ...canary, column: 'Dodání' }),
    (error: Error) => {
      assert.equal(error.constructor, Defect)
      assert.match(error.message, /column "Dodání", .* name one of "title", "Termín", "Stav"$/)
      return true
    },
  )
})
