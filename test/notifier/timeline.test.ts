import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { planOrders } from '#notifier/plan-orders.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'
import { makePost } from './a-post.ts'

/** What the desk is told of an order: all that happened, and what the notifier would do next, by the same rules. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
  await world.store.shopSettings.setSendingMode('live')
  await world.store.shopSettings.keepPolicy(world.context.policy)
})
after(() => world.close())

type Timeline = {
  happened: { what: string; words: string; line: string | null; notice: string | null }[]
  next: { outcome: string; rule: string; words: string; until: string | null; hold: string | null }[]
}

async function timeline(number: string): Promise<Timeline> {
  const { status, body } = await desk.ask('GET', `/v1/orders/${number}/timeline`)
  assert.equal(status, 200)
  return body as Timeline
}

async function start(name: string, over: object = {}) {
  const supplier = await makeTestSupplier(world, name, over)
  const read = (delivery: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: name, count: 1 })
  return { read, number: `${name}-0` }
}

test('a change that was mailed: what the supplier said, what was told and by which mail', async () => {
  const { read, number } = await start('mailed')
  await read('1. 4. 2030')
  const first = await timeline(number)
  assert.equal(first.happened.filter(({ what }) => what === 'told').length, 1)
  const [due] = first.next
  assert.deepEqual([due?.outcome, due?.rule, due?.hold], ['due', 'delayed', null])
  assert.match(due?.words ?? '', /delayed: 2030-03-01 \(day\) → 2030-04-01 \(day\) · it is mailed now/)
  const post = await makePost(world)
  await post.send(`${number}/1`)
  const { happened, next } = await timeline(number)
  assert.deepEqual(happened.map(({ what }) => what).toSorted(), [
    'mail',
    'mail',
    'placed',
    'put',
    'supplier',
    'supplier',
    'told',
  ])
  const told = happened.find(({ what }) => what === 'told')
  assert.equal(told?.words, 'the shop told the customer: 2030-03-01 (day)', 'also once a mail has told them more')
  assert.match(happened.at(-1)?.words ?? '', /^sent · line 1 delayed: 2030-03-01 \(day\) → 2030-04-01/)
  assert.deepEqual([next[0]?.outcome, next[0]?.rule], ['quiet', 'same'])
})

test('what waits says for whom it waits: a person, a second reading, a shop that has not gone live', async () => {
  const held = await start('held')
  await held.read('vyprodáno')
  const [hold] = (await timeline(held.number)).next
  assert.deepEqual([hold?.outcome, hold?.rule, hold?.hold], ['held', 'sold-out', 'item/held/I0'])
  const twice = await start('twice', { confirm: 'second-run' })
  await twice.read('1. 5. 2030')
  const { happened, next } = await timeline(twice.number)
  assert.deepEqual([next[0]?.outcome, next[0]?.rule], ['quiet', 'pending'])
  assert.ok(next[0]?.until)
  assert.match(happened.find(({ what }) => what === 'mark')?.words ?? '', /pending: 2030-05-01 \(day\) was read once/)
  const stands = await start('stands')
  await stands.read('1. 6. 2030')
  await world.store.shopSettings.setSendingMode('hold')
  const waits = async () => (await timeline(stands.number)).next[0]?.words ?? ''
  assert.match(await waits(), /sending stands on hold/)
  await world.rewrite('notices', { order: stands.number }, { state: 'sending' })
  assert.match(await waits(), /sending stands on hold/, 'left in the middle, and nobody sends it')
  await world.store.shopSettings.setSendingMode('live')
})

test('what was waived stays in the past of the order, once, when something else is told', async () => {
  const { read, number } = await start('past')
  await read('vyprodáno')
  await desk.decide('item/past/I0', 'waive')
  await planOrders(world.context, [number])
  await read('1. 4. 2030')
  await (await makePost(world)).send(`${number}/1`)
  await read('na dotaz')
  const { happened } = await timeline(number)
  assert.deepEqual(
    happened.filter(({ what }) => what === 'waived').map(({ words, line }) => [line, words]),
    [['1', 'sold-out is not told: hold']],
  )
  assert.equal((await world.store.orders.get(number))?.lines['1']?.waived, null)
})

test('what is not mailed says by which rule, as the shop has set it', async () => {
  const kept = await start('kept')
  const { policy } = world.context
  world.context.policy = { ...policy, mailed: { ...policy.mailed, delayed: false } }
  await world.store.shopSettings.keepPolicy(world.context.policy)
  await kept.read('1. 4. 2030')
  assert.equal((await timeline(kept.number)).next[0]?.rule, 'not-mailed')
  assert.deepEqual(await world.store.notices.ofOrder(kept.number), [])
  world.context.policy = policy
  await world.store.shopSettings.keepPolicy(policy)
  assert.equal((await timeline(kept.number)).next[0]?.rule, 'delayed')
  assert.equal((await desk.ask('GET', '/v1/orders/nobody/timeline')).status, 404)
})
