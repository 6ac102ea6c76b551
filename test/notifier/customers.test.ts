import assert from 'node:assert/strict'
import { after, before, mock, test } from 'node:test'
import { MongoClient } from 'mongodb'
import { erasedAddress } from '#core/store/people.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { makeTestContext, makeTestSupplier, type TestContext } from './a-context.ts'
import { makeDesk, putOrders, type Desk } from './a-desk.ts'
import { makePost } from './a-post.ts'

/** A customer's data on request: all of it is given out, and all of it can be taken out. */
let world: TestContext
let desk: Desk
before(async () => {
  world = await makeTestContext()
  desk = makeDesk(world)
})
after(() => world.close())

const email = 'Jana.Novakova@example.com'
const customer = { email, name: 'Jana Nováková', language: 'cs' as const }

const ofJana = (i: number) => (i < 2 ? { customer, url: 'https://shop.example/order?token=1' } : {})

/** One order that was mailed and one whose mail waits, both of Jana; a third is of another. */
async function withMails(name: string) {
  const supplier = await makeTestSupplier(world, name)
  const read = (delivery: string) => supplier.read([{ code: 'I0', title: 'Thing', cells: { delivery } }])
  await read('1. 3. 2030')
  await putOrders(world, { supplier: name, count: 3, more: ofJana })
  await read('1. 4. 2030')
  const post = await makePost(world)
  await post.send(`${name}-0/1`)
  return { read, post }
}

test('export gives out all orders and mails of the address, however it is written', async () => {
  await withMails('out')
  const { body } = await desk.ask('POST', '/v1/customers/export', { email: ' JANA.novakova@example.com '.trim() })
  const orders = body['orders'] as { number: string; notices: { text: string | null }[] }[]
  assert.deepEqual(
    orders.map(({ number }) => number),
    ['out-0', 'out-1'],
  )
  assert.match(orders[0]?.notices[0]?.text ?? '', /dubna 2030/)
})

test('erase leaves no trace of the customer in the store, and mails them no more', async () => {
  const { read } = await withMails('gone')
  await world.store.people.suppress(email, `550 <${email}> is unknown`)
  const found = (await desk.ask('POST', '/v1/customers/export', { email })).body['orders'] as unknown[]
  const other = await desk.ask('POST', '/v1/customers/erase', { email, orders: found.length + 1 })
  assert.equal(other.status, 409)
  assert.equal((await desk.ask('POST', '/v1/customers/erase', { email, orders: found.length })).status, 200)
  await lookAtOrders(world.context, ['gone-0', 'gone-1'])
  assert.equal((await world.store.notices.ofOrder('gone-1')).at(-1)?.state, 'superseded')
  await read('1. 5. 2030')
  assert.equal((await world.store.notices.ofOrder('gone-0')).length, 1)
  assert.equal((await world.store.notices.ofOrder('gone-2')).at(-1)?.state, 'due', 'others are mailed as before')
  assert.equal((await world.store.orders.get('gone-0'))?.lines['1']?.told?.kind, 'delayed', 'what was told stays')
  assert.deepEqual(await tracesOf(/novakova|nováková|token=1/i), [])
})

test('a mail that was begun before the customer was erased leaves no trace either', async () => {
  const { post } = await withMails('late')
  const { store, context } = world
  const order = await store.orders.get('late-1')
  assert.ok(order)
  // Neither of both saw the other: the mail was looked at before, and handed over after.
  context.at = async (step) => {
    if (step !== 'looked') return
    await store.notices.anonymise('late-1')
    await store.orders.anonymise(order, erasedAddress('late-1'))
  }
  await post.send('late-1/1')
  delete context.at
  assert.equal((await store.notices.get('late-1/1'))?.state, 'sent')
  const found = (await desk.ask('POST', '/v1/customers/export', { email })).body['orders'] as unknown[]
  assert.equal((await desk.ask('POST', '/v1/customers/erase', { email, orders: found.length })).status, 200)
  assert.deepEqual(await tracesOf(/novakova|nováková|token=1/i), [])
})

test('a customer is erased while their mail is handed over: no trace is left once it is sent', async () => {
  const { post } = await withMails('busy')
  world.context.at = async (step) => {
    if (step !== 'handed') return
    const found = (await desk.ask('POST', '/v1/customers/export', { email })).body['orders'] as unknown[]
    assert.equal((await desk.ask('POST', '/v1/customers/erase', { email, orders: found.length })).status, 200)
  }
  await post.send('busy-1/1')
  delete world.context.at
  assert.equal(post.mails.length, 2)
  assert.deepEqual(await tracesOf(/novakova|nováková|token=1/i), [])
})

test('a mail that began and ended while its customer was erased leaves no trace', async () => {
  const { post } = await withMails('between')
  const { orders } = world.store
  const { anonymise } = orders
  mock.method(orders, 'anonymise', async (...given: Parameters<typeof anonymise>) => {
    if (given[0].number === 'between-1') await post.send('between-1/1')
    return anonymise(...given)
  })
  const found = (await desk.ask('POST', '/v1/customers/export', { email })).body['orders'] as unknown[]
  assert.equal((await desk.ask('POST', '/v1/customers/erase', { email, orders: found.length })).status, 200)
  mock.restoreAll()
  assert.equal((await world.store.notices.get('between-1/1'))?.state, 'sent')
  assert.deepEqual(await tracesOf(/novakova|nováková|token=1/i), [])
})

test('a mail server’s answer that names the customer is erased from its trouble too', async () => {
  await withMails('refused')
  const handed = {
    kind: 'refused' as const,
    forGood: true,
    aboutAddress: false,
    words: `554 <${email}> is full of spam`,
  }
  const line = { hand: async () => handed, giveBack: () => {} }
  const post = await makePost(world, { withLine: (use) => use(line) })
  await post.send('refused-1/1')
  const [trouble] = (await world.store.incidents.openOnes()).filter(({ subject }) => subject === 'refused-1/1')
  assert.equal(trouble?.words, handed.words)
  const found = (await desk.ask('POST', '/v1/customers/export', { email })).body['orders'] as unknown[]
  assert.equal((await desk.ask('POST', '/v1/customers/erase', { email, orders: found.length })).status, 200)
  assert.deepEqual(await tracesOf(/novakova|nováková|token=1/i), [])
})

/** Every document of every collection, as text. */
async function tracesOf(pattern: RegExp): Promise<string[]> {
  await using client = new MongoClient(world.mongodbUrl)
  const db = client.db()
  const traces: string[] = []
  for (const { name } of await db.listCollections().toArray()) {
    for await (const document of db.collection(name).find()) {
      const text = JSON.stringify(document)
      if (pattern.test(text)) traces.push(`${name}: ${text.slice(0, 300)}`)
    }
  }
  return traces
}
