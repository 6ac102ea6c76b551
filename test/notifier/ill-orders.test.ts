import assert from 'node:assert/strict'
import { afterEach, beforeEach, test } from 'node:test'
import { makeNoticeJudge } from '#notifier/judge-notices.ts'
import { planOrders } from '#notifier/plan-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { putOrders } from './a-desk.ts'

/** Orders that cannot be planned, by whatever defect, stand in nobody's way, and a person hears of them (P4). */
let world: TestContext
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
/** One order waits for two items, of which one will be spoilt; the other orders for the sound one alone. */
beforeEach(async () => {
  world = await makeTestContext()
  acme = await makeTestSupplier(world, 'acme')
  await acme.read(rows('1. 3. 2030'))
  await putOrders(world, { supplier: 'acme', count: 3, more: (i, line) => ({ lines: [line, ...(i === 1 ? [{ ...line, id: '2', code: 'SPOILT' }] : [])] }) }) // prettier-ignore
})
afterEach(() => world.close())

function throwing(): never {
  throw new Error('a defect')
}
const rows = (delivery: string) => [
  { code: 'I0', title: 'Thing', cells: { delivery } },
  { code: 'SPOILT', title: 'Other', cells: { delivery: '1. 3. 2030' } },
]
const spoil = (availability: unknown = null) => world.rewrite('items', { _id: 'acme/SPOILT' }, { 'now.availability': availability }) // prettier-ignore
const heal = () => spoil({ kind: 'expected', from: '2030-03-01', to: '2030-03-01', precision: 'day' })
const statesOf = async () => {
  const all = await Promise.all([0, 1, 2].map((i) => world.store.notices.ofOrder(`acme-${i}`)))
  return all.map((notices) => notices.at(-1)?.state ?? 'none')
}
const trouble = async () => (await world.store.incidents.openOnes()).find(({ kind }) => kind === 'not-planned')

test('a run with an item of such an order is accepted, and mails the others; the order follows when it can', async () => {
  await spoil()
  const { state } = await acme.read(rows('1. 4. 2030'))
  assert.deepEqual([state, await statesOf()], ['accepted', ['due', 'none', 'due']])
  await sweep(world.context)
  assert.match((await trouble())?.words ?? '', /^order acme-1 cannot be planned: /)
  await heal()
  await sweep(world.context)
  assert.deepEqual([await statesOf(), await trouble()], [['due', 'due', 'due'], undefined])
})

test('the sweep looks at all other orders, and does the rest of its work', async () => {
  await world.rewrite('items', { _id: 'acme/I0' }, { 'now.availability.from': '2030-04-01', 'now.availability.to': '2030-04-01' }) // prettier-ignore
  await spoil()
  await world.store.orders.askLook(['acme-0', 'acme-1', 'acme-2'])
  await sweep(world.context)
  assert.deepEqual(await statesOf(), ['due', 'none', 'due'])
  assert.deepEqual(await world.store.orders.toLook(10), ['acme-1'], 'it waits for the next sweep')
  const today = world.clock.now.toLocaleDateString('sv', { timeZone: 'Europe/Prague' })
  assert.equal(await world.store.shopSettings.beginDailyLook(today), false, 'the daily look came to its end')
})

test('what fails at the sweep leaves none of its other work undone', async () => {
  await world.rewrite('items', { _id: 'acme/I0' }, { 'now.availability.from': '2030-04-01', 'now.availability.to': '2030-04-01' }) // prettier-ignore
  await world.store.orders.askLook(['acme-0'])
  const { store } = world
  await sweep({ ...world.context, store: { ...store, notices: { ...store.notices, suppressed: throwing } } })
  assert.equal((await statesOf())[0], 'due')
})

test('nobody’s mail waits for such an order', async () => {
  await spoil()
  await world.store.orders.askLook(['acme-1'])
  await sweep(world.context)
  await acme.read(rows('1. 4. 2030'))
  const judge = makeNoticeJudge(world.context)
  const since = performance.now()
  await until('the verdict', async () => (await judge()) === 'judged', 20)
  assert.ok(performance.now() - since < 20_000)
  assert.deepEqual(await world.store.notices.dueIds(10), ['acme-0/1', 'acme-2/1'])
})

test('news of an item that such an order waits for too is held for a person as ever', async () => {
  await spoil()
  assert.equal((await acme.read(rows('vyprodáno'))).state, 'accepted')
  await planOrders(world.context, ['acme-0', 'acme-2'])
  const hold = (await world.store.holds.ofItems(['acme/I0'])).get('acme/I0')
  assert.deepEqual([hold?.state, hold?.customers], ['open', 2])
})
