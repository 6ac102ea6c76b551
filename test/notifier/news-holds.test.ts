import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { planOrders } from '#notifier/plan-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'

/** News that waits for a person before any line may say it: one hold an item. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const rows = (first: string): Observation[] =>
  Array.from({ length: 5 }, (_, i) => ({
    code: `I${i}`,
    title: `Thing ${i}`,
    cells: { delivery: i === 0 ? first : '1. 3. 2030' },
  }))

/** Two customers with three pieces of an item that is sold out, and one of them with a line that moved besides. */
async function withHeld(name: string) {
  const supplier = await makeTestSupplier(world, name)
  await supplier.read(rows('1. 3. 2030'))
  await putOrders(world, {
    supplier: name,
    count: 2,
    more: (i, line) =>
      i === 0
        ? {
            lines: [
              { ...line, quantity: 2 },
              { ...line, id: '2', code: 'I1' },
            ],
          }
        : {},
  })
  const moved = rows('vyprodáno').map((row) =>
    row.code === 'I1' ? { ...row, cells: { delivery: '1. 4. 2030' } } : row,
  )
  await supplier.read(moved)
  return { supplier, moved, id: `item/${name}/I0` }
}
const newsOf = async (order: string) => {
  const [notice] = (await world.store.notices.ofOrder(order)).toReversed()
  return notice && ['due', 'sent'].includes(notice.state) ? notice.news.map(({ line, kind }) => `${line} ${kind}`) : []
}

test('a hold of news shows whom it concerns; its lines wait, the other lines of the order go on', async () => {
  const { id } = await withHeld('shows')
  const listed = (await desk.holds()).find((hold) => hold['id'] === id)
  assert.deepEqual([listed?.['kind'], listed?.['subject'], listed?.['customers']], ['news', 'shows/I0', 2])
  const { body } = await desk.hold(id)
  const news = body['news'] as { pieces: number; availability: { kind: string }; item: { title: string } }
  assert.deepEqual([news.pieces, news.availability.kind, news.item.title], [3, 'sold-out', 'Thing 0'])
  assert.deepEqual(await newsOf('shows-0'), ['2 delayed'])
  assert.deepEqual(await newsOf('shows-1'), [])
})

test('a person’s yes stands though a slower notifier planned the same news by what it saw before', async () => {
  const { supplier, moved, id } = await withHeld('slow')
  await supplier.read(rows('1. 3. 2030'))
  const stateOf = async () => (await world.store.holds.ofItems(['slow/I0'])).get('slow/I0')?.state
  assert.equal(await stateOf(), 'ended')
  world.context.at = async (step) => {
    if (step !== 'lines-saved') return
    delete world.context.at
    await planOrders(world.context, ['slow-0', 'slow-1'])
    assert.equal((await desk.decide(id, 'approve', { customers: 2 })).status, 200)
  }
  await supplier.read(moved)
  assert.equal(await stateOf(), 'approved')
  assert.deepEqual(await newsOf('slow-1'), ['1 sold-out'])
})

test('approved by the number shown, its lines are due', async () => {
  const { id } = await withHeld('yes')
  const refused = await desk.decide(id, 'approve', { customers: 3 })
  assert.equal(refused.status, 409)
  assert.match(String(refused.body['detail']), /would mail 2 customers now, not 3/)
  assert.equal((await desk.decide(id, 'approve', { customers: 2, silent: true })).status, 409)
  assert.equal((await desk.decide(id, 'approve', { customers: 2 })).status, 200)
  assert.deepEqual(await newsOf('yes-0'), ['1 sold-out', '2 delayed'])
  assert.deepEqual(await newsOf('yes-1'), ['1 sold-out'])
  const again = await desk.decide(id, 'approve', { customers: 2 })
  assert.deepEqual([again.status, again.body['detail']], [409, `"${id}" waits no longer: it is approved.`])
})

test('an approval of news is refused where more customers wait by now than were shown', async () => {
  const { id } = await withHeld('more')
  await putOrders(world, { supplier: 'more', count: 1, from: 5, more: () => ({ notifyNow: true }) })
  const refused = await desk.decide(id, 'approve', { customers: 2 })
  assert.match(String(refused.body['detail']), /would mail 3 customers now, not 2/)
})

test('waived, nobody hears of it, and what the supplier says next is news again', async () => {
  const { supplier, id } = await withHeld('no')
  assert.equal((await desk.decide(id, 'discard')).status, 409, 'only a run is discarded')
  assert.equal((await desk.decide(id, 'waive')).status, 200)
  assert.deepEqual(await newsOf('no-0'), ['2 delayed'])
  const line = (await world.store.orders.get('no-1'))?.lines['1']
  assert.deepEqual([line?.waived?.reason, line?.since], ['hold', null])
  assert.deepEqual(
    (await desk.holds()).filter((hold) => hold['id'] === id),
    [],
  )
  await supplier.read(rows('1. 5. 2030'))
  assert.deepEqual(await newsOf('no-1'), ['1 delayed'])
})

test('a decision whose notifier did not hear of it is done by the sweep', async () => {
  const { id } = await withHeld('unheard')
  const [hold] = (await world.store.holds.openOnes()).filter((one) => one.id === id)
  assert.ok(hold)
  assert.ok(await world.store.holds.decide(hold, 'approved'))
  assert.deepEqual(await newsOf('unheard-1'), [])
  await sweep(world.context)
  assert.deepEqual(await newsOf('unheard-1'), ['1 sold-out'])
  assert.deepEqual(await world.store.holds.toPlan(), [])
})

test('what a person said of sold out is not said of it for ever: once the item was there again, they are asked anew', async () => {
  for (const verb of ['approve', 'waive'] as const) {
    const { supplier, moved, id } = await withHeld(`${verb}-once`)
    const { body } = await desk.hold(id)
    assert.equal((await desk.decide(id, verb, { customers: body['customers'] as number })).status, 200)
    await supplier.read(moved.map((row) => (row.code === 'I0' ? { ...row, cells: { delivery: '1. 6. 2030' } } : row)))
    await supplier.read(moved)
    assert.equal((await desk.hold(id)).status, 200, `${verb} counted a second time`)
  }
})

test('who waived an arrival of too few pieces did not waive one of enough', async () => {
  const columns = [
    { name: 'delivery', holds: 'availability' as const },
    { name: 'pieces', holds: 'quantity' as const },
  ]
  const supplier = await makeTestSupplier(world, 'few', { columns })
  const read = (delivery: string, pieces: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery, pieces } }]) // prettier-ignore
  await read('1. 3. 2030', '0')
  await putOrders(world, { supplier: 'few', count: 3 })
  await read('skladem', '1')
  assert.equal((await desk.decide('item/few/I0', 'waive')).status, 200)
  assert.equal((await world.store.orders.get('few-0'))?.lines['1']?.waived?.reason, 'too-few')
  await read('skladem', '2')
  assert.deepEqual(await newsOf('few-0'), [])
  await read('skladem', '50')
  assert.deepEqual(await newsOf('few-0'), ['1 arrived'])
})

/** A customer who waits for an item whose code comes with another title by now. */
async function withRetitled(name: string, said = '1. 4. 2030') {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string, title: string) => supplier.read([{ code: 'I0', title, cells: { delivery } }])
  await read('1. 3. 2030', 'Thing')
  await putOrders(world, { supplier: name, count: 1 })
  await read(said, 'Wooden rail')
  const id = `item/${name}/I0`
  const hold = async () => (await world.store.holds.ofItems([`${name}/I0`])).get(`${name}/I0`)
  const approve = () => desk.decide(id, 'approve', { customers: 1 })
  return { id, read, hold, approve, order: `${name}-0` }
}

test('a title that a person approved is right from then on: its next date is not held, the old title is', async () => {
  const { read, hold, approve, order } = await withRetitled('renamed')
  assert.equal((await hold())?.because, 'title')
  assert.equal((await approve()).status, 200)
  assert.deepEqual(await newsOf(order), ['1 delayed'])
  await read('1. 5. 2030', 'Wooden rails')
  assert.deepEqual([await newsOf(order), (await hold())?.state], [['1 delayed'], 'ended'])
  await read('1. 6. 2030', 'Thing')
  assert.deepEqual([(await hold())?.because, (await hold())?.state], ['title', 'open'])
})

test('whether it is the same article, and whether its customers hear that it is sold out, are two questions', async () => {
  const { hold, approve, order } = await withRetitled('both', 'vyprodáno')
  assert.equal((await approve()).status, 200)
  assert.deepEqual([(await hold())?.because, (await hold())?.state], ['sold-out', 'open'])
  assert.deepEqual(await newsOf(order), [])
  assert.equal((await approve()).status, 200)
  assert.deepEqual(await newsOf(order), ['1 sold-out'])
})

test('who waived news under another title did not say that it is the same article', async () => {
  const { id, read, hold } = await withRetitled('waived-title')
  assert.equal((await desk.decide(id, 'waive')).status, 200)
  await read('1. 5. 2030', 'Wooden rail')
  assert.deepEqual([(await hold())?.because, (await hold())?.state], ['title', 'open'])
})

test('a person who approves a title approves the one that they were shown', async () => {
  const { read, hold, approve, order } = await withRetitled('third')
  const shown = await hold()
  assert.ok(shown)
  await read('1. 4. 2030', 'Silver spoon')
  assert.notEqual((await hold())?.run, shown.run)
  assert.equal(await world.store.holds.decide(shown, 'approved'), false)
  assert.equal((await approve()).status, 200)
  await read('1. 5. 2030', 'Silver spoon')
  assert.deepEqual(await newsOf(order), ['1 delayed'])
})

test('the hold ends by itself when its item is there again, and when nobody waits for it any more', async () => {
  const { supplier, moved, id } = await withHeld('back')
  await supplier.read(moved.map((row) => (row.code === 'I0' ? { ...row, cells: { delivery: '1. 3. 2030' } } : row)))
  assert.equal((await desk.hold(id)).status, 409)
  assert.deepEqual(await newsOf('back-1'), [])
  await supplier.read(moved)
  assert.equal((await desk.hold(id)).status, 200)
  for (const number of ['back-0', 'back-1']) {
    const { rev: _rev, putAt: _putAt, single: _single, ...shop } = (await world.store.orders.get(number))?.shop ?? {}
    const lines = (shop as Order).lines.map((line) => (line.id === '1' ? { ...line, status: 'shipped' } : line))
    await world.store.orders.put(Order.parse({ ...shop, lines }), { single: true })
    await lookAtOrders(world.context, [number])
  }
  assert.equal((await desk.hold(id)).status, 409)
})
