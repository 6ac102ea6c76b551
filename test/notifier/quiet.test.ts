import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { failureKinds } from '#core/domain/messages.ts'
import type { Child } from '#test/support/child.ts'
import { mailsOf } from '#test/support/mails.ts'
import { until } from '#test/support/until.ts'
import { declarationOf, item, makeWorld, order, supplier, type World } from '#test/support/world.ts'

let world: World
let notifier: Child
before(async () => {
  world = await makeWorld()
  notifier = await world.startNotifier()
  await world.declare()
})
after(async () => world[Symbol.asyncDispose]())
beforeEach(() => world.mailbox.keep.remove([]))

test('P7: the first run of a supplier mails nobody, whatever the shop told before', async () => {
  await world.putOrder(order('first', ['A'], { lines: [line('A', '1. 3. 2030')], notifyNow: true }))
  await world.looked('first')
  world.shelf.observations = [
    item('A', '1. 4. 2030'),
    item('B', 'leden 2031'),
    item('C', 'skladem'),
    item('Q', 'skladem 2 ks'),
  ]
  assert.equal((await world.run()).state, 'accepted')
  await world.settled()
  assert.deepEqual(await subjects(), [])
  const stored = await world.store.orders.get('first')
  assert.equal(stored?.lines['1']?.waived?.reason, 'baseline')
})

test('P7: an import of orders mails nobody; the difference that it brought is waived', async () => {
  await world.putOrder(order('import', ['A'], { lines: [line('A', '1. 3. 2030')] }), { single: false })
  await world.looked('import')
  await world.settled()
  assert.deepEqual(await subjects(), [])
  assert.equal((await world.store.orders.get('import'))?.lines['1']?.waived?.reason, 'at-intake')
})

test('an old order put by itself is no news, a fresh one is', async () => {
  await world.putOrder(order('old', ['A'], { lines: [line('A', '1. 3. 2030')] }))
  await world.putOrder(order('fresh', ['A'], { lines: [line('A', '1. 3. 2030')], placedAt: new Date().toISOString() }))
  await world.looked('old')
  await world.looked('fresh')
  await until('the mail', async () => (await subjects()).length > 0)
  await world.settled()
  assert.deepEqual(await subjects(), ['Objednávka fresh: nový termín – 1. dubna 2030'])
})

test('an order put twice mails nobody a second time', async () => {
  for (let time = 1; time <= 2; time++) {
    await world.putOrder(
      order('twice', ['A'], { lines: [line('A', '1. 3. 2030')], placedAt: new Date().toISOString() }),
    )
    await world.looked('twice')
    await world.settled()
  }
  assert.equal((await subjects()).length, 1)
})

test('P1: a failed run of any kind changes no item and mails nobody; a refused sign-in pauses the supplier (P8)', async () => {
  const items = await world.store.items.getMany(['acme/A', 'acme/B', 'acme/C'])
  world.set('A', '1. 5. 2030')
  for (const kind of failureKinds) {
    world.shelf.failure = kind
    const run = await world.run()
    assert.equal(run.state, 'failed')
    assert.match(run.reasons.join(), new RegExp(`^${kind}`))
    const paused = (await world.store.suppliers.get(supplier))?.paused
    assert.equal(paused !== null, kind === 'login-refused', `paused after ${kind}`)
    await world.store.suppliers.resume(supplier)
  }
  delete world.shelf.failure
  await world.settled()
  assert.deepEqual(await subjects(), [])
  assert.deepEqual(await world.store.items.getMany(['acme/A', 'acme/B', 'acme/C']), items)
  const incidents = (await world.store.incidents.openOnes()).filter(
    ({ kind }) => kind === 'run-failed' || kind === 'paused',
  )
  assert.deepEqual(incidents.map(({ kind }) => kind).sort(), ['paused', 'run-failed'], 'each trouble is told once')
  assert.ok(
    incidents.every(({ hint }) => hint.length > 20),
    'and with what to do',
  )
})

test('an unchanged run after failed ones writes no item, and closes the incident', async () => {
  world.set('A', '1. 4. 2030')
  const run = await world.run()
  assert.deepEqual(run.counts, { items: 4, unreadable: 0, missing: 0, absent: 0, changes: 0, notices: 0 })
  assert.equal((await world.store.items.get('acme/A'))?.run, 1, 'the item was written by the first run and by no other')
  await until(
    'the end of the incident',
    async () => !(await world.store.incidents.openOnes()).some(({ kind }) => kind === 'run-failed'),
  )
})

test('an unreadable text is a mark beside now; nobody is mailed, and the old text back is no change', async () => {
  world.set('A', 'dle výrobce, snad brzy')
  assert.equal((await world.run()).counts?.unreadable, 1)
  const unreadable = await world.store.items.get('acme/A')
  assert.equal(unreadable?.marks.unreadable?.said, 'dle výrobce, snad brzy')
  assert.deepEqual(unreadable?.now?.availability, {
    kind: 'expected',
    from: '2030-04-01',
    to: '2030-04-01',
    precision: 'day',
  })
  world.set('A', '1. 4. 2030')
  assert.equal((await world.run()).counts?.changes, 0)
  await world.settled()
  assert.equal((await world.store.items.get('acme/A'))?.marks.unreadable, undefined)
  assert.deepEqual(await subjects(), [])
})

test('a row that is gone from a whole run: no date moves, nobody is mailed, and it comes back as it was', async () => {
  const all = world.shelf.observations
  world.shelf.observations = all.filter((one) => one.code !== 'A')
  assert.deepEqual([(await world.run()).counts?.absent, (await world.run()).counts?.missing], [1, 0])
  const absent = await world.store.items.get('acme/A')
  assert.ok(absent?.marks.missing)
  assert.equal(absent?.now?.availability.kind, 'expected')
  world.shelf.observations = all
  assert.equal((await world.run()).counts?.absent, 0)
  await world.settled()
  assert.equal((await world.store.items.get('acme/A'))?.marks.missing, undefined)
  assert.deepEqual(await subjects(), [])
})

test('relative text counts from the day it was first seen, however often it is read again', async () => {
  world.set('B', 'do 14 dnů')
  await world.run()
  const first = await world.store.items.get('acme/B')
  world.set('B', 'leden 2031')
  await world.run()
  world.set('B', 'do 14 dnů')
  await world.run()
  const again = await world.store.items.get('acme/B')
  assert.deepEqual(again?.now?.availability, first?.now?.availability)
  assert.equal(again?.sayings['delivery']?.[0]?.anchor, first?.sayings['delivery']?.[0]?.anchor)
  assert.equal(again?.sayings['delivery']?.length, 2)
})

test('sold out is held for a person: nobody is mailed, and the hold ends by itself when it is there again', async () => {
  await world.putOrder(order('sold', ['C'], { lines: [line('C', 'skladem')] }))
  await world.looked('sold')
  world.set('C', 'vyprodáno')
  await world.run()
  await world.settled()
  const [hold, ...more] = await world.store.holds.openOnes()
  assert.deepEqual([hold?.item, hold?.because, more], ['acme/C', 'sold-out', []])
  world.set('C', 'skladem')
  await world.run()
  await world.settled()
  assert.deepEqual(await world.store.holds.openOnes(), [])
  assert.deepEqual(await subjects(), [])
})

test('a restart mails nobody', async () => {
  await notifier.stop()
  notifier = await world.startNotifier()
  await world.run()
  await world.settled()
  assert.deepEqual(await subjects(), [])
})

test('a run read by another definition than the declared one is rejected, and no item moves (P1)', async () => {
  await world.declare({ number: 2, hash: 'two' })
  world.set('A', '1. 9. 2030')
  const run = await world.run()
  assert.equal(run.state, 'rejected')
  assert.match(run.reasons.join(), /definition/)
  const again = await until('the run that is requested again', async () => {
    const [newest] = await world.store.runs.page({ supplier, limit: 1 })
    return newest !== undefined && newest.id !== run.id && newest.endedAt !== undefined ? newest : null
  })
  assert.equal(again.state, 'rejected', 'and it is not asked for in a circle')
  assert.equal(await world.store.runs.waiting(supplier), null)
  assert.equal((await world.store.items.get('acme/A'))?.now?.availability.kind, 'expected')
  assert.deepEqual(await subjects(), [])
})

test('a definition that changed under the same number is an incident, and the stored one stands', async () => {
  const declaration = declarationOf({ number: 2, hash: 'three' })
  await world.broker.publish('supplier.declared', { body: { v: 1, declaration }, id: 'declared', supplier })
  await until('the incident', async () =>
    (await world.store.incidents.openOnes()).some(({ kind }) => kind === 'definition'),
  )
  assert.equal((await world.store.suppliers.get(supplier))?.declaration.hash, 'two')
})

test('P9: a message that cannot be read is parked with its reason, and what comes after it is done', async () => {
  const { connect } = await import('amqplib')
  const connection = await connect(world.env['AMQP_URL'] ?? '')
  const channel = await connection.createConfirmChannel()
  const namespace = world.env['AMQP_NAMESPACE'] ?? ''
  const body = Buffer.from(JSON.stringify({ v: 2, about: 'order', id: 'first' }))
  channel.publish(`${namespace}avizo`, 'wish.made', body, { type: 'wish.made', messageId: 'from-the-future' })
  const parked = await until('the parked message', () =>
    channel.get(`${namespace}notifier.wishes.parked`, { noAck: true }),
  )
  assert.match(String(parked.properties.headers?.['x-parked-because']), /cannot be read/)
  await world.putOrder(order('after', ['A']))
  await world.looked('after')
  await until('the incident', async () =>
    (await world.store.incidents.openOnes()).some((incident) => incident.kind === 'parked'),
  )
  await connection.close()
})

async function subjects(): Promise<string[]> {
  return (await mailsOf(world.mailbox.url)).map((mail) => mail.subject)
}

function line(code: string, told: string) {
  return { id: '1', supplier, code, title: `Figure ${code}`, quantity: 1, told }
}
