import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { assertTold } from '#test/support/mails.ts'
import { startOwnServers, type OwnServers } from '#test/support/servers.ts'
import { item, makeWorld, order, type World } from '#test/support/world.ts'

const customers = ['customer-1@example.com', 'customer-2@example.com', 'customer-3@example.com']
let servers: OwnServers
let world: World
let day = 1

before(async () => {
  servers = await startOwnServers()
  world = await makeWorld({ ...servers, namespace: 'kill.', stop: () => servers.stop() })
  const notifier = await world.startNotifier()
  // A quorum queue whose broker is killed within 0.3 s of its declaration is lost for ever; a second later nothing is.
  await wait(2_000)
  await world.declare()
  world.shelf.observations = [
    item('A', '1. 12. 2030'),
    item('B', 'skladem'),
    item('C', 'leden 2031'),
    item('D', 'na dotaz'),
  ]
  assert.equal((await world.run()).state, 'accepted')
  for (const number of ['1', '2', '3']) {
    await world.putOrder(
      order(number, ['A'], {
        lines: [{ id: '1', supplier: 'acme', code: 'A', title: 'Figure A', quantity: 1, told: '1. 12. 2030' }],
      }),
    )
    await world.looked(number)
  }
  await world.settled()
  await notifier.stop()
})
after(async () => world[Symbol.asyncDispose]())

/** A server that goes and comes back looks the same from every step of a kind: writing items, planning, handing over. */
for (const step of ['claimed', 'items-written', 'orders-planned', 'handed', 'mail-accepted']) {
  test(
    `kill -9 of mongod at "${step}" loses no mail and doubles none outside the window`,
    { timeout: 300_000 },
    async () => {
      await changeWhile(step, async () => {
        process.kill(servers.storePid, 'SIGKILL')
        await servers.restartStore()
      })
    },
  )
}

for (const step of ['claimed', 'orders-planned', 'handed']) {
  test(
    `kill -9 of RabbitMQ at "${step}" loses no mail and doubles none outside the window`,
    { timeout: 300_000 },
    async () => {
      await changeWhile(step, async () => {
        process.kill(servers.brokerPid, 'SIGKILL')
        await servers.restartBroker()
      })
    },
  )
}

/** Moves a date, stops the notifier at a step, lets the trouble come and go, and sees that everybody was told once. */
async function changeWhile(step: string, trouble: () => Promise<void>): Promise<void> {
  day += 1
  world.set('A', `${day}. 12. 2030`)
  const notifier = await world.startNotifier({ pauseAt: step })
  const id = await world.askForRun()
  await notifier.said('paused')
  const over = trouble()
  notifier.tell('go')
  await over
  assert.equal((await world.ended(id, 120)).state, 'accepted', notifier.log())
  await world.settled(150)
  await assertTold(world, { to: customers, says: `Nově: ${day}. prosince 2030` })
  await notifier.stop()
}
