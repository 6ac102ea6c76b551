import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ReadItemOptions } from '#core/domain/grammar/read-item.ts'
import { readItem } from '#core/domain/grammar/read-item.ts'

const options: ReadItemOptions = {
  language: 'cs',
  columns: [
    { name: 'Dostupnost', holds: 'availability' },
    { name: 'Termín', holds: 'availability' },
    { name: 'Kusů', holds: 'quantity' },
  ],
  anchors: { Dostupnost: '2026-11-21', Termín: '2026-11-01' },
}

type Cells = [state: string, date: string, pieces: string]

function read([state, date, pieces]: Cells, more: Partial<ReadItemOptions> = {}) {
  return readItem({ Dostupnost: state, Termín: date, Kusů: pieces, Cena: '99 Kč' }, { ...options, ...more })
}

describe('an item of several columns', () => {
  test('is the first found of discontinued, in-stock, expected, sold-out, on-request', () => {
    assert.deepEqual(read(['na dotaz', 'vyprodáno', '0']), { kind: 'sold-out' })
    assert.equal(read(['vyprodáno', '12/2026', '0']).kind, 'expected')
    assert.deepEqual(read(['vyprodáno', '12/2026', '3']), { kind: 'in-stock', quantity: 3 })
    assert.deepEqual(read(['výroba ukončena', '12/2026', '3']), { kind: 'discontinued' })
  })

  test('is unreadable where any cell is, with what that cell said', () => {
    assert.deepEqual(read(['skladem', 'až to bude', '3']), { kind: 'unreadable', said: 'až to bude' })
    assert.deepEqual(read(['skladem', '', 'hodně']), { kind: 'unreadable', said: 'hodně' })
  })

  test('is unreadable where a column is missing from its cells', () => {
    assert.deepEqual(readItem({ Dostupnost: 'skladem' }, options), { kind: 'unreadable', said: '' })
  })

  test('does not look at columns that the definition does not name', () => {
    assert.equal(read(['skladem', '-', '1']).kind, 'in-stock')
  })

  test('reads each column from its own anchor', () => {
    assert.deepEqual(read(['', 'do 14 dnů', '']), {
      kind: 'expected',
      from: '2026-11-01',
      to: '2026-11-15',
      precision: 'range',
    })
  })

  test('asks for no anchor of a blank cell, and says so where one is missing', () => {
    assert.equal(read(['skladem', ' ', ''], { anchors: { Dostupnost: '2026-11-21' } }).kind, 'in-stock')
    assert.throws(() => read(['skladem', '12/2026', ''], { anchors: {} }), /no anchor for column "Dostupnost"/)
  })
})

describe('a blank cell', () => {
  test('says nothing beside another that is readable', () => {
    assert.deepEqual(read(['–', 'na dotaz', '']), { kind: 'on-request' })
  })

  test('means what the definition says only where nothing else is said', () => {
    assert.deepEqual(read(['', '-', '']), { kind: 'unreadable', said: '' })
    assert.deepEqual(read(['', '-', ''], { blank: 'on-request' }), { kind: 'on-request' })
    assert.deepEqual(read(['', '-', '0'], { blank: 'on-request' }), { kind: 'on-request' })
    assert.deepEqual(read(['vyprodáno', '', '0'], { blank: 'on-request' }), { kind: 'sold-out' })
  })
})

describe('a quantity', () => {
  const only = { columns: [{ name: 'Kusů', holds: 'quantity' as const }] }

  test('above 0 is in stock with that quantity', () => {
    for (const [text, quantity] of [
      ['5', 5],
      ['5 ks', 5],
      ['1 200', 1200],
      ['1\u00a0200 ks', 1200],
      ['5,00', 5],
      ['12.0', 12],
    ] as const) {
      assert.deepEqual(read(['', '', text], only), { kind: 'in-stock', quantity }, text)
    }
  })

  test('that is not said exactly is in stock without one', () => {
    for (const text of ['>10', '> 10 ks', '10+', '10+ ks', 'více než 10', '5.000', '1,500']) {
      assert.deepEqual(read(['', '', text], only), { kind: 'in-stock' }, text)
    }
  })

  test('of 0 says nothing', () => {
    assert.deepEqual(read(['vyprodáno', '', '0']), { kind: 'sold-out' })
    assert.deepEqual(read(['na dotaz', '', '0 ks']), { kind: 'on-request' })
    assert.equal(read(['', '', '0'], only).kind, 'unreadable')
  })

  test('that is below 0, broken, a bound from above, or a date is unreadable', () => {
    for (const text of ['-3', '2,5', '<5', 'do 5 ks', '15. 12. 2026', '12/2026', '1.2.3', '99999999999']) {
      assert.equal(read(['skladem', '', text]).kind, 'unreadable', text)
    }
  })

  test('column may say a status in words', () => {
    assert.deepEqual(read(['', '', 'vyprodáno'], only), { kind: 'sold-out' })
  })
})
