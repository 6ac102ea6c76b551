import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { defaultPolicy } from '#core/domain/policy.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let post: Awaited<ReturnType<typeof makePost>>
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
const shelf = new Map<string, string>()

before(async () => {
  world = await makeTestContext()
  world.context.policy = { ...defaultPolicy, digestHours: 0 }
  post = await makePost(world)
  acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  for (const code of ['SPRING', 'AUTUMN', 'AWAY', 'WINDOW', 'ARRIVED']) shelf.set(code, '1. 3. 2030')
  await read()
})
after(() => world.close())

for (const { season, evening, morning } of [
  { season: 'SPRING', evening: '2027-03-27T21:30:00Z', morning: '2027-03-28T06:00:00.000Z' },
  { season: 'AUTUMN', evening: '2027-10-30T20:30:00Z', morning: '2027-10-31T07:00:00.000Z' },
]) {
  test(`what moves in the night in which clocks change in ${season.toLowerCase()} is told at eight`, async () => {
    at(evening)
    await put(season)
    await move(season, '1. 4. 2030')
    assert.equal((await post.notice(season))?.dueAt.toISOString(), morning)
    at(new Date(Date.parse(morning) - 1000).toISOString())
    assert.deepEqual(await post.sendDue(), [])
    at(morning)
    assert.equal((await post.sendDue()).length, 1)
  })
}

test('what arrived in the night waits for the morning too', async () => {
  at('2027-05-01T21:30:00Z')
  await put('ARRIVED')
  await move('ARRIVED', 'skladem')
  assert.equal((await post.notice('ARRIVED'))?.dueAt.toISOString(), '2027-05-02T06:00:00.000Z')
})

test('a notice that waited for the mail server into the night is not sent then, and is due again in the morning', async () => {
  at('2027-05-03T17:59:00Z')
  await put('AWAY')
  await move('AWAY', '1. 4. 2030')
  const due = await post.notice('AWAY')
  assert.ok(due && due.dueAt <= world.clock.now)
  at('2027-05-03T18:00:00Z')
  const sent = post.mails.length
  await post.send(due.id)
  assert.equal(post.mails.length, sent)
  const rested = await post.notice('AWAY')
  assert.equal(rested?.state, 'due')
  assert.equal(rested?.dueAt.toISOString(), '2027-05-04T06:00:00.000Z')
  assert.equal(rested?.since.toISOString(), due.since.toISOString())
  at('2027-05-04T06:00:00Z')
  await post.sendDue()
  assert.equal(post.mails.filter(({ to }) => to.address === 'customer-AWAY@example.com').length, 1)
})

test('a mail of which nobody knows whether it left is not repeated in the night', async () => {
  at('2027-05-05T17:59:00Z')
  await put('WINDOW')
  await move('WINDOW', '1. 4. 2030')
  const notice = await post.notice('WINDOW')
  assert.ok(notice)
  await world.store.notices.pass([notice])
  const claimed = await world.store.notices.claimEach([notice.id], 'one that dies').then(([one = null]) => one)
  assert.ok(claimed)
  const message = { to: 'customer-WINDOW@example.com', language: 'cs', subject: '', text: '' } as const
  const raw = new Uint8Array([1])
  await world.store.notices.handEach([
    { claimed, message: { ...message, messageId: '<1@x>', news: notice.news, others: {}, raw } },
  ])
  await world.store.notices.rest(claimed, -1)
  at('2027-05-05T18:00:00Z')
  const sent = post.mails.length
  await post.send(notice.id)
  assert.equal(post.mails.length, sent)
  const rested = await world.store.notices.get(notice.id)
  assert.equal(rested?.state, 'sending')
  assert.ok(rested.message?.raw, 'it goes byte for byte, when it goes')
  assert.equal(
    await world.store.notices.claimEach([notice.id], 'another').then(([one = null]) => one),
    null,
    'nobody takes it before the morning',
  )
})

function at(moment: string): void {
  world.clock.now = new Date(moment)
}

async function put(code: string): Promise<void> {
  const placed = { placedAt: new Date().toISOString(), notifyNow: false }
  await world.store.orders.put(Order.parse(order(code, [code], placed)), { single: true })
  await lookAtOrders(world.context, [code])
}

async function move(code: string, delivery: string): Promise<void> {
  shelf.set(code, delivery)
  await read()
}

async function read(): Promise<void> {
  const run = await acme.read([...shelf].map(([code, delivery]) => item(code, delivery)))
  assert.equal(run.state, 'accepted')
}
