import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { after, before, test } from 'node:test'
import type { Collection } from 'mongodb'
import { MongoBulkWriteError, MongoClient, MongoServerError } from 'mongodb'
import { isDuplicate, isStoreTrouble } from '#core/store/mongo.ts'
import { freePort } from '#infra/servers/free-port.ts'
import { openCorner } from '#test/support/servers.ts'

type Things = Collection<{ _id: number }>

let corner: Awaited<ReturnType<typeof openCorner>>
let client: MongoClient
before(async () => {
  corner = await openCorner()
  client = new MongoClient(corner.mongodbUrl)
})
after(async () => {
  await client.close()
  await corner.stop()
})

test('a store that nobody finds is trouble that passes, for single and for bulk operations', async () => {
  const url = `mongodb://127.0.0.1:${await freePort()}/nobody`
  const insert = { insertOne: { document: { _id: 1 } } }
  const acts: ((things: Things) => Promise<unknown>)[] = [
    (things) => things.insertOne({ _id: 1 }),
    (things) => things.insertMany([{ _id: 1 }], { ordered: false }),
    (things) => things.bulkWrite([insert], { ordered: false }),
  ]
  for (const act of acts) {
    await using nobody = new MongoClient(url, { serverSelectionTimeoutMS: 50 })
    const error = await act(nobody.db().collection<{ _id: number }>('things')).catch((met: unknown) => met)
    assert.ok(isStoreTrouble(error), String(error))
    assert.ok(!isDuplicate(error))
  }
})

test('a write to a connection that just ended is trouble that passes, though the driver lets it through as it is', async () => {
  const server = createServer((socket) => socket.end())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume()
  await once(socket, 'end')
  const met = once(socket, 'drain')
  assert.equal(socket.write('anything'), false)
  const error: unknown = await met.catch((one: unknown) => one)
  server.close()
  assert.match(String(error), /ended by the other party/)
  assert.ok(isStoreTrouble(error))
  assert.ok(isStoreTrouble(new MongoBulkWriteError(error as never, {} as never)))
  assert.ok(!isStoreTrouble(new Error('a defect of ours')))
})

test('what is there already is no trouble of the store, and nothing else counts as there', async () => {
  const things = client.db().collection<{ _id: number; name?: string }>('things')
  await things.createIndex({ name: 1 }, { unique: true, sparse: true })
  await things.insertOne({ _id: 1, name: 'one' })
  const again = await things.insertMany([{ _id: 1 }, { _id: 2 }], { ordered: false }).catch((met: unknown) => met)
  assert.ok(isDuplicate(again))
  assert.ok(!isStoreTrouble(again))
  assert.equal(await things.countDocuments(), 2, 'the other one was written all the same')
})

test('a cursor that went with its server is the store’s trouble, and no defect', () => {
  for (const code of [43, 237])
    assert.ok(isStoreTrouble(new MongoServerError({ code, message: 'cursor id 1 not found' })))
})
