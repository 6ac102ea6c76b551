import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Document } from 'mongodb'
import { MongoClient } from 'mongodb'
import { readSent, saySent } from '#core/domain/sent-line.ts'
import { sweep } from '#notifier/sweep.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'
import { killInWindow } from './a-kill.ts'
import { makePost } from './a-post.ts'

/** A restored backup learns from the log what was mailed since it was taken, and mails nobody before a person's yes. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const collections = ['orders', 'notices']

async function backUp(): Promise<Map<string, Document[]>> {
  await using client = new MongoClient(world.mongodbUrl)
  const taken = new Map<string, Document[]>()
  for (const name of collections) taken.set(name, await client.db().collection(name).find().toArray())
  return taken
}

async function restore(taken: ReadonlyMap<string, Document[]>): Promise<void> {
  await using client = new MongoClient(world.mongodbUrl)
  for (const [name, documents] of taken) {
    await client.db().collection(name).deleteMany({})
    await client.db().collection(name).insertMany(documents)
  }
}

async function logOf(id: string): Promise<string> {
  const notice = await world.store.notices.get(id)
  assert.equal(notice?.state, 'sent')
  return JSON.stringify({ time: Date.now(), msg: saySent(id, notice.message?.news ?? [], false) })
}

test('what went after the backup is not mailed again; what is to be told now waits for a person', async () => {
  const acme = await makeTestSupplier(world, 'acme')
  const read = (delivery: string) => acme.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: 'acme', count: 3 })
  await read('1. 4. 2030')
  const post = await makePost(world)
  await post.send('acme-2/1')
  const taken = await backUp()
  await post.send('acme-0/1')
  await post.send('acme-1/1')
  await read('1. 5. 2030')
  await post.send('acme-1/2')
  const log = [await logOf('acme-0/1'), await logOf('acme-1/1'), await logOf('acme-1/2'), await logOf('acme-2/1')]

  await restore(taken)
  await world.store.shopSettings.setSendingMode('hold')
  const sent = log.map(readSent)
  const { body } = await desk.ask('POST', '/v1/restored/sent', { sent })
  assert.deepEqual(body, { caughtUp: 3, known: 1, unknownOrders: 0, unknownLines: 0 })
  assert.deepEqual((await desk.ask('POST', '/v1/restored/sent', { sent })).body, { caughtUp: 0, known: 4, unknownOrders: 0, unknownLines: 0 }) // prettier-ignore
  const orders = await Promise.all(['acme-0', 'acme-1', 'acme-2'].map((number) => world.store.orders.get(number)))
  assert.deepEqual(
    orders.map((order) => {
      const value = order?.lines['1']?.told?.value
      return [order?.closed, value?.kind === 'expected' && value.from]
    }),
    [
      [1, '2030-04-01'],
      [2, '2030-05-01'],
      [1, '2030-04-01'],
    ],
  )

  assert.equal((await desk.ask('POST', '/v1/restored/look')).status, 200)
  assert.equal((await desk.ask('POST', '/v1/restored/hold')).status, 503, 'orders wait for their look still')
  await sweep(world.context)
  const held = (await desk.ask('POST', '/v1/restored/hold')).body
  assert.deepEqual(held, { hold: 'cause/restored', notices: 2, customers: 2 })
  assert.equal((await desk.hold('cause/restored')).status, 200)
  const states = await Promise.all(['acme-0', 'acme-1', 'acme-2'].map((one) => world.store.notices.ofOrder(one)))
  assert.deepEqual(
    states.map((list) => list.map(({ id, state }) => `${id} ${state}`)),
    [
      ['acme-0/1 sent', 'acme-0/2 held'],
      ['acme-1/1 sent', 'acme-1/2 sent'],
      ['acme-2/1 sent', 'acme-2/2 held'],
    ],
  )
})

test('a mail counts as told though the store ended its notice otherwise, or put the order anew, in the meantime', async () => {
  await world.store.shopSettings.setSendingMode('live')
  const bolt = await makeTestSupplier(world, 'bolt')
  const read = (delivery: string) => bolt.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: 'bolt', count: 2 })
  await read('1. 4. 2030')
  const taken = await backUp()
  const post = await makePost(world)
  await post.send('bolt-0/1')
  await post.send('bolt-1/1')
  const sent = [await logOf('bolt-0/1'), await logOf('bolt-1/1')].map(readSent)

  await restore(taken)
  await world.store.shopSettings.setSendingMode('hold')
  await read('1. 3. 2030')
  assert.equal((await world.store.notices.get('bolt-0/1'))?.state, 'superseded')
  await world.rewrite('orders', { _id: 'bolt-1' }, { looked: 0, lines: {}, closed: 0 })
  const { body } = await desk.ask('POST', '/v1/restored/sent', { sent })
  assert.deepEqual(body, { caughtUp: 1, known: 0, unknownOrders: 0, unknownLines: 1 })
  await desk.ask('POST', '/v1/restored/look')
  await sweep(world.context)
  const again = await desk.ask('POST', '/v1/restored/sent', { sent })
  assert.deepEqual(again.body, { caughtUp: 1, known: 1, unknownOrders: 0, unknownLines: 0 })
  await desk.ask('POST', '/v1/restored/look')
  await sweep(world.context)

  assert.deepEqual((await desk.ask('POST', '/v1/restored/hold')).body, {
    hold: 'cause/restored',
    notices: 4,
    customers: 4,
  })
  const news = await Promise.all(
    ['bolt-0', 'bolt-1'].map(async (one) => (await world.store.notices.ofOrder(one)).at(-1)),
  )
  assert.deepEqual(
    news.map((notice) => [notice?.id, notice?.state, notice?.news[0]?.kind]),
    [
      ['bolt-0/2', 'held', 'correction'],
      ['bolt-1/2', 'held', 'correction'],
    ],
  )
})

test('a log that reaches back before the backup, or was written by a clock that is wrong, changes nothing by that', async () => {
  await world.store.shopSettings.setSendingMode('live')
  const cog = await makeTestSupplier(world, 'cog')
  const read = (delivery: string) => cog.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: 'cog', count: 2 })
  await read('1. 4. 2030')
  const post = await makePost(world)
  await post.send('cog-0/1')
  await post.send('cog-1/1')
  const fromBefore = [await logOf('cog-0/1')].map(readSent)
  // What the shop told the customer of another item since.
  await world.rewrite('orders', { _id: 'cog-0' }, { 'lines.1.told': { value: { kind: 'on-request' }, source: 'shop', at: new Date() } }) // prettier-ignore
  const taken = await backUp()
  await read('1. 5. 2030')
  await post.send('cog-1/2')
  const msg = saySent('cog-1/2', (await world.store.notices.get('cog-1/2'))?.message?.news ?? [], false)
  const behind = readSent(JSON.stringify({ time: Date.now() - 3_600_000, msg }))

  await restore(taken)
  await world.store.shopSettings.setSendingMode('hold')
  const { body } = await desk.ask('POST', '/v1/restored/sent', { sent: [behind, ...fromBefore] })
  assert.deepEqual(body, { caughtUp: 1, known: 1, unknownOrders: 0, unknownLines: 0 })
  const told = await Promise.all(['cog-0', 'cog-1'].map(async (one) => (await world.store.orders.get(one))?.lines['1']?.told?.value)) // prettier-ignore
  assert.deepEqual(
    told.map((value) => (value?.kind === 'expected' ? value.from : value?.kind)),
    ['on-request', '2030-05-01'],
  )
})

test('what was planned anew, or was being sent when the backup was taken, waits for a person too', async () => {
  const { notices } = world.store
  await world.rewrite(
    'notices',
    { _id: 'bolt-0/2' },
    { state: 'sending', claim: { owner: 'gone', until: new Date(0) } },
  )
  assert.equal((await desk.ask('POST', '/v1/restored/hold')).body['notices'], 4)
  assert.equal((await notices.get('bolt-0/2'))?.state, 'held')
})

test('what may have been accepted before the backup counts as sent once nothing of it is due, or a person waives it', async () => {
  const dyn = await makeTestSupplier(world, 'dyn')
  const read = (delivery: string) => dyn.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: 'dyn', count: 1 })
  await read('1. 4. 2030')
  const post = await makePost(world)
  await killInWindow(world, post, 'dyn-0/1')
  await desk.ask('POST', '/v1/restored/hold')
  await read('1. 3. 2030')
  await killInWindow(world, post, 'dyn-0/2')
  await desk.ask('POST', '/v1/restored/hold')
  await read('1. 5. 2030')
  assert.equal((await desk.decide('cause/restored', 'waive')).status, 200)
  const list = await world.store.notices.ofOrder('dyn-0')
  assert.deepEqual(
    list.map(({ state, window, news }) => [state, window, news[0]?.kind]),
    [
      ['sent', true, 'delayed'],
      ['sent', true, 'delayed'],
    ],
  )
  const { told, waived } = (await world.store.orders.get('dyn-0'))?.lines['1'] ?? {}
  const days = [told?.value, waived?.value].map((value) => value?.kind === 'expected' && value.from)
  assert.deepEqual([days, told?.uncertain], [['2030-03-01', '2030-05-01'], true])
})

test('while sending is live nothing of it is taken', async () => {
  await world.store.shopSettings.setSendingMode('live')
  assert.equal((await desk.ask('POST', '/v1/restored/sent', { sent: [] })).status, 409)
  assert.equal((await desk.ask('POST', '/v1/restored/hold')).status, 409)
})
