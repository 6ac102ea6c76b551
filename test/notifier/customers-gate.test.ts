import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { Order } from '#core/domain/order.ts'
import { Gates } from '#core/domain/supplier.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

/** The gate "customers to mail": worked out before anything is written. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const rows = (count: number, change: (i: number) => string): Observation[] =>
  Array.from({ length: count }, (_, i) => ({ code: `I${i}`, title: `Thing ${i}`, cells: { delivery: change(i) } }))
const march = () => '1. 3. 2030'

async function putOrders(supplier: string, count: number, more: (i: number) => object = () => ({})): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) => `${supplier}-${i}`)
  for (const [i, number] of numbers.entries()) {
    const line = { id: '1', supplier, code: 'I0', title: 'Thing', quantity: 1, told: '1. 3. 2030' }
    const customer = { email: `${number}@example.com` }
    const order = { number, placedAt: '2026-11-01T08:00:00Z', customer, lines: [line], ...more(i) }
    await world.store.orders.put(Order.parse(order), { single: true })
  }
  await lookAtOrders(world.context, numbers)
}

const gates = (customers: { share: number; floor: number; most: number }) => Gates.parse({ customers })

test('a run that would mail too many customers is held, however few items it changes, and writes nothing', async () => {
  const supplier = await makeTestSupplier(world, 'many', { gates: gates({ share: 0.5, floor: 4, most: 200 }) })
  await supplier.read(rows(40, march))
  await putOrders(supplier.id, 4)
  const held = await supplier.read(rows(40, (i) => (i === 0 ? '1. 4. 2030' : march())))
  assert.equal(held.state, 'held')
  assert.match(held.reasons.join(), /^4 customers would be mailed, of 4 open orders \(100 %\)$/)
  assert.equal(await world.store.notices.count('due', 'sending', 'sent'), 0)
  const item = await world.store.items.get('many/I0')
  assert.equal(item?.now?.availability.kind === 'expected' && item.now.availability.from, '2030-03-01')
})

test('one customer less passes: lines that are closed, orders that are muted and a second order of one address do not count', async () => {
  const supplier = await makeTestSupplier(world, 'few', { gates: gates({ share: 0, floor: 4, most: 200 }) })
  await supplier.read(rows(40, march))
  await putOrders(supplier.id, 6, (i) => {
    if (i === 3) return { muted: true }
    if (i === 4) return { customer: { email: 'FEW-0@example.com' } }
    const line = { id: '1', supplier: 'few', code: 'I0', title: 'Thing', quantity: 1, told: '1. 3. 2030' }
    return i === 5 ? { lines: [{ ...line, status: 'shipped' }] } : {}
  })
  const run = await supplier.read(rows(40, (i) => (i === 0 ? '1. 4. 2030' : march())))
  assert.deepEqual([run.state, run.reasons], ['accepted', []])
})

test('so many customers hold a run whatever share of the open orders they are', async () => {
  const supplier = await makeTestSupplier(world, 'most', { gates: gates({ share: 1, floor: 1, most: 3 }) })
  await supplier.read(rows(40, march))
  await putOrders(supplier.id, 3)
  const held = await supplier.read(rows(40, (i) => (i === 0 ? '1. 4. 2030' : march())))
  assert.match(held.reasons.join(), /^3 customers would be mailed$/)
})

test('a first run mails nobody, and no number of customers holds it', async () => {
  const supplier = await makeTestSupplier(world, 'first', { gates: gates({ share: 0, floor: 1, most: 1 }) })
  await putOrders(supplier.id, 3)
  const run = await supplier.read(rows(40, () => '1. 4. 2030'))
  assert.equal(run.state, 'accepted')
})
