import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isMissing } from '#core/domain/missing.ts'
import { Order } from '#core/domain/order.ts'
import type { Observation } from '#core/domain/messages.ts'
import type { Run } from '#core/store/runs.ts'
import { resumeRuns, takeFinish, takePart } from '#notifier/collect-run.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'

/** Missing counts after three accepted runs of the schedule without the item; admins hear, customers do not. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

const all = ['A', 'B', 'C', 'D', 'E', 'F'].map((code): Observation => ({
  code,
  title: `Figure ${code}`,
  cells: { delivery: '1. 3. 2030' },
}))
const without = all.filter(({ code }) => code !== 'A')

async function start(name: string) {
  world.clock.now = new Date('2030-01-01T08:00:00Z')
  const acme = await makeTestSupplier(world, name)
  await acme.read(all)
  const lines = [{ id: '1', supplier: name, code: 'A', title: 'Figure A', quantity: 1, told: '1. 3. 2030' }]
  const customer = { email: `${name}@example.com` }
  const order = Order.parse({ number: name, placedAt: '2029-12-01T08:00:00Z', customer, lines })
  await world.store.orders.put(order, { single: true })
  await lookAtOrders(world.context, [name])
  return {
    ...acme,
    async readByTick(observations: Observation[]): Promise<Run> {
      world.clock.now = new Date(world.clock.now.getTime() + 4 * 3_600_000)
      await acme.tick()
      const run = await world.store.runs.underWay(acme.id)
      assert.equal(run?.why, 'schedule')
      const { part, finish } = acme.whole(run.id, observations)
      await acme.take(part, finish)
      return (await world.store.runs.get(run.id)) as Run
    },
    isMissing: async () => isMissing((await world.store.items.get(`${name}/A`))?.marks),
  }
}

test('runs that a person asks for do not count, three of the schedule do, and then nothing more is written', async () => {
  const acme = await start('counted')
  for (let i = 0; i < 4; i++) await acme.read(without)
  const kinds: boolean[] = []
  for (let i = 0; i < 3; i++) {
    await acme.readByTick(without)
    kinds.push(await acme.isMissing())
  }
  assert.deepEqual(kinds, [false, false, true])
  const stands = await world.store.items.get('counted/A')
  const { counts } = await acme.readByTick(without)
  assert.deepEqual([counts?.missing, counts?.absent], [1, 0])
  assert.deepEqual(await world.store.items.get('counted/A'), stands)
  assert.deepEqual(stands?.marks.missing?.lastConfirmedAt, new Date('2030-01-01T08:00:00Z'))
  assert.deepEqual(await world.store.notices.ofOrder('counted'), [])
})

test('a run that has it again begins anew; one that failed counts for nothing', async () => {
  const acme = await start('anew')
  await acme.readByTick(without)
  await acme.readByTick(without)
  await acme.readByTick(all)
  assert.equal((await world.store.items.get('anew/A'))?.marks.missing, undefined)
  await acme.readByTick(without)
  await acme.readByTick(without)
  world.clock.now = new Date(world.clock.now.getTime() + 4 * 3_600_000)
  await acme.tick()
  await acme.fail('down')
  assert.equal(await acme.isMissing(), false)
})

test('the admin hears of what open orders wait for, until it is back', async () => {
  const acme = await start('heard')
  for (let i = 0; i < 2; i++) await acme.readByTick(without.slice(1))
  assert.equal(await acme.incident('missing'), undefined)
  await acme.readByTick(without.slice(1))
  assert.match((await acme.incident('missing'))?.words ?? '', /no longer in its table: A$/)
  await acme.readByTick(all)
  assert.equal(await acme.incident('missing'), undefined)
})

const dies = {
  at: async (step: string) => void (step === 'missing-marked' && (await Promise.reject(new Error('killed')))),
}

test('who dies after marking what is missing is followed by another, and no run counts twice', async () => {
  const acme = await start('torn')
  await acme.readByTick(without)
  world.clock.now = new Date(world.clock.now.getTime() + 4 * 3_600_000)
  await acme.tick()
  const run = await world.store.runs.underWay(acme.id)
  assert.ok(run)
  const { part, finish } = acme.whole(run.id, without)
  await takePart(world.context, part)
  await assert.rejects(takeFinish({ ...world.context, ...dies }, finish), /killed/)
  await acme.leaseEnds()
  await resumeRuns(world.context)
  assert.equal((await world.store.runs.get(run.id))?.state, 'accepted')
  assert.equal((await world.store.items.get('torn/A'))?.marks.missing?.runs, 2)
})
