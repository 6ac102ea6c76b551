import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openBroker } from '#core/broker/broker.ts'
import { makeLogger } from '#core/process/log.ts'
import { openStore } from '#core/store/store.ts'
import { leftInQueues, openIncidents } from '#infra/chaos/left.ts'
import { openCorner } from '#test/support/servers.ts'
import { until } from '#test/support/until.ts'

const corner = await openCorner()
after(() => corner.stop())
const place = { url: corner.amqpUrl, namespace: corner.namespace }
const signal = new AbortController().signal

test('a message that nobody took, or that is parked, is left', async () => {
  const log = makeLogger({ name: 'test', format: 'json', level: 'fatal' })
  await using broker = await openBroker({ ...place, name: 'test', log })
  assert.deepEqual(await leftInQueues(place), [])
  await broker.publish('wish.made', { body: { v: 1, about: 'order', id: '1' }, id: 'order/1' })
  await until('the message', async () => (await broker.parked.states()).some(({ waiting }) => waiting === 1))
  assert.deepEqual(await leftInQueues(place), ['1 messages in notifier.wishes'])
  await broker.consume({
    queue: 'notifier.wishes',
    prefetch: 1,
    handle: async () => ({ kind: 'park', because: 'a test wants it' }),
  })
  await until('the parked one', async () => (await broker.parked.states()).some(({ parked }) => parked === 1))
  assert.deepEqual(await leftInQueues(place), ['1 messages parked beside notifier.wishes'])
})

test('an incident that does not close is left, but for one that only a person can end', async () => {
  await using store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 60 })
  await store.incidents.open({ kind: 'window', subject: '1/1', words: 'nobody knows', hint: 'ask' })
  assert.deepEqual(await openIncidents(store, { seconds: 1, signal }), [])
  await store.incidents.open({ kind: 'late', subject: 'notices', words: '1 notice is late', hint: 'look' })
  const left = ['incident late of notices is open: 1 notice is late']
  assert.deepEqual(await openIncidents(store, { seconds: 1, signal }), left)
  await store.incidents.close('late', 'notices')
  assert.deepEqual(await openIncidents(store, { seconds: 1, signal }), [])
})
