import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { connect } from 'amqplib'
import type { Broker } from '#core/broker/broker.ts'
import { openBroker } from '#core/broker/broker.ts'
import type { Incoming, Verdict } from '#core/broker/consume.ts'
import type { QueueName } from '#core/broker/topology.ts'
import { parkedQueue } from '#core/broker/topology.ts'
import { openStore } from '#core/store/store.ts'
import { makeLogger } from '#core/process/log.ts'
import { makeWorld } from '#test/api/world.ts'
import { openCorner } from '#test/support/servers.ts'
import { until } from '#test/support/until.ts'

/** P9: what cannot be processed is parked with its reason; it can be listed, retried and dropped, and is never lost. */
let corner: Awaited<ReturnType<typeof openCorner>>
let broker: Broker
let verdict: Verdict = { kind: 'done' }
const handled: string[] = []
before(async () => {
  corner = await openCorner()
  const log = makeLogger({ name: 'test', format: 'json', level: 'silent' })
  broker = await openBroker({ url: corner.amqpUrl, namespace: corner.namespace, name: 'test', log })
  await broker.consume({ queue: 'notifier.wishes', prefetch: 4, handle })
})
after(async () => {
  await broker[Symbol.asyncDispose]()
  await corner.stop()
})

async function handle({ id }: Incoming): Promise<Verdict> {
  handled.push(id)
  return verdict
}

async function park(id: string, because: string): Promise<void> {
  verdict = { kind: 'park', because }
  await broker.publish('wish.made', { body: { v: 1, about: 'order', id }, id })
  await until(`${id} to be parked`, async () => (await broker.parked.list()).some((one) => one.id === id))
  verdict = { kind: 'done' }
}
const parkedIds = async () => (await broker.parked.list()).map(({ id }) => id).toSorted()

test('parked messages are listed with their reason, as often as one looks', async () => {
  await park('a', 'no such item')
  await park('b', 'a defect')
  for (let i = 0; i < 30; i++) assert.deepEqual(await parkedIds(), ['a', 'b'])
  const [first] = (await broker.parked.list()).filter(({ id }) => id === 'a')
  assert.deepEqual([first?.queue, first?.type, first?.because], ['notifier.wishes', 'wish.made', 'no such item'])
})

test('one that is retried is processed again, and begins its count of deliveries anew', async () => {
  handled.length = 0
  assert.equal(await broker.parked.retry('notifier.wishes', 'a'), 1)
  await until('a again', async () => handled.includes('a'))
  assert.deepEqual(await parkedIds(), ['b'])
  verdict = { kind: 'park', because: 'still' }
  assert.equal(await broker.parked.retry('notifier.wishes', 'b'), 1)
  await until('b again', async () => (await broker.parked.list()).some(({ because }) => because === 'still'))
  verdict = { kind: 'done' }
})

test('one that is dropped is gone, and an id that nobody knows touches nothing', async () => {
  await park('c', 'another')
  assert.equal(await broker.parked.retry('notifier.wishes', 'nobody'), 0)
  assert.equal(await broker.parked.drop('notifier.wishes', 'b'), 1)
  assert.deepEqual(await parkedIds(), ['c'])
  const states = await broker.parked.states()
  const wishes = states.find(({ queue }) => queue === 'notifier.wishes')
  assert.deepEqual(wishes, { queue: 'notifier.wishes', waiting: 0, parked: 1, consumers: 1 })
})

test('whoever dies while looking loses nothing', async () => {
  const model = await connect(corner.amqpUrl)
  const channel = await model.createConfirmChannel()
  assert.ok(await channel.get(`${corner.namespace}notifier.wishes.parked`, { noAck: false }))
  await model.close()
  // The broker gives it back a moment after the connection is gone.
  await until('c to be back', async () => (await parkedIds()).includes('c'))
  assert.deepEqual(await parkedIds(), ['c'])
})

test('the API lists, retries and drops, and the trouble is over with the last one', async () => {
  await using store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 60 })
  await store.incidents.open({ kind: 'parked', subject: 'notifier.wishes', words: 'c: another', hint: 'look' })
  const { send } = makeWorld(store, { broker })
  const { body } = await send('GET', '/v1/parked')
  assert.deepEqual((body['items'] as { id: string }[]).map(({ id }) => id), ['c']) // prettier-ignore
  assert.equal((await send('POST', '/v1/parked/notifier.wishes/nobody/retry')).status, 404)
  assert.equal((await send('POST', '/v1/parked/no.queue/c/retry')).status, 400)
  assert.equal((await store.incidents.openOnes()).length, 1)
  assert.equal(body['all'], 1)
  assert.deepEqual((await send('DELETE', '/v1/parked/notifier.wishes/c')).body, { messages: 1 })
  assert.deepEqual(await store.incidents.openOnes(), [])
  const { findings } = (await send('GET', '/v1/doctor')).body as { findings: { what: string; ok: boolean }[] }
  assert.ok(findings.find(({ what }) => what === 'parked')?.ok)
  assert.equal(findings.find(({ what }) => what === 'scraper')?.ok, false, 'nobody reads its queue here')
})

test('one that is parked behind hundreds is found, the list says that it is not whole, and all go back at once', async () => {
  await using store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 60 })
  const { send } = makeWorld(store, { broker })
  await parkByHand('notifier.wishes', { type: 'wish.made', ids: Array.from({ length: 620 }, (_, i) => `m${i}`) })
  const { body } = await send('GET', '/v1/parked')
  assert.deepEqual([(body['items'] as object[]).length, body['all']], [500, 620])
  // What was listed went behind the others.
  assert.deepEqual((await send('DELETE', '/v1/parked/notifier.wishes/m399')).body, { messages: 1 })
  handled.length = 0
  assert.deepEqual((await send('POST', '/v1/parked/notifier.wishes/m398/retry')).body, { messages: 1 })
  await until('m398 again', async () => handled.length === 1)
  assert.deepEqual((await send('POST', '/v1/parked/notifier.wishes/retry')).body, { messages: 618 })
  await until('all again', async () => handled.length === 619)
  assert.deepEqual(await parkedIds(), [])
})

test('a request for a run is never read later: it can only be dropped', async () => {
  await using store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 60 })
  const { send } = makeWorld(store, { broker })
  await parkByHand('scraper.runs', { type: 'run.requested', ids: ['demo-20261129T0800Z/requested'] })
  const { body: listed } = await send('GET', '/v1/parked')
  assert.deepEqual(
    (listed['items'] as { mayBeRetried: boolean }[]).map((one) => one.mayBeRetried),
    [false],
  )
  const address = '/v1/parked/scraper.runs/demo-20261129T0800Z%2Frequested'
  for (const path of [`${address}/retry`, '/v1/parked/scraper.runs/retry']) {
    const { status, body } = await send('POST', path)
    assert.deepEqual([status, body['type']], [409, 'urn:avizo:problem:only-drop'])
    assert.match(String(body['detail']), /its run has failed meanwhile\. Drop it, and ask for a run anew/)
  }
  await assert.rejects(broker.parked.retry('scraper.runs', 'demo-20261129T0800Z/requested'), /not read later/)
  const states = await broker.parked.states()
  assert.deepEqual(states.find(({ queue }) => queue === 'scraper.runs')?.waiting, 0)
  assert.deepEqual((await send('DELETE', address)).body, { messages: 1 })
})

/** As a consumer would, without waiting for each. */
async function parkByHand(queue: QueueName, { type, ids }: { type: string; ids: string[] }): Promise<void> {
  const model = await connect(corner.amqpUrl)
  const channel = await model.createConfirmChannel()
  for (const messageId of ids) {
    const content = Buffer.from(JSON.stringify({ v: 1, about: 'order', id: messageId }))
    channel.sendToQueue(parkedQueue(corner.namespace + queue), content, { type, messageId, persistent: true })
  }
  await channel.waitForConfirms()
  await model.close()
}
