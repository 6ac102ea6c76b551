import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { runIdOfTick, SupplierId } from '#core/domain/ids.ts'
import { sweepRuns, takeProposal } from '#notifier/request-run.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

const minute = 60_000
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

/** As long as what a run said before it died may lie behind its end. */
async function settled({ id }: { id: string }): Promise<void> {
  const ended = new Date(Date.now() - 5_100)
  await world.rewrite('runs', { supplier: id, failure: 'interrupted' }, { endedAt: ended })
}

function minutesAgo(minutes: number): Date {
  return new Date(Math.floor(Date.now() / minute) * minute - minutes * minute)
}

test('ticks that were missed are one run, not many', async () => {
  const supplier = await makeTestSupplier(world, 'missed')
  world.clock.now = new Date()
  const missed = Array.from({ length: 11 }, (_, i) => minutesAgo(10 - i))
  for (const tick of missed) await supplier.tick(tick)
  await supplier.accept()
  for (const tick of missed) await supplier.tick(tick)
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 1)
})

test('a run that waits while the broker is away is requested once it is back', async () => {
  const supplier = await makeTestSupplier(world, 'unreachable')
  world.clock.now = new Date()
  await world.store.runs.propose({
    id: runIdOfTick(supplier.id, minutesAgo(0)),
    supplier: supplier.id,
    why: 'schedule',
    tick: minutesAgo(0),
  })
  await sweepRuns({ ...world.context, isConnected: () => false })
  assert.deepEqual(
    (await supplier.runs()).map(({ state }) => state),
    ['due'],
  )
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 1)
})

test('a proposal that overtakes the declaration of its supplier is not lost', async () => {
  world.clock.now = new Date()
  const tick = minutesAgo(0)
  const run = runIdOfTick('overtakes', tick)
  const id = SupplierId.parse('overtakes')
  const proposed = takeProposal(world.context, { v: 1, supplier: id, run, why: 'schedule', tick: tick.toISOString() })
  const supplier = await makeTestSupplier(world, 'overtakes')
  await proposed
  assert.deepEqual(supplier.requests(), [run])
})

test('a tick proposed by many at the same time is one run', async () => {
  const supplier = await makeTestSupplier(world, 'many')
  const tick = minutesAgo(1)
  await Promise.all(Array.from({ length: 12 }, () => supplier.tick(tick)))
  await supplier.accept()
  await Promise.all(Array.from({ length: 12 }, () => supplier.tick(tick)))
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 1)
  assert.equal((await supplier.runs()).length, 1)
})

test('a run that was interrupted leaves its tick to another, twice at most', async () => {
  const supplier = await makeTestSupplier(world, 'dies')
  const tick = minutesAgo(1)
  for (const tries of [1, 2, 3]) {
    await Promise.all([supplier.tick(tick), supplier.tick(tick)])
    assert.equal(supplier.requests().length, tries)
    await supplier.fail('interrupted')
    await supplier.tick(tick)
    assert.equal(supplier.requests().length, tries, 'what it said before it died may still be on its way')
    await settled(supplier)
  }
  await supplier.tick(tick)
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 3, 'a run that kills its scraper does not go round')
  assert.equal(new Set(supplier.requests()).size, 3)
})

test('the sweep gives the tick of an interrupted run to another without waiting for the schedule', async () => {
  const supplier = await makeTestSupplier(world, 'swept')
  const tick = minutesAgo(0)
  await supplier.tick(tick)
  await supplier.fail('interrupted')
  await settled(supplier)
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 2)
  await supplier.accept()
  await sweepRuns(world.context)
  await supplier.tick(tick)
  assert.equal(supplier.requests().length, 2)
})

test('a run that nobody began leaves its tick; one that the portal failed has used it up', async () => {
  const supplier = await makeTestSupplier(world, 'unbegun')
  const tick = minutesAgo(0)
  await supplier.tick(tick)
  await supplier.fail('not-started')
  await supplier.tick(tick)
  assert.equal(supplier.requests().length, 2)
  await supplier.fail('down')
  await supplier.tick(tick)
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 2)
})

test('a person’s run that was interrupted has not used up the tick before it either', async () => {
  const supplier = await makeTestSupplier(world, 'person')
  const tick = minutesAgo(1)
  await supplier.ask()
  await supplier.fail('interrupted')
  await settled(supplier)
  await supplier.tick(tick)
  assert.equal(supplier.requests().length, 2)
})

test('a tick that waited behind another run is dropped where a later run covers it meanwhile', async () => {
  const supplier = await makeTestSupplier(world, 'behind')
  const [five, four, three] = [minutesAgo(5), minutesAgo(4), minutesAgo(3)]
  world.clock.now = five
  await supplier.ask()
  await supplier.tick(four)
  const [, waiting] = await supplier.runs()
  assert.equal(waiting?.state, 'due')
  await world.store.runs.reject(waiting?.id ?? '', 'for the test')
  await supplier.accept()
  world.clock.now = three
  await supplier.ask()
  await world.store.runs.propose({
    id: `${waiting?.id}-t001`,
    supplier: supplier.id,
    why: 'schedule',
    tick: four,
  })
  await supplier.accept()
  await sweepRuns(world.context)
  assert.equal(supplier.requests().length, 2)
  const last = (await supplier.runs()).at(-1)
  assert.deepEqual([last?.state, last?.reasons], ['rejected', ['a run that was requested meanwhile covers its tick']])
})

test('the tick of a run that was refused while its supplier was paused comes again once a person resumed it', async () => {
  const supplier = await makeTestSupplier(world, 'paused')
  world.clock.now = new Date()
  const tick = minutesAgo(0)
  await supplier.ask()
  await world.store.runs.propose({ id: 'paused-20261122T0800Z', supplier: supplier.id, why: 'schedule', tick })
  await world.store.suppliers.pause(supplier.id, 'for the test')
  await supplier.fail('down')
  await supplier.tick(tick)
  assert.equal(supplier.requests().length, 1)
  await world.store.suppliers.resume(supplier.id)
  await supplier.tick(new Date(tick.getTime() + minute))
  assert.equal(supplier.requests().length, 2)
})

test('a tick in the future is refused, and is an incident', async () => {
  const supplier = await makeTestSupplier(world, 'future')
  const tick = new Date(Date.now() + 5 * minute)
  const run = runIdOfTick('future', tick)
  await takeProposal(world.context, { v: 1, supplier: supplier.id, run, why: 'schedule', tick: tick.toISOString() })
  assert.deepEqual(await supplier.runs(), [])
  assert.match((await supplier.incident('clock'))?.words ?? '', /lies in the future/)
})
