import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { RunId } from '#core/domain/ids.ts'
import type { FailureKind } from '#core/domain/messages.ts'
import { takeFinish, takeProgress } from '#notifier/collect-run.ts'
import { failRun } from '#notifier/fail-run.ts'
import { sweepRuns } from '#notifier/request-run.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

/** P8: what the portal makes of a sign-in that it never answered nobody knows, and so two in a row wait for a person. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

type Ended = { failure: FailureKind; step?: 'signing-in' | 'signed-in' }
type Played = Awaited<ReturnType<typeof makeTestSupplier>>

async function play(supplier: Played, ...runs: Ended[]): Promise<boolean> {
  for (const { failure, step } of runs) {
    await supplier.ask()
    await supplier.reach('started')
    if (step !== undefined) await supplier.reach('signing-in')
    if (step === 'signed-in') await supplier.reach('signed-in')
    await supplier.fail(failure)
  }
  return (await supplier.state()).paused !== null
}

const open = { failure: 'interrupted', step: 'signing-in' } as const

for (const [index, failure] of (['interrupted', 'incomplete', 'too-large', 'defect'] as const).entries()) {
  test(`two sign-ins in a row that were submitted and ended ${failure} pause the supplier`, async () => {
    const supplier = await makeTestSupplier(world, `open-${index}`)
    assert.equal(await play(supplier, { failure, step: 'signing-in' }), false)
    assert.equal(await play(supplier, { failure, step: 'signing-in' }), true)
    const incident = await supplier.incident('paused')
    assert.match(incident?.words ?? '', /two runs in a row submitted the sign-in and did not get past it/)
    await supplier.ask()
    assert.equal(supplier.requests().length, 2, 'and there is no third submit')
  })
}

test('one sign-in that ended at a page nobody knows pauses the supplier: it may be a refusal', async () => {
  const supplier = await makeTestSupplier(world, 'unknown-page')
  assert.equal(await play(supplier, { failure: 'changed' }), false, 'before the sign-in it is a portal that changed')
  assert.equal(await play(supplier, { failure: 'changed', step: 'signed-in' }), false, 'and so it is after it')
  assert.equal(await play(supplier, { failure: 'changed', step: 'signing-in' }), true)
  const incident = await supplier.incident('paused')
  assert.match(incident?.words ?? '', /a page that the definition does not know, which may be a refusal/)
  assert.match(incident?.hint ?? '', /look at the evidence.*resume/)
  await supplier.ask()
  assert.equal(supplier.requests().length, 3, 'and there is no second submit')
  await world.store.suppliers.resume(supplier.id)
  assert.equal(await play(supplier, open), false, 'after a person resumed, it is over')
})

test('a portal that is down, slow or blocks us in the middle of a sign-in neither counts nor ends the row', async () => {
  const supplier = await makeTestSupplier(world, 'moods')
  for (const failure of ['down', 'slow', 'blocked', 'down', 'slow', 'blocked'] as const) {
    assert.equal(await play(supplier, { failure, step: 'signing-in' }), false, failure)
  }
  assert.equal(await play(supplier, open, { failure: 'down', step: 'signing-in' }, { failure: 'down' }), false)
  assert.equal(await play(supplier, { failure: 'incomplete', step: 'signing-in' }), true)
})

test('a run that got past the sign-in ends the row, however it ended', async () => {
  const supplier = await makeTestSupplier(world, 'row-ends')
  assert.equal(await play(supplier, open, { failure: 'incomplete', step: 'signed-in' }, open), false)
  await supplier.ask()
  await supplier.reach('signing-in')
  await supplier.reach('reading')
  await supplier.accept()
  assert.equal(await play(supplier, open), false)
})

test('an interruption before the credentials were submitted does not count', async () => {
  const supplier = await makeTestSupplier(world, 'before')
  assert.equal(await play(supplier, { failure: 'interrupted' }, { failure: 'interrupted' }, open), false)
})

test('after a person resumed the supplier the row begins anew', async () => {
  const supplier = await makeTestSupplier(world, 'resumed')
  assert.equal(await play(supplier, open, open), true)
  await world.store.suppliers.resume(supplier.id)
  assert.equal(await play(supplier, open), false)
  assert.equal(await play(supplier, open), true)
})

test('a sign-in that is heard of only after its run had failed still counts before the next is requested', async () => {
  const supplier = await makeTestSupplier(world, 'late')
  await play(supplier, open)
  await supplier.ask()
  await supplier.reach('started')
  const late = await world.store.runs.underWay(supplier.id)
  await supplier.fail('interrupted')
  assert.equal((await supplier.state()).paused, null)
  const body = { v: 1 as const, supplier: supplier.id, run: late?.id ?? '', step: 'signing-in' as const }
  await takeProgress(world.context, { ...body, pages: 0, rows: 0 })
  const asked = await supplier.ask()
  assert.equal((await world.store.runs.get(asked.id))?.state, 'rejected')
  assert.ok((await supplier.state()).paused)
  assert.ok(await supplier.incident('paused'))
  assert.equal(supplier.requests().length, 2)
})

const counted = { definition: { number: 1, hash: 'one' }, seconds: 1, outcome: 'failed' as const }

test('a refusal that is heard of only after the clock had failed its run pauses the supplier, once', async () => {
  const supplier = await makeTestSupplier(world, 'refused-late')
  const run = await supplier.ask()
  const of = { v: 1 as const, supplier: supplier.id, run: run.id }
  const refused = { ...of, ...counted, failure: 'login-refused' as const, words: 'wrong password' }
  await failRun(world.context, run, { kind: 'not-started', words: 'no scraper began it in time' })
  await takeFinish(world.context, refused)
  assert.match((await supplier.state()).paused?.because ?? '', /refused the sign-in \(wrong password\)/)
  assert.ok(await supplier.incident('paused'))
  await supplier.ask()
  assert.equal(supplier.requests().length, 1)
  await world.store.suppliers.resume(supplier.id)
  await takeFinish(world.context, refused)
  assert.equal((await supplier.state()).paused, null, 'said again after a person resumed, it says nothing new')
})

test('a run that was called not begun, and had signed in, counts in the row', async () => {
  const supplier = await makeTestSupplier(world, 'not-begun')
  for (const _ of [1, 2]) {
    const run = await supplier.ask()
    await failRun(world.context, run, { kind: 'not-started', words: 'no scraper began it in time' })
    const body = { v: 1 as const, supplier: supplier.id, run: run.id, step: 'signing-in' as const, pages: 0, rows: 0 }
    await takeProgress(world.context, body)
  }
  await supplier.ask()
  assert.equal(supplier.requests().length, 2)
  assert.ok((await supplier.state()).paused)
})

test('what a scraper said of its end stands against the clock', async () => {
  const supplier = await makeTestSupplier(world, 'own-words')
  const { id: run } = await supplier.ask()
  await supplier.reach('signing-in')
  const of = { v: 1 as const, supplier: supplier.id, run: RunId.parse(run) }
  await world.store.runs.finish(run, { ...of, ...counted, failure: 'login-refused', words: 'wrong password' })
  const past = async () => [(await world.store.runs.get(run))!]
  const { store } = world
  await sweepRuns({ ...world.context, store: { ...store, runs: { ...store.runs, pastDeadline: past } } })
  assert.equal((await store.runs.get(run))?.failure, 'login-refused')
  assert.ok((await supplier.state()).paused)
})
