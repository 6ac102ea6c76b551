import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { item, makeWorld, order, supplier, type World } from '#test/support/world.ts'

/** Interleavings that once told somebody nothing, or twice. */
let world: World
before(async () => {
  world = await makeWorld()
  world.shelf.observations = ['A', 'B', 'C', 'D', 'E'].map((code) => item(code, '1. 3. 2030'))
})
after(async () => world[Symbol.asyncDispose]())

test('an order put again while the first run is half applied is told nothing of that run (P7)', async () => {
  const killed = await world.startNotifier()
  await world.declare()
  killed.tell('kill at items-written')
  await world.putOrder({ ...order('base', ['A']), notifyNow: true, lines: [line('A', '1. 2. 2030')] })
  await world.looked('base')
  const id = await world.askForRun()
  assert.equal(await killed.ended, 'SIGKILL')
  await world.store.orders.askLook(['base'])
  const next = await world.startNotifier()
  await world.putOrder({ ...order('base', ['A']), notifyNow: true, lines: [line('A', '1. 2. 2030')] })
  assert.equal((await world.ended(id)).state, 'accepted')
  await world.settled()
  assert.equal((await world.store.orders.get('base'))?.lines['1']?.waived?.reason, 'baseline')
  assert.deepEqual(await mailsOf(world.mailbox.url), [])
  await next.stop()
})

test('a definition declared anew while a run is half applied neither loses its change nor blocks its supplier', async () => {
  const killed = await world.startNotifier()
  await put('half', 'B')
  killed.tell('kill at items-written')
  world.set('B', '1. 5. 2030')
  const id = await world.askForRun()
  assert.equal(await killed.ended, 'SIGKILL')
  const next = await world.startNotifier()
  await world.declare({ number: 2, hash: 'two' })
  assert.equal((await world.ended(id)).state, 'accepted')
  await until('the mail', async () => (await mails('half')).length === 1)
  assert.equal((await world.store.suppliers.get(supplier))?.applying, null)
  await world.declare({ number: 3, hash: 'one' })
  assert.equal((await world.run()).state, 'accepted')
  await next.stop()
})

test('a line that points to the same item in another way keeps what was told: the same news never comes twice', async () => {
  const notifier = await world.startNotifier()
  world.shelf.observations = world.shelf.observations.map((one) =>
    one.code === 'C' ? { ...one, ean: '4012345678901' } : one,
  )
  assert.equal((await world.run()).state, 'accepted')
  const recent = { placedAt: new Date().toISOString() }
  const byEan = { id: '1', ean: '4012345678901', title: 'Figure C', quantity: 1, told: '1. 3. 2030' }
  await world.putOrder(order('point', ['C'], { ...recent, lines: [byEan] }))
  await world.looked('point')
  world.set('C', '1. 6. 2030')
  await world.run()
  await until('the mail', async () => (await mails('point')).length === 1)
  await world.settled()
  await world.putOrder(order('point', ['C'], { ...recent, lines: [line('C', '1. 3. 2030')] }))
  await world.looked('point')
  await world.settled()
  assert.equal((await mails('point')).length, 1)
  assert.equal((await world.store.orders.get('point'))?.lines['1']?.told?.source, 'notice')
  await notifier.stop()
})

test('an item that gets its EAN without its date moving finds the line that waits for it', async () => {
  const notifier = await world.startNotifier()
  const byEan = { id: '1', ean: '4012345678918', title: 'Figure D', quantity: 1, told: '1. 3. 2030' }
  await world.putOrder(order('late', ['D'], { lines: [byEan] }))
  await world.looked('late')
  assert.equal((await world.store.orders.get('late'))?.lines['1']?.item, null)
  world.shelf.observations = world.shelf.observations.map((one) =>
    one.code === 'D' ? { ...one, ean: '4012345678918' } : one,
  )
  assert.equal((await world.run()).counts?.changes, 0)
  await until('the match', async () => (await world.store.orders.get('late'))?.lines['1']?.item === 'acme/D')
  await notifier.stop()
})

test('a second order of a refused address comes free when its address is corrected', async () => {
  const notifier = await world.startNotifier()
  const refused = { customer: { email: 'gone@example.com' } }
  for (const number of ['s1', 's2'])
    await world.putOrder(order(number, ['E'], { ...refused, lines: [line('E', '1. 3. 2030')] }))
  for (const number of ['s1', 's2']) await world.looked(number)
  world.mailbox.faultSwitch.set({ fault: 'refuse-forever', address: 'gone@example.com', seconds: 0 })
  world.set('E', '1. 7. 2030')
  await world.run()
  await until('both to be suppressed', async () => (await world.store.notices.count('suppressed')) === 2)
  for (const number of ['s1', 's2']) {
    await world.putOrder(
      order(number, ['E'], { customer: { email: `here-${number}@example.com` }, lines: [line('E', '1. 3. 2030')] }),
    )
    await until(`the mail of ${number}`, async () =>
      (await mailsOf(world.mailbox.url)).some(({ to }) => to === `here-${number}@example.com`),
    )
  }
  await notifier.stop()
})

async function put(number: string, code: string): Promise<void> {
  await world.putOrder(order(number, [code], { lines: [line(code, '1. 3. 2030')] }))
  await world.looked(number)
}

async function mails(number: string) {
  return (await mailsOf(world.mailbox.url)).filter((mail) => mail.to === `customer-${number}@example.com`)
}

function line(code: string, told: string) {
  return { id: '1', supplier, code, title: `Figure ${code}`, quantity: 1, told }
}
