import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayOf } from '#core/domain/day.ts'
import { addDays } from '#core/domain/grammar/calendar.ts'
import { Order } from '#core/domain/order.ts'
import { noTolerance } from '#core/domain/policy.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let post: Awaited<ReturnType<typeof makePost>>
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
const today = dayOf(new Date(), 'Europe/Prague')
const promised = addDays(today, 3)
let delivery = said(promised)
let slid = 'na dotaz'

before(async () => {
  world = await makeTestContext()
  world.context.policy = { ...world.context.policy, overdueAfterDays: 2, toleranceDays: { ...noTolerance, day: 1 } }
  post = await makePost(world)
  acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  await read()
  const placed = { placedAt: new Date().toISOString(), notifyNow: false }
  await world.store.orders.put(Order.parse(order('late', ['LATE'], placed)), { single: true })
  await look()
})
after(() => world.close())

test('a date that passed is for the admin at first: the line is waived, and the item listed', async () => {
  passTo(addDays(promised, 1))
  await read()
  await look()
  assert.deepEqual(await post.sendDue(), [])
  const line = (await world.store.orders.get('late'))?.lines['1']
  assert.equal(line?.waived?.reason, 'overdue')
  const listed = []
  for await (const one of world.store.items.overdue(addDays(promised, 1))) listed.push(one.id)
  assert.deepEqual(listed, ['acme/LATE'])
})

test('days later the customer hears once that it is late; no date but the old one is named', async () => {
  passTo(addDays(promised, 2))
  await read()
  await look()
  const [mail, ...more] = await post.sendDue()
  assert.deepEqual(more, [])
  assert.match(mail?.subject ?? '', /zboží má zpoždění/)
  assert.match(mail?.text ?? '', /Nově: nový termín zatím neznáme/)
  assert.doesNotMatch(mail?.text ?? '', /má být zboží \d/)
  const told = (await world.store.orders.get('late'))?.lines['1']?.told
  assert.deepEqual([told?.kind, told?.value.kind === 'expected' && told.value.to], ['overdue', promised])
  for (const days of [3, 4, 10]) {
    passTo(addDays(promised, days))
    await read()
    await look()
    assert.deepEqual(await post.sendDue(), [])
  }
})

test('a new date after that is a delay like any other, and its own passing is told again', async () => {
  const next = addDays(promised, 20)
  delivery = said(next)
  await read()
  const [mail] = await post.sendDue()
  assert.match(mail?.subject ?? '', /nový termín/)
  passTo(addDays(next, 2))
  await read()
  await look()
  assert.match((await post.sendDue())[0]?.subject ?? '', /zboží má zpoždění/)
})

test('who held another date than the supplier gave holds it still: no mail has named the other', async () => {
  const own = addDays(promised, 60)
  const line = { id: '1', supplier: 'acme', code: 'SLID', title: 'Figure', quantity: 1, told: said(own) }
  slid = said(addDays(own, 1))
  await read()
  await world.store.orders.put(Order.parse(order('slid', [], { lines: [line], notifyNow: false })), { single: true })
  await lookAtOrders(world.context, ['slid'])
  passTo(addDays(own, 3))
  await read()
  await lookAtOrders(world.context, ['slid'])
  assert.equal((await post.sendDue()).length, 1)
  const told = (await world.store.orders.get('slid'))?.lines['1']?.told
  assert.deepEqual([told?.kind, told?.value.kind === 'expected' && told.value.to], ['overdue', own])
  await lookAtOrders(world.context, ['slid'])
  assert.deepEqual(await post.sendDue(), [])
})

function passTo(day: string): void {
  world.clock.now = new Date(`${day}T12:00:00Z`)
}

async function look(): Promise<void> {
  await lookAtOrders(world.context, ['late'])
}

async function read(): Promise<void> {
  const run = await acme.read([item('LATE', delivery), item('SLID', slid)])
  assert.equal(run.state, 'accepted')
}

function said(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date}. ${month}. ${year}`
}
