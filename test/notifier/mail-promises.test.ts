import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Order } from '#core/domain/order.ts'
import { personKey } from '#core/store/people.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { item, order } from '#test/support/world.ts'
import type { TestContext } from './a-context.ts'
import { makeTestContext, makeTestSupplier } from './a-context.ts'
import { makePost } from './a-post.ts'

/** What a mail says or promises, held against what becomes of it. */
let world: TestContext
before(async () => {
  world = await makeTestContext()
})
after(() => world.close())

/** Orders of a supplier that says one date of all that they hold; the shop told it at the order, if so given. */
async function begin(
  supplier: string,
  numbers: string[],
  { codes = ['A'], told }: { codes?: string[]; told?: string },
) {
  const acme = await makeTestSupplier(world, supplier, { confirm: 'none' })
  await acme.read(codes.map((code) => item(code, '1. 3. 2030')))
  for (const number of numbers) {
    const given = order(number, codes) as { lines: object[] }
    const lines = given.lines.map((line) => ({ ...line, supplier, ...(told && { told }) }))
    await world.store.orders.put(Order.parse({ ...given, lines }), { single: true })
  }
  await lookAtOrders(world.context, numbers)
  return acme
}

test('who opted out, and was promised to hear as soon as there is a date, hears of it', async () => {
  const acme = await begin('promised', ['promise'], { told: '1. 3. 2030' })
  const post = await makePost(world)
  await world.store.people.optOut(personKey('customer-promise@example.com'))
  await acme.read([item('A', 'na dotaz')])
  assert.match((await post.sendDue())[0]?.text ?? '', /Jakmile budeme nový termín znát, napíšeme vám/)
  await acme.read([item('A', '1. 9. 2030')])
  assert.equal((await post.sendDue()).length, 1)
})

test('of a line whose customer never heard a date, and whose supplier is not understood, no date is unchanged', async () => {
  const acme = await begin('unread', ['unread'], { codes: ['A', 'B'] })
  const post = await makePost(world)
  await acme.read([item('A', '1. 4. 2030'), item('B', 'volejte')])
  assert.doesNotMatch((await post.sendDue())[0]?.text ?? '', /beze změny/)
})
