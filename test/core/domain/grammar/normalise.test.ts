import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBlank, normalise, sameText } from '#core/domain/grammar/normalise.ts'

test('texts are the same saying, case, spaces and kinds of dash aside', () => {
  assert.ok(sameText('15. 12. 2026', '15.\u00a012.\u202f2026 '))
  assert.ok(sameText('V prosinci', 'v  PROSINCI'))
  assert.ok(sameText('2–3 týdny', '2-3 ty\u0301dny'))
  assert.ok(!sameText('15.12.2026', '15. 12. 2026'))
  assert.ok(!sameText('2 týdny', '3 týdny'))
})

test('invisible letters and typographic marks do not matter', () => {
  assert.equal(normalise('\ufeffDec\u00ad. ’26\u200b'), "dec. '26")
})

test('a blank cell has only spaces and dashes', () => {
  for (const text of ['', ' \t', '–', '- - -', '\u200b']) assert.ok(isBlank(text), JSON.stringify(text))
  for (const text of ['.', '0', 'n/a', '?']) assert.ok(!isBlank(text), text)
})
