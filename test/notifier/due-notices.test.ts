import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import type { Policy } from '#core/domain/policy.ts'
import { defaultPolicy, noTolerance } from '#core/domain/policy.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier } from '#test/notifier/a-context.ts'
import { makePost } from '#test/notifier/a-post.ts'
import { item, order } from '#test/support/world.ts'

let world: Awaited<ReturnType<typeof makeTestContext>>
let post: Awaited<ReturnType<typeof makePost>>
let acme: Awaited<ReturnType<typeof makeTestSupplier>>
const shelf = new Map<string, string>()
const begun = new Date()

before(async () => {
  world = await makeTestContext()
  post = await makePost(world)
  acme = await makeTestSupplier(world, 'acme', { confirm: 'none' })
  for (const code of ['ONCE', 'ARR', 'BACK', 'DIG1', 'DIG2', 'GOOD', 'SLIP', 'FLAP', 'KIND', 'WAIT', 'AGAIN'])
    shelf.set(code, '1. 3. 2030')
  await read()
})
after(() => world.close())

const quietless: Partial<Policy> = { quiet: null }

test('a second change within a day of a mail waits until the day is over', async () => {
  await put('once', ['ONCE'], { ...quietless, digestHours: 0 })
  await move('ONCE', '1. 4. 2030')
  assert.equal((await post.sendDue()).length, 1)
  pass(1)
  await move('ONCE', '1. 5. 2030')
  assert.deepEqual(await post.sendDue(), [])
  const waiting = await post.notice('once')
  assert.ok(waiting?.dueAt.getTime() === (await lastTold('once')) + 24 * 3_600_000, 'due at a stated time')
  await move('ONCE', '1. 6. 2030')
  assert.equal((await post.notice('once'))?.dueAt.getTime(), waiting?.dueAt.getTime(), 'newer values keep its time')
  pass(24)
  const [mail, ...more] = await post.sendDue()
  assert.deepEqual(more, [])
  assert.match(mail?.text ?? '', /1\. června 2030/)
  assert.doesNotMatch(mail?.text ?? '', /května/)
})

test('what arrived goes at once, and takes along what waited', async () => {
  await put('arr', ['ARR', 'WAIT'], { ...quietless, digestHours: 0 })
  await move('ARR', '1. 4. 2030')
  assert.equal((await post.sendDue()).length, 1)
  await move('WAIT', '1. 5. 2030')
  assert.deepEqual(await post.sendDue(), [])
  await move('ARR', 'skladem')
  const [mail, ...more] = await post.sendDue()
  assert.deepEqual(more, [])
  assert.match(mail?.text ?? '', /skladem u dodavatele/)
  assert.match(mail?.text ?? '', /1\. května 2030/)
})

test('a correction waits for no other mail (P6)', async () => {
  await put('back', ['BACK'], { ...quietless })
  await move('BACK', '1. 4. 2030')
  assert.deepEqual(await post.sendDue(), [])
  pass(2)
  assert.equal((await post.sendDue()).length, 1)
  await move('BACK', '1. 3. 2030')
  const [mail] = await post.sendDue()
  assert.match(mail?.subject ?? '', /oprava/)
})

test('the digest collects two lines of an order into one mail, from the first of them on', async () => {
  await put('dig', ['DIG1', 'DIG2'], { ...quietless, digestHours: 2 })
  await move('DIG1', '1. 4. 2030')
  pass(1)
  await move('DIG2', '1. 5. 2030')
  assert.deepEqual(await post.sendDue(), [])
  pass(1)
  const [mail, ...more] = await post.sendDue()
  assert.deepEqual(more, [])
  assert.match(mail?.text ?? '', /1\. dubna 2030/)
  assert.match(mail?.text ?? '', /1\. května 2030/)
})

test('good news in an open notice brings it forward', async () => {
  await put('good', ['GOOD', 'KIND'], { ...quietless, digestHours: 6 })
  await move('GOOD', '1. 4. 2030')
  assert.deepEqual(await post.sendDue(), [])
  await move('KIND', '1. 2. 2030')
  const [mail] = await post.sendDue()
  assert.match(mail?.text ?? '', /1\. dubna 2030/)
  assert.match(mail?.text ?? '', /1\. února 2030/)
})

test('news that stopped being urgent before it left waits like any other', async () => {
  await put('flap', ['FLAP'], { ...quietless, digestHours: 0 })
  await move('FLAP', '1. 4. 2030')
  assert.equal((await post.sendDue()).length, 1)
  await move('FLAP', 'skladem')
  await move('FLAP', '1. 5. 2030')
  assert.deepEqual(await post.sendDue(), [])
  assert.equal((await post.notice('flap'))?.dueAt.getTime(), (await lastTold('flap')) + 24 * 3_600_000)
  pass(25)
  assert.equal((await post.sendDue()).length, 1)
})

test('small slips are no news one by one, and add up against what was told', async () => {
  const toleranceDays = { ...noTolerance, day: 2 }
  await put('slip', ['SLIP'], { ...quietless, digestHours: 0, toleranceDays })
  await move('SLIP', '2. 3. 2030')
  await move('SLIP', '3. 3. 2030')
  assert.equal(await post.notice('slip'), undefined)
  assert.equal((await world.store.changes.history({ supplier: 'acme', code: 'SLIP', limit: 10 })).length, 3)
  await move('SLIP', '4. 3. 2030')
  const [mail] = await post.sendDue()
  assert.match(mail?.text ?? '', /Dosud: 1\. března 2030/)
  assert.match(mail?.text ?? '', /Nově: 4\. března 2030/)
})

test('a correction is told however small it is', async () => {
  const toleranceDays = { ...noTolerance, day: 5 }
  world.context.policy = { ...world.context.policy, toleranceDays }
  await move('SLIP', '1. 3. 2030')
  const [mail] = await post.sendDue()
  assert.match(mail?.subject ?? '', /oprava/)
})

test('a second delay is known as one', async () => {
  await put('again', ['AGAIN'], { ...quietless, digestHours: 0, mailEveryHours: 0 })
  await move('AGAIN', '1. 4. 2030')
  await post.sendDue()
  await move('AGAIN', '1. 5. 2030')
  await post.sendDue()
  const subjects = post.mails.map(({ subject }) => subject).filter((subject) => subject.includes('again'))
  assert.deepEqual(subjects, [
    'Objednávka again: nový termín – 1. dubna 2030',
    'Objednávka again: další posun termínu – 1. května 2030',
  ])
})

async function put(number: string, codes: string[], policy: Partial<Policy>): Promise<void> {
  world.clock.now = begun
  world.context.policy = { ...defaultPolicy, ...policy }
  await world.store.orders.put(
    Order.parse(order(number, codes, { placedAt: new Date().toISOString(), notifyNow: false })),
    { single: true },
  )
  await lookAtOrders(world.context, [number])
}

async function move(code: string, delivery: string): Promise<void> {
  shelf.set(code, delivery)
  await read()
}

async function read(): Promise<void> {
  const run = await acme.read([...shelf].map(([code, delivery]) => item(code, delivery)))
  assert.equal(run.state, 'accepted')
}

function pass(hours: number): void {
  world.clock.now = new Date(world.clock.now.getTime() + hours * 3_600_000)
}

async function lastTold(number: string): Promise<number> {
  const stored = await world.store.orders.get(number)
  return Math.max(...Object.values(stored?.lines ?? {}).map(({ told }) => told?.at.getTime() ?? 0))
}
