import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noticeSilence } from '#notifier/notice-silence.ts'
import { requestNext } from '#notifier/request-run.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const schedule = { cron: '0 6-20/2 * * *', jitterSeconds: 0, longestGapSeconds: 36_000 }
const hours = (count: number) => count * 3_600_000
/** Twice the gap, and as long as a run in time may take. */
const limit = hours(20) + 600_000

async function lookAfter(from: Date, ms: number): Promise<void> {
  world.clock.now = new Date(from.getTime() + ms)
  await noticeSilence(world.context)
}

test('no accepted run for twice the longest gap is an incident, until the next one', async () => {
  const supplier = await makeTestSupplier(world, 'silent', { schedule })
  world.clock.now = new Date()
  await supplier.ask()
  await supplier.accept()
  const heard = (await supplier.state()).lastAccepted?.requestedAt ?? new Date(0)
  await lookAfter(heard, limit)
  assert.equal(await supplier.incident('silence'), undefined)
  await lookAfter(heard, limit + 1)
  const incident = await supplier.incident('silence')
  assert.match(incident?.words ?? '', /^no accepted run since .* UTC; by its schedule 20 h without one is too long$/)
  await lookAfter(heard, hours(21))
  assert.equal((await supplier.incident('silence'))?.seen, 1, 'told once')
  await supplier.ask()
  await supplier.accept()
  await noticeSilence(world.context)
  assert.equal(await supplier.incident('silence'), undefined)
})

test('a supplier that never had an accepted run is silent from its declaration on', async () => {
  const supplier = await makeTestSupplier(world, 'never', { schedule })
  const { knownSince } = await supplier.state()
  await lookAfter(knownSince, limit)
  assert.equal(await supplier.incident('silence'), undefined)
  await world.store.suppliers.declare((await supplier.state()).declaration)
  await lookAfter(knownSince, limit + 1)
  assert.match((await supplier.incident('silence'))?.words ?? '', /^no accepted run since it was declared/)
})

test('a paused supplier has its own incident; resumed, it has the time anew', async () => {
  const supplier = await makeTestSupplier(world, 'paused', { schedule })
  const { knownSince } = await supplier.state()
  await lookAfter(knownSince, hours(21))
  assert.ok(await supplier.incident('silence'))
  await world.store.suppliers.pause(supplier.id, 'for the test')
  await lookAfter(knownSince, hours(22))
  assert.equal(await supplier.incident('silence'), undefined)
  await world.store.suppliers.resume(supplier.id)
  const resumedAt = (await supplier.state()).resumed?.at ?? new Date(0)
  await lookAfter(resumedAt, limit)
  assert.equal(await supplier.incident('silence'), undefined)
  await lookAfter(resumedAt, limit + 1)
  assert.ok(await supplier.incident('silence'))
})

test('a supplier whose schedule has no gap to speak of is never silent', async () => {
  const supplier = await makeTestSupplier(world, 'rare', { schedule: { cron: '0 4 29 2 *', jitterSeconds: 0 } })
  await lookAfter(new Date(), hours(24 * 400))
  assert.equal(await supplier.incident('silence'), undefined)
})

test('a run that is under way is waited for', async () => {
  const supplier = await makeTestSupplier(world, 'waited-for', { schedule })
  const { knownSince } = await supplier.state()
  await supplier.ask()
  await lookAfter(knownSince, limit + 1)
  assert.equal(await supplier.incident('silence'), undefined)
  await supplier.fail('down')
  await noticeSilence(world.context)
  assert.ok(await supplier.incident('silence'))
})

test('a schedule that became denser is held to its new gap from then on only, and jitter is part of it', async () => {
  const monthly = { cron: '0 7 1 * *', jitterSeconds: 0, longestGapSeconds: 31 * 86_400 }
  const supplier = await makeTestSupplier(world, 'denser', { schedule: monthly })
  const { scheduledSince } = await supplier.state()
  const dense = { ...schedule, jitterSeconds: 3600 }
  const { declaration } = await supplier.state()
  assert.equal(await world.store.suppliers.declare({ ...declaration, schedule: dense }), 'same')
  const changed = (await supplier.state()).scheduledSince
  assert.ok(changed > scheduledSince)
  await world.store.suppliers.declare({ ...declaration, schedule: dense })
  assert.deepEqual((await supplier.state()).scheduledSince, changed)
  await lookAfter(changed, limit + hours(1))
  assert.equal(await supplier.incident('silence'), undefined)
  await lookAfter(changed, limit + hours(1) + 1)
  assert.ok(await supplier.incident('silence'))
})

test('a run under way may end the silence and is waited for, but not a dry one', async () => {
  const supplier = await makeTestSupplier(world, 'dry', { schedule })
  const { knownSince } = await supplier.state()
  await world.store.runs.proposeDry({ id: 'dry-20261129T120000Z-dry1', supplier: supplier.id })
  await requestNext(world.context, supplier.id)
  assert.equal((await world.store.runs.underWay(supplier.id))?.dry, true)
  await lookAfter(knownSince, hours(21))
  assert.ok(await supplier.incident('silence'))
  const other = await makeTestSupplier(world, 'real', { schedule })
  await other.ask()
  await lookAfter((await other.state()).knownSince, hours(21))
  assert.equal(await other.incident('silence'), undefined)
})
