import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { putOrders } from './a-desk.ts'
import { makePost } from './a-post.ts'

/** What keeps an older view of things, or an address that is not mailed to, from doing harm: each guard by itself. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const row = (delivery: string) => ({ code: 'I0', title: 'Thing', cells: { delivery } })
const day = (from: string) => ({ kind: 'expected' as const, from, to: from, precision: 'day' as const })
const notice = async (order: string) => (await world.store.notices.ofOrder(order)).at(-1)

async function start(name: string, over: object = {}) {
  const supplier = await makeTestSupplier(world, name, over)
  await supplier.read([row('1. 3. 2030')])
  await putOrders(world, { supplier: name, count: 1 })
  return supplier
}

test('P10: nothing is mailed to an address that another order’s mail was refused for', async () => {
  const supplier = await start('address')
  await supplier.read([row('1. 4. 2030')])
  await world.store.people.suppress('address-0@example.com', 'the mail server refused the address')
  const post = await makePost(world)
  await post.send('address-0/1')
  assert.equal(post.mails.length, 0)
  const { state, reason } = (await notice('address-0')) ?? {}
  assert.deepEqual([state, reason], ['suppressed', 'the mail server refused the address'])
})

test('an old date that was only assumed, from what was seen after the order was placed, is not shown', async () => {
  const supplier = await makeTestSupplier(world, 'assumed')
  const lines = [{ id: '1', supplier: 'assumed', code: 'I0', title: 'Thing', quantity: 1 }]
  const order = { number: 'assumed', placedAt: '2026-11-01T08:00:00Z', customer: { email: 'a@example.com' }, lines }
  await supplier.read([row('1. 3. 2030')])
  await world.store.orders.put(Order.parse(order), { single: true })
  await lookAtOrders(world.context, ['assumed'])
  await supplier.read([row('1. 4. 2030')])
  const post = await makePost(world)
  await post.send('assumed/1')
  const { text = '' } = post.mails[0] ?? {}
  assert.match(text, /1\. dubna 2030/)
  assert.doesNotMatch(text, /března/)
})

test('an arrival of fewer pieces than all open lines wait for is held, one of enough is not', async () => {
  const columns = [
    { name: 'delivery', holds: 'availability' as const },
    { name: 'pieces', holds: 'quantity' as const },
  ]
  const supplier = await makeTestSupplier(world, 'pieces', { columns })
  const read = (delivery: string, pieces: string) =>
    supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery, pieces } }])
  await read('1. 3. 2030', '0')
  await putOrders(world, { supplier: 'pieces', count: 3 })
  await read('skladem', '2')
  assert.equal((await world.store.holds.ofItems(['pieces/I0'])).get('pieces/I0')?.because, 'too-few')
  assert.equal(await notice('pieces-0'), undefined)
  await read('skladem', '3')
  assert.equal((await notice('pieces-0'))?.news[0]?.kind, 'arrived')
})

test('an older run is applied no more after a later one, and writes over no item of it', async () => {
  const supplier = await start('order')
  await supplier.read([row('1. 4. 2030')])
  const { items, suppliers } = world.store
  const older = {
    id: 'order-older',
    supplier: 'order',
    number: 1,
    requestedAt: new Date(),
    rows: 1,
    hash: 'one',
    grammar: grammarNumber,
  }
  assert.equal(await suppliers.claimApply(older, 'test'), null)
  const item = await items.get('order/I0')
  assert.ok(item)
  await items.writeDifferences([{ item: { ...item, title: 'as an older run had it', run: 1 }, planned: false }])
  assert.deepEqual(await items.get('order/I0'), item)
})

test('"not planned" is cleared only as long as the run’s number stands', async () => {
  await start('planned')
  await world.rewrite('items', { _id: 'planned/I0' }, { unplanned: true, run: 5 })
  const left = async () => {
    let count = 0
    for await (const items of world.store.items.leftUnplanned('planned')) count += items.length
    return count
  }
  await world.store.items.clearUnplanned(['planned/I0'], 4)
  assert.equal(await left(), 1)
  await world.store.items.clearUnplanned(['planned/I0'], 5)
  assert.equal(await left(), 0)
})

test('who planned by an older view of an order or of its notice changes neither', async () => {
  const supplier = await start('older')
  const [seen] = await world.store.orders.getMany(['older-0'])
  await supplier.read([row('1. 4. 2030')])
  const planned = await notice('older-0')
  assert.ok(seen && planned)
  await supplier.read([row('1. 5. 2030')])
  await world.store.notices.change([{ notice: planned, news: planned.news }])
  assert.deepEqual((await notice('older-0'))?.news[0]?.now, day('2030-05-01'))
  assert.equal(await world.store.notices.supersede(planned, 'an older view'), false)
  await (await makePost(world)).send('older-0/1')
  // Its mail went meanwhile, so `seen` is of before its first notice ended.
  const waived = { value: day('2030-05-01'), reason: 'hold' as const, at: new Date() }
  await world.store.orders.saveLines([{ guard: seen, lines: { 1: { waived } } }])
  assert.equal((await world.store.orders.get('older-0'))?.lines['1']?.waived, null)
})
