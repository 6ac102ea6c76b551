import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readText } from '#core/domain/grammar/read-text.ts'
import { written } from './fixtures.ts'

const anchor = '2026-11-21'

function read(text: string, options: Partial<Parameters<typeof readText>[1]> = {}): string {
  return written(readText(text, { language: 'cs', anchor, ...options }))
}

describe('a time stamp', () => {
  test('at midnight is that date as written, whatever its offset', () => {
    for (const end of ['T00:00:00', 'T00:00:00Z', 'T00:00:00.000Z', 'T00:00:00+01:00', 'T00:00', ' 00:00:00']) {
      assert.equal(read(`2026-12-15${end}`), 'expected 2026-12-15 2026-12-15 day')
      const moments = { instant: true, timeZone: 'America/New_York' }
      assert.equal(read(`2026-12-15${end}`, moments), 'expected 2026-12-15 2026-12-15 day')
    }
  })

  test('at another time is unreadable unless the definition says that it is a moment', () => {
    assert.equal(read('2026-12-15T23:30:00Z'), 'unreadable')
    assert.equal(
      read('2026-12-15T23:30:00Z', { instant: true, timeZone: 'Europe/Prague' }),
      'expected 2026-12-16 2026-12-16 day',
    )
    assert.equal(
      read('2026-12-15T00:30:00+01:00', { instant: true, timeZone: 'Europe/London' }),
      'expected 2026-12-14 2026-12-14 day',
    )
    assert.equal(
      read('2026-12-15T23:30:00', { instant: true, timeZone: 'Europe/Prague' }),
      'expected 2026-12-15 2026-12-15 day',
    )
  })

  test('with an impossible time or date is unreadable', () => {
    for (const text of ['2026-12-15T24:00:00', '2026-12-15T10:60:00Z', '2026-02-30T00:00:00', '2026-12-15T10']) {
      assert.equal(read(text, { instant: true, timeZone: 'Europe/Prague' }), 'unreadable')
    }
  })
})

describe('words of the supplier', () => {
  const words = { 'termín dle výrobce': { kind: 'on-request' }, skladem: { kind: 'sold-out' } } as const

  test('are read whole, whatever the case and the spaces', () => {
    assert.equal(read('Termín  dle\u00a0VÝROBCE', { words }), 'on-request')
    assert.equal(read('termín dle výrobce, asi', { words }), 'unreadable')
  })

  test('go before the words of the language', () => {
    assert.equal(read('skladem', { words }), 'sold-out')
  })

  test('are no property of every object', () => {
    assert.equal(read('constructor', { words }), 'unreadable')
    assert.equal(read('toString', { words }), 'unreadable')
  })
})

test('a blank cell is unreadable, unless the definition says what it means', () => {
  for (const text of ['', ' ', '-', '–', '— —', '\u00a0', '---']) {
    assert.equal(read(text), 'unreadable')
    assert.equal(read(text, { blank: 'on-request' }), 'on-request')
  }
})

test('what was not understood is said as it was said', () => {
  assert.deepEqual(readText(' Něco  JINÉHO ', { language: 'cs', anchor }), {
    kind: 'unreadable',
    said: ' Něco  JINÉHO ',
  })
})

test('in stock carries the quantity that is said exactly', () => {
  const cases: [string, number | undefined][] = [
    ['Skladem 5 ks', 5],
    ['5 ks skladem', 5],
    ['skladem (12)', 12],
    ['skladem 1 200 ks', 1200],
    ['skladem > 5 ks', undefined],
    ['skladem 10+ ks', undefined],
    ['skladem více než 10 ks', undefined],
    ['skladem', undefined],
  ]
  for (const [text, quantity] of cases) {
    const expected = quantity === undefined ? { kind: 'in-stock' } : { kind: 'in-stock', quantity }
    assert.deepEqual(readText(text, { language: 'cs', anchor }), expected, text)
  }
  for (const text of ['skladem 0 ks', 'skladem 2026', 'skladem 5. 12.', '3 - skladem', 'skladem 2 týdny']) {
    assert.equal(read(text), 'unreadable', text)
  }
})

test('a cell that leads nowhere costs no more than its length', () => {
  const texts = ['do '.repeat(66), '12/'.repeat(66), 'od cca v do '.repeat(16), '1. a 2. '.repeat(25), '('.repeat(200)]
  const started = performance.now()
  for (const text of texts) assert.equal(read(text), 'unreadable')
  assert.ok(performance.now() - started < 500)
})
