import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MongoClient } from 'mongodb'
import { Order } from '#core/domain/order.ts'
import { checkOutcomes } from '#notifier/check-outcomes.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
let client: MongoClient
before(async () => {
  world = await makeTestContext()
  client = new MongoClient(world.mongodbUrl)
  acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  await acme.read([item('A', '1. 3. 2030')])
  const line = { id: '1', supplier: 'acme', code: 'A', title: 'Figure A', quantity: 1, told: '1. 3. 2030' }
  await world.store.orders.put(Order.parse(order('1', ['A'], { lines: [line] })), { single: true })
  await lookAtOrders(world.context, ['1'])
})
after(async () => {
  await client.close()
  await world.close()
})

async function lateIncident() {
  return (await world.store.incidents.openOnes()).find(({ kind }) => kind === 'late')
}

test('P4: an item that a run changed and nobody planned is planned by the sweep', async () => {
  const items = client.db().collection('items')
  await items.updateOne(
    { code: 'A' },
    { $set: { unplanned: true, 'now.availability.from': '2030-04-01', 'now.availability.to': '2030-04-01' } },
  )
  await checkOutcomes(world.context)
  assert.equal((await world.store.notices.get('1/1'))?.state, 'due')
  assert.equal(await items.countDocuments({ unplanned: true }), 0)
})

test('P4: a notice that should have gone long ago is an incident, as long as sending is live', async () => {
  const notices = client.db().collection('notices')
  await notices.updateOne({ order: '1' }, { $set: { dueAt: new Date(Date.now() - 3_600_000) } })
  await world.store.shopSettings.setSendingMode('hold')
  await checkOutcomes(world.context)
  assert.equal(await lateIncident(), undefined, 'a person holds sending back')
  await world.store.shopSettings.setSendingMode('live')
  await checkOutcomes(world.context)
  assert.match((await lateIncident())?.words ?? '', /^1 notices should have gone .* 1\/1$/)
  await notices.updateOne({ order: '1' }, { $set: { dueAt: new Date() } })
  await checkOutcomes(world.context)
  assert.equal(await lateIncident(), undefined, 'it is over when nothing is late')
})

test('P4: an order that nobody looks at is an incident', async () => {
  const orders = client.db().collection('orders')
  await orders.updateMany({}, { $set: { look: true, 'shop.putAt': new Date(Date.now() - 3_600_000) } })
  await checkOutcomes(world.context)
  assert.match((await lateIncident())?.words ?? '', /^1 orders were put .* nobody has looked at them$/)
})

test('an old order that was asked for a look only now, as by a new link, is not late', async () => {
  await world.store.orders.askLook(['1'])
  await checkOutcomes(world.context)
  assert.equal(await lateIncident(), undefined)
})
