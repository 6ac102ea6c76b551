import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { sweep } from '#notifier/sweep.ts'
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

test('who dies between the look at an order and its planning leaves the look to be done again', async () => {
  const acme = await makeTestSupplier(world, 'dies')
  await acme.read([item('A', '1. 4. 2030')])
  // The daily look would find it too, but only tomorrow.
  await sweep(world.context)
  const lines = [{ id: '1', supplier: 'dies', code: 'A', title: 'A', quantity: 1, told: '1. 3. 2030' }]
  await world.store.orders.put(Order.parse(order('dies', ['A'], { lines, notifyNow: true })), { single: true })
  const dying = { ...world.context, at: () => Promise.reject(new Error('killed')) }
  await assert.rejects(lookAtOrders(dying, ['dies']), /killed/)
  assert.equal((await world.store.orders.get('dies'))?.looked, 1)
  await sweep(world.context)
  const [notice] = await world.store.notices.ofOrder('dies')
  assert.equal(notice?.state, 'due')
  assert.equal((await world.store.orders.get('dies'))?.look, undefined)
})

test('a look that is asked for while another is under way is done after it', async () => {
  const acme = await makeTestSupplier(world, 'again')
  await acme.read([item('A', '1. 3. 2030')])
  await world.store.orders.put(Order.parse(order('again', ['A'])), { single: true })
  await lookAtOrders({ ...world.context, at: () => world.store.orders.askLook(['again']) }, ['again'])
  assert.deepEqual(await world.store.orders.toLook(10), ['again'])
})

test('what a person waives during a look stays waived, though the shop points to the item in another way', async () => {
  const acme = await makeTestSupplier(world, 'kept')
  await acme.read([{ ...item('A', '1. 4. 2030'), ean: '4012345678901' }])
  const line = { id: '1', title: 'A', quantity: 1, told: '1. 3. 2030' }
  const put = async (pointing: object) => {
    const lines = [{ ...line, ...pointing }]
    await world.store.orders.put(Order.parse(order('kept', ['A'], { lines, notifyNow: true })), { single: true })
  }
  await put({ supplier: 'kept', code: 'A' })
  await lookAtOrders(world.context, ['kept'])
  assert.equal((await world.store.notices.ofOrder('kept'))[0]?.state, 'due')
  await put({ ean: '4012345678901' })
  const { orders } = world.store
  const value = { kind: 'expected' as const, from: '2030-04-01', to: '2030-04-01', precision: 'day' as const }
  const waived = { value, reason: 'hold' as const, at: new Date() }
  const saveLook: typeof orders.saveLook = async (seen, ...found) => {
    await orders.saveLines([{ guard: seen, lines: { 1: { waived, since: null } } }])
    return orders.saveLook(seen, ...found)
  }
  await lookAtOrders({ ...world.context, store: { ...world.store, orders: { ...orders, saveLook } } }, ['kept'])
  const state = (await orders.get('kept'))?.lines['1']
  assert.deepEqual([state?.asked, state?.item, state?.waived], ['ean:4012345678901', 'kept/A', waived])
  assert.equal((await world.store.notices.ofOrder('kept'))[0]?.state, 'superseded')
})

test('the daily look has one taker, and is left to another only where it does not come to its end', async () => {
  const { shopSettings } = world.store
  const takers = await Promise.all([1, 2, 3].map(() => shopSettings.beginDailyLook('2031-01-01')))
  assert.equal(takers.filter(Boolean).length, 1)
  await shopSettings.endDailyLook('2031-01-01')
  assert.equal(await shopSettings.beginDailyLook('2031-01-01'), false)
  assert.equal(await shopSettings.beginDailyLook('2031-01-02'), true)
})

test('a store belongs to the demo or to a shop, whoever asked first', async () => {
  const { shopSettings } = world.store
  assert.equal(await shopSettings.installedAs('demo'), 'demo')
  assert.equal(await shopSettings.installedAs('shop'), 'demo')
})
