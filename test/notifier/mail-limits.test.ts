import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { adminMailsOf, mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, type World } from '#test/support/world.ts'

let world: World
before(async () => {
  world = await makeWorld()
  world.env['MAILS_PER_DAY'] = '3'
})
after(async () => world[Symbol.asyncDispose]())

test('a day’s limit is never passed, however many notifiers send; the rest waits, and the admin hears of it', async () => {
  const notifiers = [await world.startNotifier(), await world.startNotifier()]
  await world.declare()
  world.shelf.observations = [item('A', '1. 3. 2030')]
  assert.equal((await world.run()).state, 'accepted')
  const placedAt = new Date().toISOString()
  const line = { id: '1', supplier: 'acme', code: 'A', title: 'Figure A', quantity: 1, told: '1. 2. 2030' }
  for (let n = 1; n <= 8; n++) await world.putOrder(order(String(n), ['A'], { placedAt, lines: [line] }))
  await until('the incident', async () =>
    (await world.store.incidents.openOnes()).some(({ kind }) => kind === 'mail-limit'),
  )
  await until('the admin’s mail', async () => (await adminMailsOf(world.mailbox.url)).length > 0)
  assert.equal((await mailsOf(world.mailbox.url)).length, 3)
  assert.equal(await world.store.notices.count('due'), 5)
  await Promise.all(notifiers.map((notifier) => notifier.stop()))
})

test('with more to spend the rest goes, no faster than the minute allows', async () => {
  world.env['MAILS_PER_DAY'] = '100'
  world.env['SMTP_PER_MINUTE'] = '4'
  const notifier = await world.startNotifier()
  await until('a minute’s mails', async () => (await mailsOf(world.mailbox.url)).length === 7)
  await until('the incident to close', async () => (await world.store.incidents.openOnes()).length === 0)
  assert.equal(await world.store.notices.count('due'), 1, 'the fifth waits for the next minute')
  await notifier.stop()
})
