import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { allSteps } from '#notifier/steps.ts'
import type { Child } from '#test/support/child.ts'
import { assertTold, mailsOf } from '#test/support/mails.ts'
import { item, makeWorld, order, type World } from '#test/support/world.ts'

const customers = ['customer-1@example.com', 'customer-2@example.com']
let world: World
let notifier: Child
let day = 1
let doubled = 0

before(async () => {
  world = await makeWorld()
  notifier = await world.startNotifier()
  await world.declare()
  world.shelf.observations = [
    item('A', '1. 12. 2030'),
    item('B', 'skladem'),
    item('C', 'leden 2031'),
    item('D', 'na dotaz'),
  ]
  assert.equal((await world.run()).state, 'accepted')
  for (const number of ['1', '2']) {
    await world.putOrder(
      order(number, ['A', 'B'], { lines: [line('1', 'A', '1. 12. 2030'), line('2', 'B', 'skladem')] }),
    )
    await world.looked(number)
  }
  await world.settled()
})
after(async () => {
  console.log(`mails that went twice in the window: ${doubled}`)
  await world[Symbol.asyncDispose]()
})

for (const step of allSteps) {
  test(`kill -9 at "${step}" loses no mail and doubles none outside the window`, { timeout: 180_000 }, async () => {
    day += 1
    world.set('A', `${day}. 12. 2030`)
    notifier.tell(`kill at ${step}`)
    const id = await world.askForRun()
    assert.equal(await notifier.ended, 'SIGKILL', `the step "${step}" was never reached:\n${notifier.log()}`)
    notifier = await world.startNotifier()
    assert.equal((await world.ended(id)).state, 'accepted')
    await world.settled()
    doubled += (await assertTold(world, { to: customers, says: `Nově: ${day}. prosince 2030` })).doubled
    const all = (await mailsOf(world.mailbox.url)).length
    assert.equal(all, customers.length * (day - 1) + doubled, 'a mail came that nothing called for')
  })
}

function line(id: string, code: string, told: string) {
  return { id, supplier: 'acme', code, title: `Figure ${code}`, quantity: 1, told }
}
