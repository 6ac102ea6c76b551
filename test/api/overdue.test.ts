import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Item } from '#core/domain/item.ts'
import { Order } from '#core/domain/order.ts'
import { at, makeWorld, order, startOwnStore } from './world.ts'

let own: Awaited<ReturnType<typeof startOwnStore>>
let world: ReturnType<typeof makeWorld>
const now = new Date('2026-11-22T12:00:00Z')

before(async () => {
  own = await startOwnStore()
  world = makeWorld(own.store, { clock: () => now })
  const days = {
    OLD: '2026-10-31',
    TWO: '2026-11-20',
    NOBODY: '2026-11-01',
    CANCELLED: '2026-11-02',
    TODAY: '2026-11-22',
  }
  const items = Object.entries(days).map(([code, to]) => ({ item: item(code, to), planned: true }))
  await own.store.items.writeDifferences(items)
  await put('1', { OLD: 'open', CANCELLED: 'cancelled', TODAY: 'open' })
  await put('2', { TWO: 'open' })
  await put('3', { TWO: 'open' })
})
after(() => own.close())

test('items whose date has passed are listed with how many orders wait for them, the longest first', async () => {
  const { status, body } = await world.send('GET', '/v1/overdue')
  assert.equal(status, 200)
  const list = body['items'] as { code: string; since: string; orders: number }[]
  const shown = list.map(({ code, since, orders }) => [code, since, orders])
  assert.deepEqual(shown, [
    ['OLD', '2026-11-01', 1],
    ['TWO', '2026-11-21', 2],
  ])
  assert.equal(body['next'], null)
})

test('the list goes on by its cursor', async () => {
  const first = await world.send('GET', '/v1/overdue?limit=1')
  assert.equal(at(first.body['items'], 0)['code'], 'OLD')
  const second = await world.send('GET', `/v1/overdue?limit=1&cursor=${first.body['next'] as string}`)
  assert.equal(at(second.body['items'], 0)['code'], 'TWO')
  assert.equal(second.body['next'], null)
})

async function put(number: string, codes: Record<string, string>): Promise<void> {
  const lines = Object.entries(codes).map(([code, status], i) => ({
    id: String(i),
    supplier: 'demo',
    code,
    title: code,
    quantity: 1,
    status,
  }))
  await own.store.orders.put(Order.parse(order(number, { lines })), { single: true })
  const stored = await own.store.orders.get(number)
  assert.ok(stored)
  const fresh = lines.map(({ id, code }) => {
    const asked = `item:demo/${code}`
    return [id, { asked, item: `demo/${code}`, told: null, waived: null, since: null }]
  })
  await own.store.orders.saveLook(stored, Object.fromEntries(fresh))
}

function item(code: string, to: string): Item {
  const run = 'demo-20261001T0800Z'
  const availability = { kind: 'expected', from: to, to, precision: 'day' } as const
  return {
    id: `demo/${code}`,
    supplier: 'demo',
    code,
    title: code,
    texts: {},
    sayings: {},
    now: { availability, texts: {}, anchors: {}, since: now, run },
    previous: null,
    marks: {},
    run: 1,
  }
}
