import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let post: Awaited<ReturnType<typeof makePost>>
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
let root: string | undefined

before(async () => {
  world = await makeTestContext()
  post = await makePost(world)
  acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  await say('1. 3. 2030')
  for (const number of ['one', 'two']) await world.store.orders.put(Order.parse(order(number, ['A'])), { single: true })
  await lookAtOrders(world.context, ['one', 'two'])
})
after(() => world.close())

async function say(delivery: string): Promise<void> {
  await acme.read([item('A', delivery)])
}

/** The next mail of the first order, and that of the second. */
async function next(delivery: string) {
  await say(delivery)
  const mails = await post.sendDue()
  const [one, two] = ['one', 'two'].map((number) => mails.find(({ to }) => to.address === `customer-${number}@example.com`)) // prettier-ignore
  assert.ok(one && two)
  return { one, two }
}

test('the first mail of an order names its conversation, and follows none', async () => {
  const { one, two } = await next('1. 4. 2030')
  assert.equal(one.inReplyTo, undefined)
  assert.equal(one.references?.length, 1)
  root = one.references?.[0]
  assert.match(root ?? '', /^<avizo\.order\.[0-9a-f]{24}@example\.com>$/)
  assert.notEqual(two.references?.[0], root, 'another order is another conversation')
})

test('the mails of an order follow each other in one conversation, of which the last five are named', async () => {
  const ids = (await post.notice('one'))?.message?.messageId.split(' ') ?? []
  for (let month = 5; month <= 11; month++) {
    const { one } = await next(`1. ${month}. 2030`)
    assert.equal(one.inReplyTo, ids.at(-1))
    assert.deepEqual(one.references, [root, ...ids.slice(-5)])
    ids.push(one.messageId)
  }
  assert.equal(new Set(ids).size, 8)
})

test('what was never sent is not named', async () => {
  const last = (await post.notice('one'))?.message?.messageId
  await say('1. 12. 2030')
  post.meanwhile.mayStillSend = false
  assert.deepEqual(await post.sendDue(), [])
  post.meanwhile.mayStillSend = true
  assert.notEqual((await post.notice('one'))?.message?.messageId, last, 'it was ready to go')
  await say('1. 11. 2030')
  await lookAtOrders(world.context, ['one', 'two'])
  assert.equal((await post.notice('one'))?.state, 'superseded')
  const { one } = await next('1. 6. 2031')
  assert.equal(one.inReplyTo, last)
})
