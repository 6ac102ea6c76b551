import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { declarationOf } from '#scraper/declare.ts'
import { supplierOf } from './a-supplier.ts'

test('a declaration says what the notifier must know, and nothing of how the portal is reached', () => {
  const supplier = supplierOf({ words: { ' Dle  VÝROBCE': { kind: 'on-request' } } })
  const declaration = declarationOf(supplier)
  assert.deepEqual(
    Object.keys(declaration).sort(),
    Object.keys(SupplierDeclaration.shape)
      .filter((key) => key !== 'blank')
      .sort(),
  )
  assert.deepEqual(declaration.words, { 'dle výrobce': { kind: 'on-request' } })
  assert.equal(declaration.hash, supplier.hash)
  assert.equal(declaration.grammar, grammarNumber)
  assert.deepEqual(declaration.schedule, { cron: '0 7,12 * * *', jitterSeconds: 0, longestGapSeconds: 19 * 3600 })
})

test('a schedule that ticks once in years declares no gap, so that nobody calls it silent', () => {
  const { schedule } = declarationOf(supplierOf({ schedule: { cron: '0 4 29 2 *', jitterSeconds: 0 } }))
  assert.equal(schedule.longestGapSeconds, undefined)
})
