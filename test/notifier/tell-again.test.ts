import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeNoticeJudge } from '#notifier/judge-notices.ts'
import { sweep } from '#notifier/sweep.ts'
import { tellAgain } from '#notifier/tell-again.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'
import { killInWindow } from './a-kill.ts'
import { makePost } from './a-post.ts'

/** A person says that a run was wrong: who still holds what it said is told again, once, and nobody else is mailed. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const row = (code: string, delivery: string) => ({ code, title: `Thing ${code}`, cells: { delivery } })
const newest = async (order: string) => (await world.store.notices.ofOrder(order)).at(-1)

/** One customer each for two items, both told of a run that moved them. */
async function withTold(name: string, over: object = {}) {
  const supplier = await makeTestSupplier(world, name, over)
  await supplier.read([row('I0', '1. 3. 2030'), row('I1', '1. 3. 2030')])
  await putOrders(world, { supplier: name, count: 2, more: (i, line) => ({ lines: [{ ...line, code: `I${i}` }] }) })
  const wrong = await supplier.read([row('I0', '1. 4. 2030'), row('I1', '1. 4. 2030')])
  const post = await makePost(world)
  for (const i of [0, 1]) await post.send(`${name}-${i}/1`)
  return { supplier, wrong: wrong.id, post }
}
type Told = { customers: number; lines: { order: string; state: string }[] }
const toldOf = async (run: string) => (await desk.ask('GET', `/v1/runs/${run}/told`)).body as Told

test('what is still wrong is told again though the shop would not mail it; what is right by now is listed only', async () => {
  const { policy } = world.context
  world.context.policy = { ...policy, toleranceDays: { ...policy.toleranceDays, day: 10 } }
  const { supplier, wrong, post } = await withTold('again')
  // Within the tolerance: nobody hears of it by itself.
  await supplier.read([row('I0', '5. 4. 2030'), row('I1', '1. 4. 2030')])
  assert.equal((await newest('again-0'))?.n, 1)
  const told = await toldOf(wrong)
  assert.deepEqual(
    [told.customers, told.lines.map(({ order, state }) => [order, state])],
    [
      1,
      [
        ['again-0', 'wrong'],
        ['again-1', 'right-by-now'],
      ],
    ],
  )
  const other = await desk.ask('POST', `/v1/runs/${wrong}/tell-again`, { customers: 2 })
  assert.equal(other.status, 409)
  assert.equal((await newest('again-0'))?.n, 1)
  assert.equal((await desk.ask('POST', `/v1/runs/${wrong}/tell-again`, { customers: 1 })).status, 200)
  const notice = await newest('again-0')
  assert.deepEqual([notice?.n, notice?.state, notice?.news[0]?.kind], [2, 'due', 'correction'])
  assert.equal((await newest('again-1'))?.n, 1)
  await post.send('again-0/2')
  assert.deepEqual((await toldOf(wrong)).lines.map(({ state }) => state), ['told-since', 'right-by-now']) // prettier-ignore
  await sweep(world.context)
  assert.equal((await newest('again-0'))?.n, 2, 'once')
  world.context.policy = policy
})

test('who was told that it has arrived hears that it has not, and only by a person’s word', async () => {
  const { supplier, wrong, post } = await withTold('arrived')
  const arrived = await supplier.read([row('I0', 'skladem'), row('I1', '1. 4. 2030')])
  await post.send('arrived-0/2')
  await supplier.read([row('I0', '1. 6. 2030'), row('I1', '1. 4. 2030')])
  assert.equal((await newest('arrived-0'))?.state, 'sent', 'the shelf of the supplier is none of theirs')
  assert.equal((await toldOf(wrong)).customers, 0)
  await desk.ask('POST', `/v1/runs/${arrived.id}/tell-again`, { customers: 1 })
  const notice = await newest('arrived-0')
  assert.deepEqual([notice?.n, notice?.news[0]?.kind], [3, 'correction'])
})

for (const [told, later, ends] of [
  ['1. 4. 2030', '1. 6. 2030', ['delayed', 2]],
  ['skladem', 'vyprodáno', ['arrived', 1]],
] as const)
  test(`what was right when a person said so (${told}) is no mistake when the item moves on`, async () => {
    const name = told === 'skladem' ? 'shelf' : 'right'
    const supplier = await makeTestSupplier(world, name, { soldOut: 'mail' })
    await supplier.read([row('I0', '1. 3. 2030')])
    await putOrders(world, { supplier: name, count: 1 })
    const run = await supplier.read([row('I0', told)])
    const post = await makePost(world)
    await post.send(`${name}-0/1`)
    assert.equal((await desk.ask('POST', `/v1/runs/${run.id}/tell-again`, { customers: 0 })).status, 200)
    await supplier.read([row('I0', later)])
    const notice = await newest(`${name}-0`)
    assert.deepEqual([notice?.news[0]?.kind, notice?.n], ends)
  })

test('what was sent a moment ago counts; lines that are not open, muted orders and retired suppliers do not', async () => {
  const supplier = await makeTestSupplier(world, 'fresh')
  await supplier.read([row('I0', '1. 3. 2030')])
  const numbers = await putOrders(world, { supplier: 'fresh', count: 3 })
  const wrong = await supplier.read([row('I0', '1. 4. 2030')])
  const post = await makePost(world)
  // The notifier dies before what was sent counts as told.
  world.context.at = async (step) => {
    if (step === 'sent-marked') throw new Error('killed')
  }
  await assert.rejects(post.send('fresh-0/1'), /killed/)
  delete world.context.at
  for (const i of [1, 2]) await post.send(`fresh-${i}/1`)
  const change = { [`shop.lines.0.status`]: 'shipped' }
  await world.rewrite('orders', { _id: 'fresh-1' }, change)
  await world.rewrite('orders', { _id: 'fresh-2' }, { 'shop.muted': true })
  await world.rewrite('items', { _id: 'fresh/I0' }, { 'now.availability.to': '2030-05-01', 'now.availability.from': '2030-05-01' }) // prettier-ignore
  const told = await toldOf(wrong.id)
  assert.deepEqual([told.customers, told.lines.map(({ state }) => state)], [1, ['wrong', 'not-mailed', 'not-mailed']])
  await desk.ask('POST', `/v1/runs/${wrong.id}/tell-again`, { customers: 1 })
  assert.deepEqual((await Promise.all(numbers.map(newest))).map((notice) => [notice?.n, notice?.news[0]?.kind]), [[2, 'correction'], [1, 'delayed'], [1, 'delayed']]) // prettier-ignore
  await world.store.suppliers.retire(supplier.id, 'we buy elsewhere')
  assert.equal((await toldOf(wrong.id)).customers, 0)
})

test('what is being sent when a person says so, or rests in the window, is told again too', async () => {
  const supplier = await makeTestSupplier(world, 'flight')
  await supplier.read([row('I0', '1. 3. 2030')])
  await putOrders(world, { supplier: 'flight', count: 2 })
  const wrong = await supplier.read([row('I0', '1. 4. 2030')])
  const post = await makePost(world)
  await killInWindow(world, post, 'flight-1/1')
  world.context.at = async (step) => {
    if (step !== 'mail-accepted') return
    delete world.context.at
    await supplier.read([row('I0', '3. 4. 2030')])
    await world.store.tellAgains.wish(wrong.id, 2)
    await tellAgain(world.context, wrong.id)
  }
  for (const i of [0, 1]) await post.send(`flight-${i}/1`)
  const told = await Promise.all(
    ['flight-0', 'flight-1'].map(async (order) => (await world.store.orders.get(order))?.lines['1']?.told),
  )
  assert.deepEqual(
    told.map((one) => [one?.run, one?.wrong]),
    [
      [wrong.id, true],
      [wrong.id, true],
    ],
  )
  assert.deepEqual((await newest('flight-1'))?.news[0]?.kind, 'correction')
})

test('what was marked as wrong and is right again after all moves like any other', async () => {
  const { supplier, wrong } = await withTold('after-all')
  await supplier.read([row('I0', '3. 4. 2030'), row('I1', '1. 4. 2030')])
  await world.store.tellAgains.wish(wrong, 1)
  await tellAgain(world.context, wrong)
  assert.equal((await newest('after-all-0'))?.news[0]?.kind, 'correction')
  await supplier.read([row('I0', '1. 4. 2030'), row('I1', '1. 4. 2030')])
  await supplier.read([row('I0', '1. 6. 2030'), row('I1', '1. 4. 2030')])
  assert.equal((await newest('after-all-0'))?.news[0]?.kind, 'delayed')
})

test('P5: the yes counts for as many as were shown; a notifier that did not hear of it does it at its sweep', async () => {
  const { supplier, wrong } = await withTold('many')
  await supplier.read([row('I0', '1. 4. 2030'), row('I1', '1. 4. 2030')])
  await supplier.read([row('I0', '3. 4. 2030'), row('I1', '3. 4. 2030')])
  await world.store.tellAgains.wish(wrong, 2)
  await sweep(world.context)
  assert.deepEqual(await world.store.tellAgains.toMark(), [])
  const news = (await newest('many-0'))?.news[0]
  assert.deepEqual([news?.kind, news?.corrects], ['correction', wrong])
  await makeNoticeJudge({ ...world.context, limit: { customers: 1, share: 0, floor: 0 } })()
  const passed = [await newest('many-0'), await newest('many-1')].map((one) => [one?.state, one?.yes])
  assert.deepEqual(
    passed,
    [0, 1].map(() => ['due', `tell-again/${wrong}`]),
  )
})

test('a run that nobody knows is 404', async () => {
  assert.equal((await desk.ask('GET', '/v1/runs/nobody-20300101T0000Z/told')).status, 404)
})
