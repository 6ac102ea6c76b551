import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Observation } from '#core/domain/messages.ts'
import { sweepRuns, takeProposal } from '#notifier/request-run.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'

/** A dry run is read and judged, and nothing of it counts. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const rows = (moved: number): Observation[] =>
  Array.from({ length: 30 }, (_, i) => ({
    code: `I${i}`,
    title: `Thing ${i}`,
    cells: { delivery: i < moved ? '1. 4. 2030' : '1. 3. 2030' },
  }))

async function start(name: string) {
  const supplier = await makeTestSupplier(world, name)
  await supplier.read(rows(0))
  await putOrders(world, { supplier: name, count: 2 })
  return {
    ...supplier,
    async askDry(): Promise<string> {
      const { status, body } = await desk.ask('POST', `/v1/suppliers/${name}/runs?dry=true`)
      assert.equal(status, 202)
      await takeProposal(world.context, { v: 1, supplier: supplier.id, run: body['id'] as never, why: 'person' })
      return body['id'] as string
    },
  }
}

test('it shows what would change and who would be mailed, and moves nothing (P1)', async () => {
  const acme = await start('tried')
  const untouched = await world.store.items.get('tried/I0')
  const accepted = (await acme.state()).lastAccepted
  const id = await acme.askDry()
  const { part, finish } = acme.whole(id, rows(1))
  await acme.take(part, finish)
  const run = await world.store.runs.get(id)
  assert.deepEqual([run?.state, run?.dry], ['rejected', true])
  const { body } = await desk.ask('GET', `/v1/runs/${id}/trial`)
  assert.deepEqual([body['held'], body['customers'], body['orders']], [[], 2, ['tried-0', 'tried-1']])
  assert.deepEqual(body['totals'], { changed: 1, unreadable: 0, missing: 0, new: 0 })
  assert.deepEqual(await world.store.items.get('tried/I0'), untouched)
  assert.deepEqual((await acme.state()).lastAccepted, accepted)
  assert.deepEqual(await world.store.notices.ofOrder('tried-0'), [])
  assert.equal((await acme.read(rows(1))).state, 'accepted')
  assert.equal((await world.store.notices.ofOrder('tried-0')).length, 1, 'the real one is not kept from its work')
})

test('what would wait for a person is said, and nothing is held', async () => {
  const acme = await start('gates')
  const id = await acme.askDry()
  const { part, finish } = acme.whole(id, rows(25))
  await acme.take(part, finish)
  const { body } = await desk.ask('GET', `/v1/runs/${id}/trial`)
  assert.match(String((body['held'] as string[])[0]), /25/)
  assert.deepEqual(await desk.holds(), [])
  assert.equal(await acme.incident('run-held'), undefined)
})

test('it covers no tick, and takes the place of no other run', async () => {
  const acme = await start('beside')
  world.clock.now = new Date(world.clock.now.getTime() + 3_600_000)
  const tick = world.clock.now
  const id = await acme.askDry()
  assert.equal((await world.store.runs.underWay('beside'))?.id, id)
  await acme.tick(tick)
  const waiting = await world.store.runs.waiting('beside')
  assert.equal(waiting?.why, 'schedule')
  const { part, finish } = acme.whole(id, rows(0))
  await acme.take(part, finish)
  await sweepRuns(world.context)
  assert.equal((await world.store.runs.underWay('beside'))?.id, waiting?.id)
  const second = await acme.askDry()
  assert.equal(await acme.askDry(), second, 'one dry run waits at a time')
  assert.equal((await desk.ask('GET', `/v1/runs/${second}/trial`)).status, 404)
})

test('one that was read by another definition is rejected in words, and no real run comes of it', async () => {
  const acme = await start('other-definition')
  const id = await acme.askDry()
  const { part, finish } = acme.whole(id, rows(1))
  await acme.take(part, { ...finish, definition: { number: 2, hash: 'two' } })
  const run = await world.store.runs.get(id)
  assert.deepEqual([run?.state, run?.trial], ['rejected', undefined])
  assert.match(run?.reasons.join() ?? '', /another definition .* ask for another dry run/)
  await sweepRuns(world.context)
  assert.deepEqual(
    (await acme.runs()).filter(({ state }) => state !== 'accepted').map((one) => one.id),
    [id],
    'nothing waits or is under way for it',
  )
})

test('a dry run before it keeps no real run from being asked again', async () => {
  const acme = await start('dry-before')
  const dry = await acme.askDry()
  const tried = acme.whole(dry, rows(1))
  await acme.take(tried.part, tried.finish)
  const { id } = await acme.ask()
  const { part, finish } = acme.whole(id, rows(1))
  await acme.take(part, { ...finish, definition: { number: 2, hash: 'two' } })
  assert.equal((await world.store.runs.get(id))?.state, 'rejected')
  const again = await world.store.runs.underWay('dry-before')
  assert.deepEqual([again?.why, again?.dry], ['person', undefined])
})

test('two in a row that were interrupted while signing in pause the supplier, a dry one among them (P8)', async () => {
  const acme = await start('sign-ins')
  await acme.askDry()
  await acme.reach('signing-in')
  await acme.fail('interrupted')
  assert.equal((await acme.state()).paused, null)
  await acme.ask()
  await acme.reach('signing-in')
  await acme.fail('interrupted')
  assert.ok((await acme.state()).paused)
})
