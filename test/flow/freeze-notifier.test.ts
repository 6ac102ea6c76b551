import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Step } from '#notifier/steps.ts'
import { planSteps, sendSteps } from '#notifier/steps.ts'
import { assertTold, mailsOf } from '#test/support/mails.ts'
import { item, makeWorld, order, type World } from '#test/support/world.ts'

/** Where something is held that another takes over meanwhile: a run's claim, a plan made of what was read, a notice's lease. */
const steps: readonly Step[] = ['claimed', 'items-written', 'orders-planned', ...planSteps, ...sendSteps]
const customers = ['customer-1@example.com', 'customer-2@example.com']
let world: World
let notifier: Awaited<ReturnType<World['startNotifier']>>
let day = 1
let doubled = 0

before(async () => {
  world = await makeWorld()
  notifier = await world.startNotifier()
  await world.declare()
  world.shelf.observations = [item('A', '1. 1. 2030'), item('B', 'skladem')]
  assert.equal((await world.run()).state, 'accepted')
  for (const number of ['1', '2']) {
    await world.putOrder(order(number, ['A'], { lines: [{ id: '1', supplier: 'acme', code: 'A', title: 'A', quantity: 1, told: '1. 1. 2030' }] })) // prettier-ignore
    await world.looked(number)
  }
  await world.settled()
})
after(() => world[Symbol.asyncDispose]())

for (const step of steps) {
  test(
    `who was frozen at "${step}" and wakes when another has done its work says nothing wrong, and nothing twice`,
    { timeout: 120_000 },
    async () => {
      day += 1
      world.set('A', `${day}. 11. 2030`)
      const frozen = notifier
      frozen.tell(`freeze at ${step}`)
      const id = await world.askForRun()
      await frozen.said('freezing')
      notifier = await world.startNotifier()
      assert.equal((await world.ended(id)).state, 'accepted')
      await world.settled()
      frozen.kill('SIGCONT')
      // An orderly end: what it had begun it goes on with, as far as it still may.
      await frozen.stop()
      await world.settled()
      doubled += (await assertTold(world, { to: customers, says: `Nově: ${day}. listopadu 2030` })).doubled
      const all = (await mailsOf(world.mailbox.url)).length
      assert.equal(all, customers.length * (day - 1) + doubled, 'a mail came that nothing called for')
    },
  )
}
