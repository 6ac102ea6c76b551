import { MongoClient } from 'mongodb'
import type { Observation } from '#core/domain/messages.ts'
import { Order } from '#core/domain/order.ts'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { makeLogger } from '#core/process/log.ts'
import { openStore } from '#core/store/store.ts'
import { takeFinish, takePart } from '#notifier/collect-run.ts'
import type { Context } from '#notifier/context.ts'
import { makeIncidents } from '#notifier/incidents.ts'
import { makeLateRuns } from '#notifier/late-runs.ts'
import { lookAtOrders } from '#notifier/look-at-orders.ts'
import { usualPauses } from '#notifier/pauses.ts'
import { takeProposal } from '#notifier/request-run.ts'
import { makeTroubles } from '#notifier/troubles.ts'
import { defaultPolicy } from '#core/domain/policy.ts'
import { runIdOfMoment } from '#core/domain/ids.ts'
import { declarationOf } from '#test/support/world.ts'

const partSize = 500
const supplier = 'acme'
const wide = { share: 1, floor: 10_000_000 }

export type BenchWorld = Awaited<ReturnType<typeof makeBenchWorld>>

/** A store with so many items of one supplier, as its first run left them. */
export async function makeBenchWorld(url: string, items: number) {
  const world = await openBenchWorld(url, items)
  const gates = { rowsLost: wide, itemsChanged: wide, unreadable: wide, sameShift: wide, gone: wide, customers: { ...wide, most: 10_000_000 } } // prettier-ignore
  await world.store.suppliers.declare(SupplierDeclaration.parse({ ...declarationOf(), gates }))
  await finish(world, await stage(world, unchanged))
  return world
}

/** The same where somebody made it before. */
export async function openBenchWorld(url: string, items: number) {
  const store = await openStore({ url, name: 'bench', leaseSeconds: 60 })
  const client = await new MongoClient(url).connect()
  const log = makeLogger({ name: 'bench', format: 'json', level: 'silent' })
  const context: Context = {
    store,
    publish: async () => {},
    isConnected: () => true,
    log,
    incidents: makeIncidents({ store, log }),
    shop: { name: 'Bench', language: 'cs', timeZone: 'Europe/Prague' },
    limit: { customers: 1_000_000, share: 1, floor: 1_000_000 },
    policy: { ...defaultPolicy, digestHours: 0, quiet: null, mailEveryHours: 0 },
    ranking: [],
    late: makeLateRuns({ isConnected: () => true }),
    troubles: makeTroubles(log),
    keep: { partsDays: 30, evidenceDays: 30, runsDays: 365, closedOrdersDays: 180 },
    pauses: usualPauses,
    beginWithinSeconds: 120,
    owner: 'bench',
    now: () => new Date(),
    wakeSender: () => {},
  }
  return { url, store, client, context, items, [Symbol.asyncDispose]: close }

  async function close(): Promise<void> {
    await client.close()
    await store[Symbol.asyncDispose]()
  }
}

function textOf(i: number, shift: number): string {
  return `${1 + (i % 28)}. ${1 + (shift % 12)}. 2031`
}

function codeOf(i: number): string {
  return `FIG-${String(i).padStart(7, '0')}`
}

type Reading = Pick<BenchWorld, 'context' | 'store' | 'items'>

/** A run whose parts are staged, under way. */
export async function stage({ context, store, items }: Reading, said: (i: number) => string): Promise<string> {
  const id = runIdOfMoment(supplier, new Date(), Math.random().toString(36).slice(2, 6).padEnd(4, '0'))
  await store.runs.propose({ id, supplier, why: 'person' })
  await takeProposal(context, { ...ofRun(id), why: 'person' })
  for (let part = 1; part <= partsOf(items); part++) {
    const observations: Observation[] = []
    for (let i = (part - 1) * partSize; i < Math.min(part * partSize, items); i++)
      observations.push({ code: codeOf(i), title: `Figure number ${i}`, cells: { delivery: said(i) } })
    await takePart(context, { ...ofRun(id), part, observations })
  }
  return id
}

/** Judges and applies it. */
export async function finish({ context, store, items }: Reading, id: string): Promise<void> {
  const whole = { outcome: 'whole' as const, rows: items, parts: partsOf(items), proofs: [], seconds: 1 }
  await takeFinish(context, { ...ofRun(id), ...whole, definition: { number: 1, hash: 'one' } })
  const run = await store.runs.get(id)
  if (run?.state !== 'accepted') throw new Error(`${id} is ${run?.state}: ${run?.reasons.join()}`)
}

function ofRun(run: string) {
  return { v: 1 as const, supplier: declarationOf().supplier, run }
}

function partsOf(items: number): number {
  return Math.ceil(items / partSize)
}

/** The texts of the first run again. */
export const unchanged = (i: number) => textOf(i, 0)

/** Judging and applying a run that brings nothing new. */
export async function applyUnchanged(world: BenchWorld): Promise<{ seconds: number; written: number }> {
  const id = await stage(world, unchanged)
  const before = await documentsWritten(world)
  const begun = performance.now()
  await finish(world, id)
  const seconds = (performance.now() - begun) / 1000
  return { seconds, written: (await documentsWritten(world)) - before - partsOf(world.items) }
}

async function documentsWritten({ client }: BenchWorld): Promise<number> {
  const { metrics } = await client.db('admin').command({ serverStatus: 1 })
  const { inserted, updated, deleted } = metrics.document as Record<string, number>
  return Number(inserted) + Number(updated) + Number(deleted)
}

type Changes = { changes: number; lines: number }

/** A run that moves so many items, each waited for by some lines, once it was judged; and the same documents written by the bare driver. */
export async function planChanges(world: BenchWorld, { changes, lines }: Changes) {
  await putOrders(world, { changes, lines })
  const id = await stage(world, (i) => textOf(i, i < changes ? 1 : 0))
  // From the verdict on: what judging a run of so many items costs is measured by one that is unchanged.
  let begun = performance.now()
  world.context.at = (step) => {
    if (step === 'claimed') begun = performance.now()
  }
  await finish(world, id)
  const seconds = (performance.now() - begun) / 1000
  delete world.context.at
  const notices = await world.store.notices.count('due')
  if (notices !== lines) throw new Error(`${notices} notices are due, not ${lines}`)
  return { seconds, bare: await writeBare(world, changes), notices }
}

/** Orders of one line each, of items that will move. */
export async function putOrders({ context, store }: Reading, { changes, lines }: Changes): Promise<void> {
  for (let start = 0; start < lines; start += 1_000) {
    const numbers = Array.from({ length: Math.min(1_000, lines - start) }, (_, k) => start + k)
    await Promise.all(numbers.map((i) => store.orders.put(orderOf(i, changes), { single: true })))
    await lookAtOrders(context, numbers.map(String))
  }
}

function orderOf(i: number, changes: number): Order {
  const line = { id: '1', supplier, code: codeOf(i % changes), title: `Figure number ${i}`, quantity: 1 }
  const placedAt = new Date().toISOString()
  const customer = { email: `customer-${i}@example.com`, name: `Customer ${i}` }
  return Order.parse({ number: String(i), placedAt, customer, lines: [line] })
}

/** The documents that the run wrote, written again as they are into collections of their own, a thousand at a time. */
async function writeBare({ client }: BenchWorld, changes: number): Promise<number> {
  const db = client.db()
  const run = (await db.collection('runs').find({ state: 'accepted' }).sort({ number: -1 }).limit(1).toArray())[0]
  const sources = {
    items: { 'now.run': run?._id },
    changes: { run: run?._id },
    orders: {},
    notices: {},
  }
  let seconds = 0
  for (const [name, filter] of Object.entries(sources)) {
    const documents = await db.collection(name).find(filter).toArray()
    if (documents.length < changes) throw new Error(`${documents.length} ${name} were written`)
    const target = db.collection(`bare_${name}`)
    const isUpdate = name === 'items' || name === 'orders'
    // Items and orders were there before.
    if (isUpdate) await target.insertMany(documents)
    const begun = performance.now()
    for (let start = 0; start < documents.length; start += 1_000) {
      const chunk = documents.slice(start, start + 1_000)
      const operations = chunk.map((document) => {
        if (!isUpdate) return { insertOne: { document } }
        const { _id, ...replacement } = document
        return { replaceOne: { filter: { _id }, replacement: { ...replacement, bench: 1 } } }
      })
      await target.bulkWrite(operations, { ordered: false, writeConcern: { w: 'majority', journal: true } })
    }
    seconds += (performance.now() - begun) / 1000
  }
  return seconds
}
