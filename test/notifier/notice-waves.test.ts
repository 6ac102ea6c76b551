import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, test } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { Gates } from '#core/domain/supplier.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import type { Context } from '#notifier/context.ts'
import { makeNoticeJudge } from '#notifier/judge-notices.ts'
import { planOrders } from '#notifier/plan-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { until } from '#test/support/until.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'

/** P5: what more customers than the limit would be mailed of within an hour waits for a person, whatever the cause. */
let world: TestContext
let desk: Desk
let few: Context
/** Each in a corner of its own: what was mailed within the hour counts. */
beforeEach(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
  few = { ...world.context, limit: { customers: 4, share: 1, floor: 1 } }
})
afterEach(() => world.close())

const rows = (delivery: string, count = 5): Observation[] =>
  Array.from({ length: count }, (_, i) => ({ code: `I${i}`, title: `Thing ${i}`, cells: { delivery } }))

async function start(name: string, gates = {}) {
  const supplier = await makeTestSupplier(world, name, { gates: Gates.parse(gates) })
  await supplier.read(rows('1. 4. 2030'))
  return supplier
}
const news = () => ({ notifyNow: true })
/** All from the fourth on are of the first one's customer. */
const sharing = (i: number) => ({ ...news(), ...(i > 2 && { customer: { email: 'Same-0@Example.com' } }) })
async function judged(context: Context): Promise<void> {
  const judge = makeNoticeJudge(context)
  await until('a whole wave', async () => (await judge()) === 'judged')
}
const due = async () => (await world.store.notices.dueIds(1_000)).map((id) => id.slice(0, id.indexOf('/'))).sort()
const stateOf = async (order: string) => (await world.store.notices.ofOrder(order)).at(-1)?.state

test('as many customers as the limit says are mailed; nobody is before the wave was judged', async () => {
  await start('edge')
  const numbers = await putOrders(world, { supplier: 'edge', count: 4, more: news })
  assert.deepEqual(await due(), [])
  assert.equal(await world.store.notices.claimEach(['edge-0/1'], 'impatient').then(([one = null]) => one), null)
  await judged(few)
  assert.deepEqual(await due(), numbers)
})

test('one more, and nothing of it is sent: whole notices wait under one hold, and an incident says what to do', async () => {
  await start('over')
  await putOrders(world, { supplier: 'over', count: 5, more: news })
  await judged(few)
  assert.deepEqual(await due(), [])
  const [hold, ...others] = (await desk.holds()).filter(({ kind }) => kind === 'notices')
  assert.deepEqual(others, [])
  const run = (await world.store.items.get('over/I0'))?.now?.run
  assert.deepEqual([hold?.['id'], hold?.['customers']], [`cause/${run}`, 5])
  const incident = (await world.store.incidents.openOnes()).find(({ kind }) => kind === 'notices-held')
  assert.match(incident?.words ?? '', /5 notices for 5 customers wait for a person/)
  assert.match(incident?.hint ?? '', /npm run avizo -- approve cause\/\S+ 5, or waive/)
  const { body } = await desk.hold(String(hold?.['id']))
  assert.deepEqual((body['notices'] as { orders: string[] }).orders.length, 5)
})

test('two orders of one address are one customer', async () => {
  await start('same')
  await putOrders(world, { supplier: 'same', count: 6, more: sharing })
  await judged(few)
  assert.equal((await due()).length, 6)
  await putOrders(world, { supplier: 'same', count: 1, from: 9, more: () => sharing(9) })
  await judged(few)
  assert.equal((await due()).length, 7, 'nor does one who is on the way count again')
})

test('what was mailed within the hour counts, and a wave of several runs waits under the hour of its planning', async () => {
  await start('hour')
  await start('next')
  await putOrders(world, { supplier: 'hour', count: 3, more: news })
  await judged(few)
  const claimed = await world.store.notices.claimEach(['hour-0/1'], 'test').then(([one = null]) => one)
  assert.ok(claimed && (await world.store.notices.endEach([{ claimed, state: 'sent' }])))
  await putOrders(world, { supplier: 'hour', count: 1, from: 7, more: news })
  await putOrders(world, { supplier: 'next', count: 1, more: news })
  await judged(few)
  assert.deepEqual(await due(), ['hour-1', 'hour-2'])
  const [hold] = await world.store.holds.openOfNotices()
  assert.match(hold?.id ?? '', /^cause\/planning\/\d{4}-\d{2}-\d{2}T\d{2}$/)
})

test('what comes while a wave is held is of it: the first of a slow flood are not sent when the next are held', async () => {
  await start('flood')
  await putOrders(world, { supplier: 'flood', count: 5, more: news })
  await judged(few)
  await putOrders(world, { supplier: 'flood', count: 1, from: 7, more: news })
  await judged(few)
  assert.equal(await stateOf('flood-7'), 'held')
  assert.equal((await desk.holds())[0]?.['customers'], 6)
})

test('a wave is judged when it is whole: not while orders wait for a look, a run is applied or many are planned', async () => {
  const supplier = await start('whole')
  await putOrders(world, { supplier: 'whole', count: 2, more: news })
  const judge = makeNoticeJudge(few)
  const busy: Record<string, () => Promise<() => Promise<unknown>>> = {
    look: async () => {
      await world.store.orders.askLook(['whole-0'])
      return () => sweep({ ...world.context, now: world.context.now })
    },
    planning: async () => (await world.store.plannings.begin()).end,
    applying: async () => {
      const { lastAccepted } = await supplier.state()
      const run = {
        id: 'whole-x',
        supplier: 'whole',
        number: (lastAccepted?.number ?? 0) + 1,
        requestedAt: new Date(),
        rows: 1,
        hash: 'one',
        grammar: grammarNumber,
      }
      const claim = await world.store.suppliers.claimApply(run, 'test')
      assert.ok(claim)
      return () => world.store.suppliers.endApply('whole', claim, { definition: 1, grammar: grammarNumber })
    },
  }
  for (const [what, begin] of Object.entries(busy)) {
    const end = await begin()
    const since = performance.now()
    while (performance.now() - since < 700) assert.equal(await judge(), 'unsettled', what)
    await end()
  }
  await until('the end', async () => (await judge()) === 'judged')
  assert.deepEqual(await due(), ['whole-0', 'whole-1'])
})

test('approved by the number shown, all of it is due; one that joined meanwhile was not shown', async () => {
  await start('ok')
  const numbers = await putOrders(world, { supplier: 'ok', count: 5, more: news })
  await judged(few)
  const id = String((await desk.holds())[0]?.['id'])
  const refused = await desk.decide(id, 'approve', { customers: 4 })
  assert.match(String(refused.body['detail']), /would mail 5 customers now, not 4/)
  assert.equal((await desk.decide(id, 'approve', { customers: 5 })).status, 200)
  await judged(few)
  assert.deepEqual(await due(), numbers)
  assert.deepEqual(await world.store.holds.openOfNotices(), [])
  assert.ok(!(await world.store.incidents.openOnes()).some(({ kind }) => kind === 'notices-held'))
  await putOrders(world, { supplier: 'ok', count: 4, from: 7, more: news })
  await judged(few)
  assert.equal((await due()).length, 9, 'what a person said yes to is not counted against the next')
})

test('waived, none of it is sent, and what the supplier says next is news again', async () => {
  const supplier = await start('none')
  await putOrders(world, { supplier: 'none', count: 5, more: news })
  await judged(few)
  const id = String((await desk.holds())[0]?.['id'])
  assert.equal((await desk.decide(id, 'waive')).status, 200)
  assert.equal(await stateOf('none-0'), 'superseded')
  assert.equal((await world.store.orders.get('none-4'))?.lines['1']?.waived?.reason, 'hold')
  await planOrders(world.context, ['none-0'])
  assert.equal((await world.store.notices.ofOrder('none-0')).length, 1)
  await supplier.read(
    rows('1. 4. 2030').map((row, i) => (i === 0 ? { ...row, cells: { delivery: '1. 5. 2030' } } : row)),
  )
  assert.equal(await stateOf('none-0'), 'due')
})

test('a hold ends by itself when nothing of its notices is due any more', async () => {
  const supplier = await start('over-by-itself')
  await putOrders(world, { supplier: 'over-by-itself', count: 5, more: news })
  await judged(few)
  await supplier.read(
    rows('1. 4. 2030').map((row, i) => (i === 0 ? { ...row, cells: { delivery: '1. 3. 2030' } } : row)),
  )
  await sweep(world.context)
  assert.deepEqual(await world.store.holds.openOfNotices(), [])
  assert.ok(!(await world.store.incidents.openOnes()).some(({ kind }) => kind === 'notices-held'))
})

test('a person’s yes to a run is one to its notices, up to the number shown and no further', async () => {
  const supplier = await start('yes', { customers: { share: 0, floor: 1, most: 3 } })
  await putOrders(world, {
    supplier: 'yes',
    count: 6,
    more: (_, line) => ({ lines: [{ ...line, told: '1. 4. 2030' }] }),
  })
  const held = await supplier.read(
    rows('1. 4. 2030').map((row, i) => (i === 0 ? { ...row, cells: { delivery: '1. 5. 2030' } } : row)),
  )
  assert.equal(held.state, 'held')
  assert.equal((await desk.decide(`run/${held.id}`, 'approve', { customers: 6 })).status, 200)
  await judged(few)
  assert.equal((await due()).length, 6)
  await putOrders(world, { supplier: 'yes', count: 5, from: 7, more: news })
  await judged(few)
  assert.equal((await due()).length, 6)
  assert.equal((await desk.holds())[0]?.['customers'], 5)
})

test('a person’s yes to an item’s news is one to its notices', async () => {
  const supplier = await start('gone')
  await putOrders(world, {
    supplier: 'gone',
    count: 6,
    more: (_, line) => ({ lines: [{ ...line, told: '1. 4. 2030' }] }),
  })
  await supplier.read(
    rows('1. 4. 2030').map((row, i) => (i === 0 ? { ...row, cells: { delivery: 'vyprodáno' } } : row)),
  )
  assert.equal((await desk.decide('item/gone/I0', 'approve', { customers: 6 })).status, 200)
  await judged(few)
  assert.equal((await due()).length, 6)
})

/** As a planning would leave them, one customer each; those that correct a run wait for a person’s word of it. */
async function createNotices(
  name: string,
  count: number,
  { corrects, since = new Date() }: { corrects?: string; since?: Date } = {},
) {
  // prettier-ignore
  const inStock = { kind: 'in-stock' as const }
  const said = { line: '1', kind: 'back' as const, told: { kind: 'sold-out' as const }, now: inStock, run: name, texts: {} } // prettier-ignore
  const told = [{ ...said, ...(corrects && { corrects }) }]
  const fresh = Array.from({ length: count }, (_, i) => ({ order: `${name}-${i}`, n: 1, since, dueAt: since, customer: `${name}-${i}`, news: told })) // prettier-ignore
  await world.store.notices.create(fresh)
}

test('where the limit is higher than what is let through at once, all that wait count against it', async () => {
  await createNotices('large', 5_600)
  const judge = makeNoticeJudge({ ...world.context, limit: { customers: 5_500, share: 1, floor: 5_500 } })
  await until(
    'an end',
    async () => (await judge()) === 'judged' && (await world.store.notices.unjudged(1)).length === 0,
  )
  assert.deepEqual([(await due()).length, await world.store.notices.count('held')], [0, 5_600])
})

test('what a person said yes to never counts against what comes with it, however much it is', async () => {
  await createNotices('few', 2, { since: new Date(Date.now() - 60_000) })
  await createNotices('many', 5_600, { corrects: 'wrong-1' })
  await world.store.tellAgains.wish('wrong-1', 5_600)
  await judged({ ...world.context, limit: { customers: 4, share: 1, floor: 4 } })
  assert.equal((await world.store.notices.dueIds(10_000)).length, 5_602)
})

test('nor does it where it comes in just while the others are judged', async () => {
  await createNotices('first', 2)
  await world.store.tellAgains.wish('wrong-2', 10)
  const { notices } = world.store
  let coming = 1
  async function unjudged(most?: number) {
    const read = await notices.unjudged(most)
    if (most === undefined && coming-- > 0) await createNotices('then', 10, { corrects: 'wrong-2' })
    return read
  }
  const limit = { customers: 4, share: 1, floor: 4 }
  await judged({ ...world.context, limit, store: { ...world.store, notices: { ...notices, unjudged } } })
  assert.deepEqual([(await due()).length, await notices.count('held')], [12, 0])
})

test('two notifiers that judge side by side while waves come in let no more through than one would', async () => {
  await start('race')
  const judges = [makeNoticeJudge(few), makeNoticeJudge(few)]
  const coming = { isOver: false }
  const judging = judges.map(async (judge) => {
    while (!coming.isOver || (await judge()) !== 'judged') await judge()
  })
  for (let wave = 0; wave < 8; wave++) {
    await putOrders(world, { supplier: 'race', count: 3, from: wave * 3, more: news })
    await wait(wave * 100)
  }
  coming.isOver = true
  await Promise.all(judging)
  const through = await due()
  assert.ok(through.length <= 4, `${through.join(', ')} went through`)
  assert.equal(through.length + (await world.store.notices.count('held')), 24)
})
