import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Value } from '#core/domain/item.ts'
import { sameToOrders, valueForOrder } from '#core/domain/order-day.ts'
import { readTexts } from '#core/domain/read-texts.ts'
import { declarationOf } from '#test/support/world.ts'

/** What an item says to one order, where lead times count from each order's day. */
const columns = ['first', 'second'].map((name) => ({ name, holds: 'availability' as const }))
const declaration = declarationOf({ columns, relative: 'order-day' })

function read(first: string, second: string, anchor = '2030-01-10'): Value {
  const reading = readTexts({ first, second }, { anchors: { first: anchor, second: anchor }, declaration })
  assert.ok(reading.kind === 'readable', `${first} ${second}`)
  return { ...reading.said, since: new Date(0), run: 'acme-1' }
}
function daysFor(value: Value, orderDay: string): string {
  const { availability } = valueForOrder(value, orderDay)
  return availability.kind === 'expected' ? `${availability.from} ${availability.to}` : availability.kind
}

test('a lead time counts from the later of the order’s day and its saying’s', () => {
  const value = read('14 dní', '-')
  assert.equal(daysFor(value, '2030-01-05'), '2030-01-10 2030-01-24')
  assert.equal(daysFor(value, '2030-01-20'), '2030-01-20 2030-02-03')
})

test('of several columns the one counts that the item is read from', () => {
  assert.equal(daysFor(read('-', '14 dní'), '2030-01-20'), '2030-01-20 2030-02-03')
  assert.equal(daysFor(read('1. 3. 2030', '14 dní'), '2030-01-20'), '2030-03-01 2030-03-01')
  assert.equal(daysFor(read('14 dní', '1. 3. 2030'), '2030-01-20'), '2030-01-20 2030-02-03')
  assert.equal(daysFor(read('14 dní', 'skladem'), '2030-01-20'), 'in-stock')
})

test('what the value was before it was read anew counts for the order too', () => {
  const reread = valueForOrder({ ...read('21 dní', '-'), reread: read('14 dní', '-') }, '2030-01-20').reread
  assert.equal(reread && daysFor(reread, '2030-01-20'), '2030-01-20 2030-02-03')
})

test('two lead times that end in one week are two, and a date is no lead time', () => {
  const weeks = read('za 3 týdny', '-')
  assert.ok(!sameToOrders(weeks, read('za 2 týdny', '-', '2030-01-17')))
  assert.ok(!sameToOrders(weeks, read('5. týden 2030', '-')))
  assert.ok(sameToOrders(weeks, read('za cca 3 týdny', '-')))
})
