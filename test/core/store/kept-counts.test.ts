import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Db } from 'mongodb'
import { MongoClient } from 'mongodb'
import { makeKeptCounts } from '#core/store/kept-counts.ts'
import { openCorner } from '#test/support/servers.ts'

let corner: Awaited<ReturnType<typeof openCorner>>
let client: MongoClient
let db: Db
before(async () => {
  corner = await openCorner()
  client = new MongoClient(corner.mongodbUrl)
  db = client.db()
})
after(async () => {
  await client.close()
  await corner.stop()
})

test('P1 is counted over the last thousand runs that were not accepted, whatever their suppliers are called', async () => {
  const old = Array.from({ length: 1_200 }, (_, n) => run(`zebra-${n}`, new Date(2030, 0, 1, 0, n)))
  await db.collection<{ _id: string }>('runs').insertMany([...old, run('aardvark-1', new Date(2030, 5, 1))])
  await db.collection('changes').insertMany([{ run: 'aardvark-1' }, { run: 'zebra-0' }])
  const { notAccepted, moved } = await makeKeptCounts(db).counts()
  assert.deepEqual({ notAccepted, moved }, { notAccepted: 1_000, moved: 1 })
})

function run(id: string, endedAt: Date) {
  return { _id: id, state: 'rejected', endedAt }
}
