import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'

let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

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
