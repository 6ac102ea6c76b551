import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MongoClient } from 'mongodb'
import { Order } from '#core/domain/order.ts'
import { forgetOld } from '#notifier/forget-old.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let client: MongoClient
const longAgo = new Date(Date.now() - 400 * 86_400_000)
before(async () => {
  world = await makeTestContext()
  client = new MongoClient(world.mongodbUrl)
  const acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  await acme.read([item('A', '1. 3. 2030')])
})
after(async () => {
  await client.close()
  await world.close()
})

const line = { id: '1', supplier: 'acme', code: 'A', title: 'Figure A', quantity: 1, told: '1. 2. 2030' }

async function put(number: string, status: string): Promise<void> {
  const placedAt = new Date().toISOString()
  const fresh = Order.parse(order(number, ['A'], { placedAt, lines: [line] }))
  await world.store.orders.put(fresh, { single: true })
  await lookAtOrders(world.context, [number])
  await world.store.orders.put(Order.parse({ ...fresh, lines: [{ ...line, status }] }), { single: true })
  await lookAtOrders(world.context, [number])
}

test('an order without an open line is forgotten by age, with its notices and its address; others stay', async () => {
  const orders = client.db().collection<{ _id: string }>('orders')
  for (const [number, status] of [
    ['shipped', 'shipped'],
    ['open', 'open'],
    ['young', 'shipped'],
  ] as const)
    // prettier-ignore
    await put(number, status)
  await orders.updateMany({ _id: { $in: ['shipped', 'open'] } }, { $set: { changedAt: longAgo } })
  assert.equal((await world.store.notices.ofOrder('shipped')).length, 1)
  await forgetOld(world.context)
  const kept = (await orders.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id)
  assert.deepEqual(kept, ['open', 'young'])
  assert.deepEqual(await world.store.notices.ofOrder('shipped'), [])
  assert.equal((await world.store.notices.ofOrder('open')).length, 1)
})

test('an order that is put again after it was forgotten gets its notices anew', async () => {
  await put('shipped', 'open')
  assert.deepEqual(
    (await world.store.notices.ofOrder('shipped')).map(({ id, state }) => [id, state]),
    [['shipped/1', 'due']],
  )
})

test('runs that ended long ago are forgotten, what is held and what is young stays; the item keeps its value', async () => {
  const runs = client.db().collection('runs')
  await runs.updateMany({}, { $set: { endedAt: longAgo } })
  await runs.updateOne({}, { $set: { state: 'held' } })
  const { id } = await (await makeTestSupplier(world, 'acme', { confirm: 'none' })).read([item('A', '1. 3. 2030')])
  await runs.insertOne({ _id: 'old' as never, supplier: 'acme', state: 'accepted', endedAt: longAgo })
  await forgetOld(world.context)
  const left = (await runs.find().toArray()).map(({ _id }) => String(_id))
  assert.ok(!left.includes('old'))
  assert.ok(left.includes(id))
  assert.equal(left.length, 2)
  assert.ok((await world.store.items.get('acme/A'))?.now)
})

test('what a run read that waits for a person is kept for as many days as are set', async () => {
  const days = world.context.keep.partsDays + 5
  world.context.keep.partsDays = days
  const other = await makeTestSupplier(world, 'other')
  const rows = Array.from({ length: 30 }, (_, i) => item(`A${i}`, '1. 3. 2030'))
  await other.read(rows)
  const { id, state } = await other.read(rows.slice(0, 10))
  assert.equal(state, 'held')
  const part = await client.db().collection('parts').findOne({ run: id })
  const left = (Number(part?.['expiresAt']) - Date.now()) / 86_400_000
  assert.ok(left > days - 1 && left <= days, `${left} days`)
})
