import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from '#test/notifier/a-context.ts'
import { item } from '#test/support/world.ts'

const [old, fresh] = ['1. 3. 2030', '1. 4. 2030']
const wide = { share: 1, floor: 100_000, most: 100_000 }

let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

function rows(isFresh: (i: number) => boolean) {
  return Array.from({ length: 40 }, (_, i) => item(`I${i}`, isFresh(i) ? fresh : old))
}

/** Forty items, each waited for by a customer of its own; what a run reads is said by which of them have the new date. */
async function makeSupplier(name: string, gates: object = { customers: wide, sameShift: wide }) {
  world.clock.now = new Date()
  const acme = await makeTestSupplier(world, name, { confirm: 'second-run', gates: gates as never })
  await acme.read(rows(() => false))
  const numbers = Array.from({ length: 40 }, (_, i) => `${name}-${i}`)
  for (const [i, number] of numbers.entries()) {
    const line = { id: '1', supplier: acme.id, code: `I${i}`, title: 'x', quantity: 1, told: old }
    const customer = { email: `${number}@example.com` }
    const put = { number, placedAt: world.clock.now.toISOString(), customer, lines: [line] }
    await world.store.orders.put(Order.parse(put), { single: true })
  }
  await lookAtOrders(world.context, numbers)
  return {
    ...acme,
    read: (isFresh: (i: number) => boolean) => acme.read(rows(isFresh)),
    async readAgain(isFresh: (i: number) => boolean) {
      world.clock.now = new Date(world.clock.now.getTime() + 121_000)
      await sweep(world.context)
      const run = await world.store.runs.underWay(acme.id)
      assert.ok(run, 'a confirming run was requested')
      const { part, finish } = acme.whole(run.id, rows(isFresh))
      await acme.take(part, finish)
      return world.store.runs.get(run.id)
    },
    states: async () => {
      const items = await world.store.items.getMany(Array.from({ length: 40 }, (_, i) => `${acme.id}/I${i}`))
      const list = [...items.values()]
      return { pending: list.filter(({ pending }) => pending).length, runs: list.map(({ run }) => run) }
    },
  }
}

test('gates leave out what was pending already: the confirming run is judged by what is new in it', async () => {
  const acme = await makeSupplier('left')
  assert.equal((await acme.read((i) => i < 15)).state, 'accepted')
  assert.equal((await acme.states()).pending, 15)
  const second = await acme.readAgain((i) => i < 30)
  assert.equal(second?.state, 'accepted', second?.reasons.join('; '))
  assert.equal((await acme.states()).pending, 15, 'the others are read a second time by a later run')
})

test('a run that would mail too many customers once it is confirmed is held before anything is pending', async () => {
  const acme = await makeSupplier('many', {
    customers: { share: 0.2, floor: 20, most: 200 },
    sameShift: wide,
    itemsChanged: wide,
  })
  const run = await acme.read((i) => i % 2 === 0)
  assert.equal(run.state, 'held')
  assert.match(run.reasons.join('; '), /20 .*customers/)
  assert.equal((await acme.states()).pending, 0)
})

test('a person’s approval confirms: what the held run brings is now at once, and due', async () => {
  const acme = await makeSupplier('approved')
  const run = await acme.read((i) => i < 35)
  assert.equal(run.state, 'held')
  assert.equal(await world.store.runs.approve(run.id), 'approved')
  await sweep(world.context)
  assert.equal((await world.store.runs.get(run.id))?.state, 'accepted')
  assert.equal((await acme.states()).pending, 0)
  assert.equal((await world.store.notices.ofOrder('approved-1'))[0]?.state, 'due')
  assert.equal(await world.store.runs.waiting(acme.id), null, 'nothing is left to confirm')
})

test('a run that reads what is so already writes no item, and one that confirms writes only what it confirms', async () => {
  const acme = await makeSupplier('quiet')
  await acme.read((i) => i < 2)
  const { runs: first } = await acme.states()
  await acme.readAgain((i) => i < 2)
  const { runs: second } = await acme.states()
  assert.equal(second.filter((run, i) => run !== first[i]).length, 2)
  await acme.read((i) => i < 2)
  assert.deepEqual((await acme.states()).runs, second)
})
