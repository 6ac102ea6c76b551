import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { MongoClient } from 'mongodb'
import { itemForOrder } from '#core/domain/order-day.ts'
import { rereadItem } from '#core/domain/reread-item.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { openStore } from '#core/store/store.ts'
import { openCorner } from '#test/support/servers.ts'
import { declarationOf } from '#test/support/world.ts'

const corner = await openCorner()
const store = await openStore({ url: corner.mongodbUrl, name: 'test', leaseSeconds: 10 })
after(async () => {
  await store[Symbol.asyncDispose]()
  await corner.stop()
})

test('an item that was stored before its values kept their anchors is read as the sayings have them', async () => {
  const texts = { delivery: '1. 3. 2030' }
  const sayings = { delivery: [{ text: '1. 3. 2030', anchor: '2026-11-01', grammar: 1 }] }
  const availability = { kind: 'expected', from: '2030-03-01', to: '2030-03-01', precision: 'day' }
  const value = { availability, texts, since: new Date(), run: 'r', byOrder: true }
  const pending = { ...value, number: 1 }
  const old = { _id: 'acme/I' as never, supplier: 'acme', code: 'I', title: 'x', texts, sayings, run: 1, marks: {} }
  await using client = new MongoClient(corner.mongodbUrl)
  await client
    .db()
    .collection('items')
    .insertOne({ ...old, now: value, previous: { ...value, reread: value }, pending })
  const item = await store.items.get('acme/I')
  assert.ok(item)
  const known = [item.now, item.previous, item.previous?.reread, item.pending]
  assert.deepEqual(
    known.map((one) => [one?.anchors, one?.byOrder]),
    known.map(() => [{ delivery: '2026-11-01' }, undefined]),
  )
  const declaration = SupplierDeclaration.parse({ ...declarationOf(), supplier: 'acme' })
  assert.deepEqual(itemForOrder(item, '2026-11-05').now, item.now)
  assert.doesNotThrow(() => rereadItem(item, { id: 'x', at: new Date(), declaration }))
})
