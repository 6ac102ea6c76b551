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

test('P3, P6: a mail that says again what was said, and one that says what its customer knows, are counted', async () => {
  const [a, b] = (['2030-03-01', '2030-04-01'] as const).map((from) => ({ kind: 'expected', from, to: from, precision: 'day' })) // prettier-ignore
  const move = { line: '1', kind: 'delayed', told: a, now: b }
  const back = { line: '1', kind: 'correction', told: b, now: a }
  const known = { ...move, told: b }
  const well = [mail('well', 1, [move]), mail('well', 2, [back]), mail('well', 3, [move]), mail('well', 4, [{ ...known, kind: 'overdue' }])] // prettier-ignore
  const twice = [mail('twice', 1, [move]), mail('twice', 3, [move])]
  // Nobody knows whether the first one arrived, so a person lets it be told anew.
  const anew = [{ ...mail('anew', 1, [move]), window: true, reason: 'it may have been sent' }, mail('anew', 2, [move])]
  const other = [mail('other', 1, [move, { ...move, line: '2' }])]
  await db
    .collection<{ _id: string }>('notices')
    .insertMany([...well, ...twice, ...anew, ...other, mail('known', 1, [known])])
  const { lastSent, twice: said, needless } = await makeKeptCounts(db).counts()
  assert.deepEqual({ lastSent, said, needless }, { lastSent: 10, said: 1, needless: 1 })
})

function mail(order: string, n: number, news: object[]) {
  return { _id: `${order}/${n}`, order, n, state: 'sent', endedAt: new Date(2030, 0, n), message: { news } }
}

function run(id: string, endedAt: Date) {
  return { _id: id, state: 'rejected', endedAt }
}
