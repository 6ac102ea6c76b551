import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Item } from '#core/domain/item.ts'
import { at, declaration, makeWorld, order, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
let world: ReturnType<typeof makeWorld>

before(async () => {
  own = await startOwnStore()
  await own.store.suppliers.declare(declaration('demo'))
  const items = [item('FIG-1', '4006381333931'), item('FIG-2', '0036000291452')]
  await own.store.items.writeDifferences(items.map((one) => ({ item: one, planned: true })))
})
after(() => own.close())
beforeEach(() => {
  world = makeWorld(own.store)
})

test('a new link is 201, put again it is 200; it says which of its items were seen', async () => {
  const items = [
    { supplier: 'demo', code: 'FIG-1' },
    { supplier: 'demo', code: 'FIG-9' },
  ]
  const first = await world.send('PUT', '/v1/links/P%2F1', { items })
  assert.equal(first.status, 201)
  assert.equal((await world.send('PUT', '/v1/links/P%2F1', { items })).status, 200)
  const { status, body } = await world.send('GET', '/v1/links/P%2F1')
  assert.equal(status, 200)
  assert.equal(body['product'], 'P/1')
  assert.deepEqual(body['items'], [
    { supplier: 'demo', code: 'FIG-1', seen: true },
    { supplier: 'demo', code: 'FIG-9', seen: false },
  ])
})

test('a link put wakes the orders with an open line of that product, and no others', async () => {
  await put('100', [line({ product: 'P2' })])
  await put('101', [line({ product: 'P2', status: 'cancelled' })])
  await put('102', [line({ product: 'P3' })])
  for (const number of ['100', '101', '102']) await looked(number)
  world = makeWorld(own.store)
  await world.send('PUT', '/v1/links/P2', { items: [{ supplier: 'demo', code: 'FIG-1' }] })
  assert.deepEqual(await own.store.orders.toLook(10), ['100'])
  assert.deepEqual(
    world.published.map(({ id }) => id),
    ['order/100'],
  )
})

test('a link that is forgotten is 404 from then on', async () => {
  await world.send('PUT', '/v1/links/P4', { items: [{ supplier: 'demo', code: 'FIG-1' }] })
  assert.equal((await world.send('DELETE', '/v1/links/P4')).status, 200)
  assert.equal((await world.send('GET', '/v1/links/P4')).status, 404)
  assert.equal((await world.send('DELETE', '/v1/links/P4')).status, 404)
})

test('links are listed by product', async () => {
  const { body } = await world.send('GET', '/v1/links?limit=1')
  assert.equal(at(body['items'], 0)['product'], 'P/1')
  const second = await world.send('GET', `/v1/links?limit=1&cursor=${body['next'] as string}`)
  assert.equal(at(second.body['items'], 0)['product'], 'P2')
})

test('what is no link is refused with what is wrong', async () => {
  for (const items of [[], [{ supplier: 'Demo!', code: 'A' }], [{ supplier: 'demo' }], twice]) {
    const { status, body } = await world.send('PUT', '/v1/links/P5', { items })
    assert.equal(status, 400)
    assert.match(at(body['problems'], 0)['path'] as string, /^items/)
  }
})

test('a line without an item shows which it may mean, by EAN and by code', async () => {
  await put('200', [
    line({ ean: '400638133393' }),
    line({ id: '2', product: 'fig 2' }),
    line({ id: '3', ean: '111111' }),
  ])
  const { body } = await world.send('GET', '/v1/orders/200')
  assert.deepEqual(at(body['lines'], 0)['marks'], ['unmatched'])
  const near = { supplier: 'demo', code: 'FIG-1', title: 'Figurka', ean: '4006381333931', because: 'ean' }
  assert.deepEqual(at(body['lines'], 0)['near'], [near])
  assert.equal(at(at(body['lines'], 1)['near'], 0)['code'], 'FIG-2')
  assert.equal(at(at(body['lines'], 1)['near'], 0)['because'], 'code')
  assert.deepEqual(at(body['lines'], 2)['near'], [])
})

test('so does a line whose code no run has had, among the items of its supplier', async () => {
  await put('201', [line({ supplier: 'demo', code: 'fig-1' })])
  const { body } = await world.send('GET', '/v1/orders/201')
  assert.deepEqual(at(body['lines'], 0)['marks'], ['unseen'])
  assert.equal(at(at(body['lines'], 0)['near'], 0)['code'], 'FIG-1')
})

const twice = [
  { supplier: 'demo', code: 'A' },
  { supplier: 'demo', code: 'A' },
]

function line(given: object) {
  return { id: '1', title: 'Figurka', quantity: 1, ...given }
}

async function put(number: string, lines: object[]): Promise<void> {
  assert.ok((await world.send('PUT', `/v1/orders/${number}`, order(number, { lines }))).status < 300)
}

async function looked(number: string): Promise<void> {
  const stored = await own.store.orders.get(number)
  assert.ok(stored)
  assert.ok(await own.store.orders.saveLook(stored, {}))
  await own.store.orders.lookDone([stored])
}

function item(code: string, ean: string): Item {
  const bare = { texts: {}, sayings: {}, now: null, previous: null, marks: {}, run: 1 }
  return { id: `demo/${code}`, supplier: 'demo', code, ean, title: 'Figurka', ...bare }
}
