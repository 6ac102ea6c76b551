import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from '#test/notifier/a-context.ts'
import { item } from '#test/support/world.ts'

/** A value that is pending only passes by: what rests for a person, and what an import brings, is as if it had not been. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

async function start(name: string) {
  world.clock.now = new Date()
  const acme = await makeTestSupplier(world, name, { confirm: 'second-run' })
  const read = (said: string) => acme.read([item('A', said)])
  await read('1. 3. 2030')
  return {
    read,
    async put(number: string, single: boolean): Promise<void> {
      const lines = [{ id: '1', supplier: acme.id, code: 'A', title: 'A', quantity: 1, told: '1. 3. 2030' }]
      const placedAt = world.clock.now.toISOString()
      const order = Order.parse({ number, placedAt, customer: { email: `${number}@example.com` }, lines })
      await world.store.orders.put(order, { single })
      await lookAtOrders(world.context, [number])
    },
    async readAgain(said: string): Promise<void> {
      world.clock.now = new Date(world.clock.now.getTime() + 121_000)
      await sweep(world.context)
      const run = await world.store.runs.underWay(acme.id)
      assert.ok(run, 'a confirming run was requested')
      const { part, finish } = acme.whole(run.id, [item('A', said)])
      await acme.take(part, finish)
    },
  }
}

const notices = (order: string) => world.store.notices.ofOrder(order)

test('P7: what an import brings along beside a pending value is waived, and stays so when that was nothing', async () => {
  const acme = await start('import')
  await acme.put('first', true)
  await acme.read('1. 4. 2030')
  await acme.readAgain('1. 4. 2030')
  await acme.read('1. 5. 2030')
  await acme.put('imported', false)
  await acme.readAgain('1. 4. 2030')
  assert.deepEqual(await notices('imported'), [])
  assert.equal((await world.store.orders.get('imported'))?.lines['1']?.waived?.reason, 'at-intake')
})

test('P5: what is held for a person is held still when its item flickered', async () => {
  const acme = await start('flicker')
  await acme.put('held', true)
  await acme.read('1. 4. 2030')
  await acme.readAgain('1. 4. 2030')
  const [due] = await notices('held')
  assert.ok(due)
  await world.store.notices.holdAll([due], { hold: 'cause/test', reason: 'too many' })
  await acme.read('1. 5. 2030')
  await acme.readAgain('1. 4. 2030')
  assert.deepEqual(
    (await notices('held')).map(({ id, state, hold }) => [id, state, hold]),
    [['held/1', 'held', 'cause/test']],
  )
})
