import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Availability } from '#core/domain/availability.ts'
import { messageIdOf } from '#notifier/make-message.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeWorld } from '#test/api/world.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from '#test/notifier/a-context.ts'
import { makeDesk, putOrders, type Desk } from '#test/notifier/a-desk.ts'
import { killInWindow } from '#test/notifier/a-kill.ts'
import { makePost } from '#test/notifier/a-post.ts'

/** What a person at the desk says of notices: none of what gathered, or this one once more. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const noticeOf = async (order: string) => (await world.store.notices.ofOrder(order)).at(-1)

const rows = (delivery: string) => [{ code: 'I0', title: 'Thing', cells: { delivery } }]

/** A supplier whose item has another date than these many customers were told. */
async function withDue(name: string, count: number) {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string) => supplier.read(rows(delivery))
  await read('1. 4. 2030')
  await putOrders(world, { supplier: name, count, more: () => ({ notifyNow: true }) })
  return { read }
}

test('go-live names what has gathered, is refused for another number, mails none of it, and then news is news', async () => {
  await world.store.shopSettings.setSendingMode('hold')
  const { read } = await withDue('gather', 3)
  const { body } = await desk.ask('GET', '/v1/go-live')
  assert.deepEqual([body['mode'], body['notices'], body['customers']], ['hold', 3, 3])
  const other = await desk.ask('POST', '/v1/go-live', { notices: 2 })
  assert.deepEqual([other.status, await world.store.shopSettings.sendingMode('off')], [409, 'hold'])
  assert.match(String(other.body['detail']), /3 notices wait by now, not 2/)
  assert.equal((await desk.ask('POST', '/v1/go-live', { notices: 3 })).status, 200)
  assert.equal(await world.store.shopSettings.sendingMode('hold'), 'live')
  for (let i = 0; i < 3; i++) {
    assert.equal((await noticeOf(`gather-${i}`))?.state, 'superseded')
    assert.equal((await world.store.orders.get(`gather-${i}`))?.lines['1']?.waived?.reason, 'hold')
  }
  assert.equal((await desk.ask('POST', '/v1/go-live', { notices: 0 })).status, 409, 'it is live already')
  await read('1. 5. 2030')
  assert.equal((await noticeOf('gather-0'))?.state, 'due')
})

test('go-live waives too what had gathered and only rests while something else is pending', async () => {
  await world.store.shopSettings.setSendingMode('hold')
  const supplier = await makeTestSupplier(world, 'rests', { confirm: 'second-run' })
  await supplier.read(rows('1. 4. 2030'))
  await putOrders(world, { supplier: 'rests', count: 1, more: () => ({ notifyNow: true }) })
  await supplier.read(rows('1. 6. 2030'))
  assert.equal((await noticeOf('rests-0'))?.state, 'superseded')
  const { body } = await desk.ask('GET', '/v1/go-live')
  assert.equal((await desk.ask('POST', '/v1/go-live', { notices: body['notices'] })).status, 200)
  const line = (await world.store.orders.get('rests-0'))?.lines['1']
  assert.deepEqual([line?.waived?.value, line?.since], [expected('2030-04-01'), null])
  await supplier.read(rows('1. 4. 2030'))
  assert.equal((await noticeOf('rests-0'))?.state, 'superseded', 'what was pending is gone, and nobody is mailed')
})

test('go-live waives too what was left in the middle of sending; what may have been accepted counts as sent', async () => {
  const { notices, shopSettings } = world.store
  await shopSettings.setSendingMode('live')
  const { read } = await withDue('left', 3)
  const post = await makePost(world)
  // Killed before a message was handed over, killed after it, and resting in the window.
  await claim('left-0')
  await killInWindow(world, post, 'left-1/1')
  await killInWindow(world, post, 'left-2/1')
  const [resting] = await notices.claimEach(['left-2/1'], 'test')
  assert.ok(resting)
  await notices.rest(resting, 600)
  await read('1. 6. 2030')
  await shopSettings.setSendingMode('off')
  const { body } = await desk.ask('GET', '/v1/go-live')
  assert.equal(body['notices'], 2, 'the lease of one stands: whoever has it may still be at it')
  const begun = await desk.ask('POST', '/v1/go-live', { notices: 2 })
  assert.equal(begun.status, 503)
  await world.rewrite('notices', { _id: 'left-0/1' }, { 'claim.until': new Date(0) })
  assert.equal((await desk.ask('POST', '/v1/go-live', { notices: 1 })).status, 200)
  const left = await Promise.all([0, 1, 2].map((i) => notices.ofOrder(`left-${i}`)))
  assert.deepEqual(
    left.map((list) => list.map(({ n, state, window }) => [n, state, window])),
    [[[1, 'superseded', undefined]], [[1, 'sent', true]], [[1, 'sent', true]]],
  )
  const { told, waived } = (await world.store.orders.get('left-2'))?.lines['1'] ?? {}
  assert.deepEqual(
    [told?.value, told?.uncertain, waived?.value],
    [expected('2030-04-01'), true, expected('2030-06-01')],
  )
})

test('nothing goes live where no notifier waives what has gathered', async () => {
  await world.store.shopSettings.setSendingMode('hold')
  await withDue('nobody', 1)
  const { send } = makeWorld(world.store)
  assert.equal((await send('POST', '/v1/go-live', { notices: 1 })).status, 503)
  assert.equal(await world.store.shopSettings.sendingMode('live'), 'hold')
  assert.equal((await desk.ask('POST', '/v1/go-live', { notices: 0 })).status, 200)
  assert.equal((await noticeOf('nobody-0'))?.state, 'superseded')
})

test('a failed notice goes again by a person’s word, with a Message-ID of its own, and its incident is over', async () => {
  await withDue('again', 1)
  const post = await makePost(world)
  await rest('again-0', { state: 'failed', reason: '554 no' })
  const id = 'again-0/1'
  await world.context.incidents.open({ kind: 'notice-failed', subject: id, words: '554 no', hint: 'x' })
  const { status, body } = await desk.ask('POST', `/v1/notices/${encodeURIComponent(id)}/resend`)
  assert.deepEqual([status, body['state']], [200, 'due'])
  assert.ok(!(await world.store.incidents.openOnes()).some(({ kind }) => kind === 'notice-failed'))
  await post.send(id)
  assert.equal((await noticeOf('again-0'))?.state, 'sent')
  const from = 'shop@example.com'
  assert.equal(post.mails[0]?.messageId, messageIdOf({ id, resent: 1 }, from))
  assert.notEqual(post.mails[0]?.messageId, messageIdOf({ id }, from))
  const twice = await desk.ask('POST', `/v1/notices/${encodeURIComponent(id)}/resend`)
  assert.equal(twice.status, 409, 'what was sent does not go again')
})

test('a suppressed notice that goes again tries its address again', async () => {
  await withDue('right', 1)
  const email = 'right-0@example.com'
  await world.store.people.suppress(email, 'refused')
  await rest('right-0', { state: 'suppressed', reason: 'refused', refusedAddress: email })
  assert.equal((await desk.ask('POST', '/v1/notices/right-0%2F1/resend')).status, 200)
  assert.equal(await world.store.people.suppressedBecause(email), null)
  assert.equal((await noticeOf('right-0'))?.state, 'due')
  assert.equal((await desk.ask('POST', '/v1/notices/no-order%2F1/resend')).status, 404)
})

test('an address that a person freed is tried again by all notices that wait for it, judged as fresh ones are', async () => {
  const supplier = await makeTestSupplier(world, 'freed')
  await supplier.read(rows('1. 4. 2030'))
  const customer = { email: 'freed@example.com' }
  await putOrders(world, { supplier: 'freed', count: 3, more: () => ({ notifyNow: true, customer }) })
  await world.store.people.suppress(customer.email, 'refused')
  for (const order of ['freed-0', 'freed-1'])
    await rest(order, { state: 'suppressed', reason: 'refused', refusedAddress: customer.email })
  const sent = await desk.ask('POST', '/v1/notices/freed-2%2F1/resend')
  assert.equal(sent.status, 409, 'it is due, and needs no word')
  assert.equal(await world.store.people.suppressedBecause(customer.email), 'refused', 'a refused word frees nobody')
  assert.equal((await desk.ask('POST', '/v1/notices/freed-0%2F1/resend')).status, 200)
  await sweep(world.context)
  const { state, reason } = (await noticeOf('freed-1')) ?? {}
  assert.deepEqual([state, reason], ['due', undefined])
  const waiting = (await world.store.notices.unjudged()).map(({ id }) => id)
  assert.ok(waiting.includes('freed-0/1') && waiting.includes('freed-1/1'))
})

function expected(day: string): Availability {
  return { kind: 'expected', from: day, to: day, precision: 'day' }
}

/** As the sender leaves a notice that was not accepted. */
async function rest(
  order: string,
  release: { state: 'failed' | 'suppressed'; reason: string; refusedAddress?: string },
) {
  await world.store.notices.release(await claim(order), release)
}

async function claim(order: string) {
  const notice = await noticeOf(order)
  assert.ok(notice)
  await world.store.notices.pass([notice])
  const claimed = await world.store.notices.claimEach([notice.id], 'test').then(([one = null]) => one)
  assert.ok(claimed)
  return claimed
}
