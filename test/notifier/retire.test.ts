import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { planOrders } from '#notifier/plan-orders.ts'
import { planRetired } from '#notifier/plan-retired.ts'
import { tidyHolds } from '#notifier/tidy-holds.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'
import { makePost } from './a-post.ts'

let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const retire = (supplier: string) =>
  desk.ask('POST', `/v1/suppliers/${supplier}/retire`, { because: 'we buy elsewhere' })
const resume = (supplier: string) => desk.ask('POST', `/v1/suppliers/${supplier}/resume`)
const noticesOf = async (order: string) => (await world.store.notices.ofOrder(order)).map(({ state }) => state)
const sentTo = async (post: Awaited<ReturnType<typeof makePost>>, order: string) =>
  (await post.sendDue()).filter(({ to }) => to.address === `${order}@example.com`)
const holdOf = async (item: string) => (await world.store.holds.ofItems([item])).get(item)?.state

const rows = (moved: number) =>
  Array.from({ length: 30 }, (_, i) => ({
    code: `I${i}`,
    title: `Thing ${i}`,
    cells: { delivery: i < moved ? '1. 4. 2030' : '1. 3. 2030' },
  }))

test('a retired supplier is read no more, and nobody is reminded of it; its open orders are counted', async () => {
  const acme = await makeTestSupplier(world, 'acme')
  await acme.read(rows(0))
  await putOrders(world, { supplier: 'acme', count: 2 })
  const held = await acme.read(rows(29))
  assert.equal(held.state, 'held')
  assert.ok(await acme.incident('run-held'))
  const { status, body } = await desk.ask('POST', '/v1/suppliers/acme/retire', { because: 'we buy elsewhere' })
  assert.deepEqual([status, body['openOrders'], (body['paused'] as { retired: boolean }).retired], [200, 2, true])
  assert.equal((await world.store.runs.get(held.id))?.state, 'rejected')
  assert.deepEqual(await world.store.incidents.openOnes(), [])
  world.clock.now = new Date(world.clock.now.getTime() + 4 * 3_600_000)
  await acme.tick()
  assert.equal(await world.store.runs.waiting('acme'), null)
  assert.equal((await desk.ask('POST', '/v1/suppliers/acme/runs')).status, 409)
  assert.equal((await desk.ask('POST', '/v1/suppliers/acme/resume')).status, 200)
  await acme.tick()
  assert.equal((await world.store.runs.underWay('acme'))?.why, 'schedule')
})

test('a run that is under way at that moment is rejected when it ends, and moves nothing (P1)', async () => {
  const supplier = await makeTestSupplier(world, 'under-way')
  await supplier.read(rows(0))
  await putOrders(world, { supplier: 'under-way', count: 1 })
  const { id } = await supplier.ask()
  await retire('under-way')
  const { part, finish } = supplier.whole(id, rows(1))
  await supplier.take(part, finish)
  const run = await world.store.runs.get(id)
  assert.deepEqual([run?.state, run?.reasons], ['rejected', ['its supplier is retired: we buy elsewhere']])
  assert.deepEqual(await noticesOf('under-way-0'), [])
  assert.equal((await supplier.read(rows(1))).state, 'rejected', 'nor is another one requested')
  await resume('under-way')
  assert.equal((await supplier.read(rows(1))).state, 'accepted')
  assert.deepEqual(await noticesOf('under-way-0'), ['due'])
})

test('a run that was let through when its supplier was retired is applied no more', async () => {
  const supplier = await makeTestSupplier(world, 'let-through')
  await supplier.read(rows(0))
  const claimable = {
    id: 'x',
    supplier: supplier.id,
    number: 9,
    requestedAt: new Date(),
    rows: 30,
    hash: 'one',
    grammar: grammarNumber,
  }
  await retire('let-through')
  assert.equal(await world.store.suppliers.claimApply(claimable, 'test'), null)
})

test('a run that fails after that reminds nobody', async () => {
  const supplier = await makeTestSupplier(world, 'fails')
  for (const failure of ['down', 'login-refused'] as const) {
    await supplier.ask()
    await supplier.reach('signing-in')
    await retire('fails')
    await supplier.fail(failure)
    assert.deepEqual(
      (await world.store.incidents.openOnes()).filter(({ subject }) => subject === 'fails'),
      [],
    )
    await resume('fails')
  }
})

test('what was due or held of it is mailed no more, at once; resumed, it is due again from its first difference on', async () => {
  const post = await makePost(world)
  const supplier = await makeTestSupplier(world, 'news')
  await supplier.read(rows(0))
  await putOrders(world, {
    supplier: 'news',
    count: 2,
    more: (i, line) => (i === 0 ? {} : { lines: [{ ...line, code: 'I1' }] }),
  })
  const sold = (code: string) => (row: ReturnType<typeof rows>[number]) =>
    row.code === code ? { ...row, cells: { delivery: 'vyprodáno' } } : row
  await supplier.read(rows(1).map(sold('I1')))
  assert.deepEqual([await noticesOf('news-0'), await holdOf('news/I1')], [['due'], 'open'])
  const since = (await post.notice('news-0'))?.since
  await retire('news')
  assert.deepEqual([await noticesOf('news-0'), await holdOf('news/I1')], [['superseded'], 'ended'])
  assert.deepEqual(await desk.holds(), [])
  const { body } = await desk.ask('GET', '/v1/orders/news-0/timeline')
  assert.match(JSON.stringify(body), /"rule":"retired"/)
  await planOrders(world.context, ['news-0', 'news-1'])
  assert.deepEqual(await sentTo(post, 'news-0'), [])
  world.clock.now = new Date(world.clock.now.getTime() + 3_600_000)
  await resume('news')
  assert.deepEqual([await noticesOf('news-0'), await holdOf('news/I1')], [['superseded', 'due'], 'open'])
  assert.deepEqual((await post.notice('news-0'))?.since, since)
  assert.equal((await sentTo(post, 'news-0')).length, 1)
})

test('where nobody heard of it the sweep plans its orders, and a resume in between is not lost', async () => {
  const supplier = await makeTestSupplier(world, 'unheard')
  await supplier.read(rows(0))
  await putOrders(world, { supplier: 'unheard', count: 1 })
  await supplier.read(rows(1))
  await world.store.suppliers.retire('unheard', 'over')
  const [asked] = await world.store.suppliers.toPlan()
  await planRetired(world.context)
  assert.deepEqual(await noticesOf('unheard-0'), ['superseded'])
  assert.deepEqual(await world.store.suppliers.toPlan(), [])
  await world.store.suppliers.resume('unheard')
  if (asked !== undefined) await world.store.suppliers.planned(asked)
  await planRetired(world.context)
  assert.deepEqual(await noticesOf('unheard-0'), ['superseded', 'due'])
  await world.store.suppliers.pause('unheard', 'for a while')
  await world.store.suppliers.resume('unheard')
  assert.deepEqual(await world.store.suppliers.toPlan(), [], 'a pause changes nothing of what is told')
})

test('a run that is held all the same, as its weighing had begun before, ends with its trouble', async () => {
  const supplier = await makeTestSupplier(world, 'weighed')
  await supplier.read(rows(0))
  await putOrders(world, { supplier: 'weighed', count: 1 })
  const { id } = await supplier.read(rows(29))
  await world.store.suppliers.retire('weighed', 'over')
  await tidyHolds(world.context)
  assert.deepEqual((await world.store.runs.get(id))?.reasons.at(-1), 'its supplier is retired: over')
  assert.equal(await supplier.incident('run-held'), undefined)
})

test('an order that is imported while it is retired is no news at resume (P7)', async () => {
  const supplier = await makeTestSupplier(world, 'imported')
  await supplier.read(rows(1))
  await retire('imported')
  const line = { id: '1', supplier: 'imported', code: 'I0', title: 'Thing', quantity: 1, told: '1. 3. 2030' }
  const order = { number: 'imported-9', placedAt: '2026-11-01T08:00:00Z', customer: { email: 'i@example.com' } }
  await world.store.orders.put(Order.parse({ ...order, lines: [line] }), { single: false })
  await lookAtOrders(world.context, ['imported-9'])
  await resume('imported')
  assert.deepEqual(await noticesOf('imported-9'), [])
})

test('a mail about another line names no date of it', async () => {
  const post = await makePost(world)
  const gone = await makeTestSupplier(world, 'gone')
  const stays = await makeTestSupplier(world, 'stays')
  await gone.read(rows(0))
  await stays.read(rows(0))
  await putOrders(world, {
    supplier: 'stays',
    count: 1,
    more: (_, line) => ({ lines: [line, { ...line, id: '2', supplier: 'gone', code: 'I1' }] }),
  })
  await retire('gone')
  await stays.read(rows(1))
  const [mail] = await sentTo(post, 'stays-0')
  assert.match(mail?.text ?? '', /1\. dubna 2030/)
  assert.equal(
    (mail?.text.match(/března 2030/g) ?? []).length,
    1,
    'what was told of the other line before, and no more',
  )
})
