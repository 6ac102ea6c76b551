import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

test('a look that nobody asked for, and that finds nothing, writes nothing', async () => {
  const acme = await makeTestSupplier(world, 'acme')
  await acme.read([item('A', '1. 3. 2030')])
  await world.store.orders.put(Order.parse(order('1', ['A'])), { single: true })
  await lookAtOrders(world.context, ['1'])
  const untouched = await world.store.orders.get('1')
  assert.equal(untouched?.look, undefined)
  await lookAtOrders(world.context, ['1'])
  assert.deepEqual(await world.store.orders.get('1'), untouched, 'who follows changes is told of none')
  await world.store.orders.askLook(['1'])
  await lookAtOrders(world.context, ['1'])
  assert.equal((await world.store.orders.get('1'))?.look, undefined, 'a look that was asked for is done')
})

test('the daily look has one taker, and is left to another only where it does not come to its end', async () => {
  const { shopSettings } = world.store
  const takers = await Promise.all([1, 2, 3].map(() => shopSettings.beginDailyLook('2026-11-27')))
  assert.equal(takers.filter(Boolean).length, 1)
  await shopSettings.endDailyLook('2026-11-27')
  assert.equal(await shopSettings.beginDailyLook('2026-11-27'), false)
  assert.equal(await shopSettings.beginDailyLook('2026-11-28'), true)
})

test('a store belongs to the demo or to a shop, whoever asked first', async () => {
  const { shopSettings } = world.store
  assert.equal(await shopSettings.installedAs('demo'), 'demo')
  assert.equal(await shopSettings.installedAs('shop'), 'demo')
})
