import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Step } from '#notifier/steps.ts'
import { planSteps, sendSteps } from '#notifier/steps.ts'
import { assertTold, mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, type World } from '#test/support/world.ts'

/** Where something is held that another takes over meanwhile: a run's claim, a plan made of what was read, a notice's lease. */
const steps: readonly Step[] = ['claimed', 'items-written', 'orders-planned', ...planSteps, ...sendSteps]
const customers = ['customer-1@example.com', 'customer-2@example.com']
let world: World
let notifier: Awaited<ReturnType<World['startNotifier']>>
let day = 1
let doubled = 0

/** As the kernel has it: T where the process is stopped. */
async function stateOf(pid: number): Promise<string | undefined> {
  return (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.charAt(0)
}

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
      notifier.tell(`freeze at ${step}`)
      const id = await world.askForRun()
      await notifier.said('freezing')
      // It says so before: woken earlier than it falls asleep, it would sleep on.
      await until('it to be frozen', async () => (await stateOf(notifier.pid)) === 'T')
      const other = await world.startNotifier()
      assert.equal((await world.ended(id)).state, 'accepted')
      await world.settled()
      notifier.kill('SIGCONT')
      await other.stop()
      // It is alone by then, and awake: whatever it goes on with it has gone on with when it has judged a run.
      assert.equal((await world.run()).state, 'accepted')
      await world.settled()
      doubled += (await assertTold(world, { to: customers, says: `Nově: ${day}. listopadu 2030` })).doubled
      const all = (await mailsOf(world.mailbox.url)).length
      assert.equal(all, customers.length * (day - 1) + doubled, 'a mail came that nothing called for')
    },
  )
}
