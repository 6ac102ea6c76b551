import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Availability } from '#core/domain/availability.ts'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makePost } from './a-post.ts'
import { item, order } from '#test/support/world.ts'

type Reader = Awaited<ReturnType<typeof makeTestSupplier>>

let world: TestContext
let acme: Reader
let post: Awaited<ReturnType<typeof makePost>>
let count = 0
before(async () => {
  world = await makeTestContext()
})
after(async () => world.close())

/** A supplier of its own for each test, with an order that waits for A; B is awaited by nobody. */
beforeEach(async () => {
  world.clock.now = new Date()
  post = await makePost(world)
  acme = await makeTestSupplier(world, `acme${++count}`, { confirm: 'second-run' })
  await read('1. 3. 2030')
  await put('A')
})

async function put(code: string, more: object = {}): Promise<void> {
  const number = `${acme.id}-${code}`
  const lines = [{ id: '1', supplier: acme.id, code, title: code, quantity: 1 }]
  await world.store.orders.put(Order.parse({ ...order(number, [code]), lines, ...more }), { single: true })
  await lookAtOrders(world.context, [number])
}

const read = (a: string, b = '1. 6. 2030') => acme.read([item('A', a), item('B', b)])

/** The run that waits to confirm, its time having come, reads this. */
async function readAgain(a: string, b = '1. 6. 2030') {
  world.clock.now = new Date(world.clock.now.getTime() + 121_000)
  await sweep(world.context)
  const run = await world.store.runs.underWay(acme.id)
  assert.ok(run, 'a confirming run was requested')
  const { part, finish } = acme.whole(run.id, [item('A', a), item('B', b)])
  await acme.take(part, finish)
  return world.store.runs.get(run.id)
}

async function values(code = 'A') {
  const stored = await world.store.items.get(`${acme.id}/${code}`)
  return [dayOf(stored?.now), dayOf(stored?.pending)]
}

function dayOf(value: { availability: Availability } | null | undefined): string | undefined {
  return value?.availability.kind === 'expected' ? value.availability.from : undefined
}

const waiting = () => world.store.runs.waiting(acme.id)
const notices = async (code = 'A') =>
  [...(await world.store.notices.ofOrders([`${acme.id}-${code}`])).values()]
    .flat()
    .filter(({ state }) => state === 'due')

test('what an open line waits for is pending until a run requested later reads the same; then it is told', async () => {
  const first = await read('1. 4. 2030')
  assert.deepEqual(await values(), ['2030-03-01', '2030-04-01'])
  assert.equal(first.counts?.changes, 0)
  assert.equal((await notices()).length, 0)
  const second = await readAgain('1. 4. 2030')
  assert.deepEqual([second?.why, second?.state, second?.counts?.changes], ['confirmation', 'accepted', 1])
  assert.deepEqual(await values(), ['2030-04-01', undefined])
  assert.equal((await notices()).length, 1)
  assert.equal(await waiting(), null)
})

test('P6: A, B, A before B was confirmed tells nothing, and the pending value is gone', async () => {
  await read('1. 4. 2030')
  await readAgain('1. 3. 2030')
  assert.deepEqual(await values(), ['2030-03-01', undefined])
  assert.equal((await notices()).length, 0)
})

test('a third value takes its place, and a confirming run asks for no other', async () => {
  await read('1. 4. 2030')
  await readAgain('1. 5. 2030')
  assert.deepEqual(await values(), ['2030-03-01', '2030-05-01'])
  assert.equal(await waiting(), null)
  await read('1. 5. 2030')
  assert.deepEqual(await values(), ['2030-05-01', undefined])
})

test('what is due waits while something else is pending, and goes at its old time where that was nothing', async () => {
  await read('1. 4. 2030')
  await readAgain('1. 4. 2030')
  const [due] = await notices()
  assert.ok(due)
  await read('1. 5. 2030')
  await post.send(due.id)
  assert.equal(post.mails.length, 0, 'the supplier says something else by now')
  assert.equal((await notices()).length, 0)
  await readAgain('1. 4. 2030')
  const [again] = await notices()
  assert.equal(again?.since.getTime(), due.since.getTime())
  await post.send(again?.id ?? '')
  assert.equal(post.mails.length, 1)
})

test('a message that may have been accepted rests while something else is pending: nobody knows yet what moved', async () => {
  await read('1. 4. 2030')
  await readAgain('1. 4. 2030')
  const [due] = await notices()
  assert.ok(due)
  await world.store.notices.pass([due])
  const claimed = await world.store.notices.claimEach([due.id], 'one that dies').then(([one = null]) => one)
  assert.ok(claimed)
  const message = { to: `customer-${acme.id}-A@example.com`, language: 'cs', subject: '', text: '' } as const
  const raw = new Uint8Array([1])
  await world.store.notices.handEach([
    { claimed, message: { ...message, messageId: '<1@x>', news: due.news, others: {}, raw } },
  ])
  await world.store.notices.rest(claimed, -1)
  await read('1. 5. 2030')
  await post.send(due.id)
  assert.equal((await world.store.notices.get(due.id))?.state, 'sending')
})

test('a value read under another title is told to nobody when the right title is back with another', async () => {
  const other = (a: string) => acme.read([{ ...item('A', a), title: 'Quite another thing' }, item('B', '1. 6. 2030')])
  await other('1. 4. 2030')
  await other('1. 4. 2030')
  assert.deepEqual(await values(), ['2030-04-01', undefined])
  await read('1. 3. 2030')
  assert.equal((await notices()).length, 0, 'that date was never of this article')
  await readAgain('1. 3. 2030')
  assert.deepEqual(await values(), ['2030-03-01', undefined])
  assert.equal((await world.store.items.get(`${acme.id}/A`))?.marks.retitled, undefined)
  assert.equal((await notices()).length, 0)
})

test('unreadable, missing and failed leave what is pending', async () => {
  await read('1. 4. 2030')
  await readAgain('whenever the ship comes')
  assert.deepEqual(await values(), ['2030-03-01', '2030-04-01'])
  await acme.read([item('B', '1. 6. 2030')])
  assert.deepEqual(await values(), ['2030-03-01', '2030-04-01'])
  await acme.ask()
  await acme.fail('down')
  assert.deepEqual(await values(), ['2030-03-01', '2030-04-01'])
})

test('a waiting confirmation delays no tick: it becomes the run of the schedule', async () => {
  await read('1. 4. 2030')
  const confirming = await waiting()
  assert.ok(confirming?.notBefore)
  world.clock.now = new Date(world.clock.now.getTime() + 60_000)
  await acme.tick()
  const underWay = await world.store.runs.underWay(acme.id)
  assert.deepEqual([underWay?.id, underWay?.why], [confirming?.id, 'schedule'])
  assert.ok(underWay?.tick)
})

test('it is not requested before its time, and never for a paused supplier', async () => {
  await read('1. 4. 2030')
  await sweep(world.context)
  assert.equal(await world.store.runs.underWay(acme.id), null)
  await world.store.suppliers.pause(acme.id, 'the test wants it')
  world.clock.now = new Date(world.clock.now.getTime() + 121_000)
  await sweep(world.context)
  assert.equal(await world.store.runs.underWay(acme.id), null)
  assert.equal(await waiting(), null)
})

test('killed between the pending write and the question: who takes the run over asks', async () => {
  const died = new Error('killed')
  world.context.at = (step) => {
    if (step === 'planned-cleared' || step === 'missing-marked') throw died
  }
  await assert.rejects(read('1. 4. 2030'), died)
  delete world.context.at
  assert.deepEqual(await values(), ['2030-03-01', '2030-04-01'])
  assert.equal(await waiting(), null)
  await acme.leaseEnds()
  await sweep(world.context)
  assert.equal((await waiting())?.why, 'confirmation')
})

test('an item that nobody waits for moves at once; the first line that would be due asks for a confirming run', async () => {
  await read('1. 3. 2030', '1. 7. 2030')
  assert.deepEqual(await values('B'), ['2030-07-01', undefined])
  assert.equal(await waiting(), null)
  await put('B', { lines: [{ id: '1', supplier: acme.id, code: 'B', title: 'B', quantity: 1, told: '1. 6. 2030' }], notifyNow: true }) // prettier-ignore
  assert.equal((await notices('B')).length, 0)
  await readAgain('1. 3. 2030', '1. 7. 2030')
  assert.equal((await notices('B')).length, 1)
})

test('P7: an import waives a difference from a value that is still unconfirmed', async () => {
  await read('1. 3. 2030', '1. 7. 2030')
  await put('B', { lines: [{ id: '1', supplier: acme.id, code: 'B', title: 'B', quantity: 1, told: '1. 6. 2030' }] })
  await read('1. 3. 2030', '1. 7. 2030')
  assert.equal((await notices('B')).length, 0)
})

test('pending for a day, whatever its values, is unstable: one incident, closed when it ends', async () => {
  await read('1. 4. 2030')
  await readAgain('1. 5. 2030')
  world.clock.now = new Date(world.clock.now.getTime() + 25 * 3_600_000)
  await read('1. 6. 2030')
  await sweep(world.context)
  const told = async () => (await world.store.incidents.openOnes()).filter(({ subject }) => subject === `${acme.id}/A`)
  assert.deepEqual((await told()).map(({ kind }) => kind), ['unstable']) // prettier-ignore
  await read('1. 6. 2030')
  await sweep(world.context)
  assert.equal((await told()).length, 0)
})

test('next-run asks for nothing and is confirmed by the next run; none moves at once', async () => {
  for (const confirm of ['next-run', 'none'] as const) {
    acme = await makeTestSupplier(world, `${confirm}${count}`, { confirm })
    await read('1. 3. 2030')
    await put('A')
    await read('1. 4. 2030')
    assert.deepEqual(await values(), confirm === 'none' ? ['2030-04-01', undefined] : ['2030-03-01', '2030-04-01'])
    assert.equal(await waiting(), null)
    await read('1. 4. 2030')
    assert.deepEqual(await values(), ['2030-04-01', undefined])
  }
})

test('to be prompt, the process that asked requests the confirming run itself', async () => {
  acme = await makeTestSupplier(world, `prompt${count}`, { confirm: 'second-run', confirmAfterSeconds: 0 })
  await read('1. 3. 2030')
  await put('A')
  await read('1. 4. 2030')
  for (let tries = 0; tries < 200 && (await world.store.runs.underWay(acme.id)) === null; tries++) await wait(20)
  assert.equal((await world.store.runs.underWay(acme.id))?.why, 'confirmation')
})
