import { fork } from 'node:child_process'
import { once } from 'node:events'
import { MongoClient } from 'mongodb'
import { startOwnServers } from '#test/support/servers.ts'
import { measureOutbox } from './outbox.ts'
import { applyUnchanged, makeBenchWorld, planChanges, stage, unchanged } from './world.ts'

type Row = { what: string; figure: number; bound: number; least?: true; words: string }
export const parts = ['unchanged', 'scale', 'changes', 'outbox', 'memory'] as const
export type Part = (typeof parts)[number]
/** `items` of all but memory, which takes `most` and a tenth of it. */
type Sizes = { items: number; mails: number; most: number }
/** `database` is the address of a new one at each call. */
type Bench = Sizes & { database(): string }

/**
 * What the notifier costs beside bare drivers doing the same, as ratios of one run. A machine under load makes both
 * slower. True where all are within their bounds.
 */
export async function measureCosts(wanted: ReadonlySet<Part>, sizes: Sizes): Promise<boolean> {
  const servers = await startOwnServers()
  const rows: Row[] = []
  let place = 0
  const database = () => servers.mongodbUrl.replace(/\/test\?/, `/bench${(place += 1)}?`)
  const bench = { ...sizes, database }
  try {
    if (wanted.has('unchanged') || wanted.has('scale')) rows.push(...(await measureUnchanged(bench)))
    if (wanted.has('changes')) rows.push(await measureChanges(bench))
    if (wanted.has('outbox')) rows.push(await measureMails(bench))
    if (wanted.has('memory')) rows.push(await measureMemory(bench))
  } finally {
    await servers.stop()
  }
  console.log(`\n${sizes.items} items`)
  for (const row of rows) console.log(say(row))
  return rows.every(isWithin)
}

/** An unchanged run, beside reading the same items; and ten times the items, beside ten times the time. */
async function measureUnchanged({ items, database }: Bench): Promise<Row[]> {
  await using small = await makeBenchWorld(database(), items / 10)
  const { seconds: less } = await applyUnchanged(small)
  await using world = await makeBenchWorld(database(), items)
  const { seconds, written } = await applyUnchanged(world)
  const bare = await secondsOf(() => readBare(world.url, items))
  return [
    { what: 'an unchanged run, documents written besides its parts', figure: written, bound: 20, words: '' },
    { what: 'an unchanged run / reading its items by the bare driver', figure: seconds / bare, bound: 3, words: `${seconds.toFixed(2)} s / ${bare.toFixed(2)} s` }, // prettier-ignore
    { what: 'ten times the items / a tenth', figure: seconds / less, bound: 11, words: `${seconds.toFixed(2)} s / ${less.toFixed(2)} s` }, // prettier-ignore
  ]
}

async function readBare(url: string, items: number): Promise<void> {
  await using client = new MongoClient(url)
  let read = 0
  for await (const _document of client.db().collection('items').find()) read += 1
  if (read !== items) throw new Error(`${read} items were read`)
}

async function measureChanges({ items, database }: Bench): Promise<Row> {
  await using world = await makeBenchWorld(database(), items)
  const { seconds, bare, notices } = await planChanges(world, { changes: items / 10, lines: items / 5 })
  return { what: `${items / 10} changes on ${items / 5} lines / bare bulk writes of the same documents`, figure: seconds / bare, bound: 3, words: `${seconds.toFixed(1)} s / ${bare.toFixed(1)} s, ${notices} notices` } // prettier-ignore
}

async function measureMails({ mails, database }: Bench): Promise<Row> {
  const { ours, bare, size } = await measureOutbox(database(), mails)
  return { what: 'the whole outbox / a bare pool sending one constant mail', figure: ours / bare, bound: 0.4, least: true, words: `${ours.toFixed(0)} / ${bare.toFixed(0)} mails a second of ${Math.round(size / 1000)} kB` } // prettier-ignore
}

/** Each in a process of its own, that does nothing else. */
async function measureMemory({ most, database }: Bench): Promise<Row> {
  const [few, many] = [await peakOf(database(), most / 10), await peakOf(database(), most)]
  return { what: `memory of ${most} items / of a tenth`, figure: many / few, bound: 1.3, words: `${many.toFixed(0)} MB / ${few.toFixed(0)} MB` } // prettier-ignore
}

async function peakOf(url: string, count: number): Promise<number> {
  await using world = await makeBenchWorld(url, count)
  const run = await stage(world, unchanged)
  const child = fork('test/bench/memory.ts', [world.url, String(count), run], { stdio: 'inherit' })
  const [{ peak }] = (await once(child, 'message')) as [{ peak: number }]
  return peak
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

function isWithin({ figure, bound, least }: Row): boolean {
  return least ? figure >= bound : figure <= bound
}

function say(row: Row): string {
  const { what, figure, bound, least, words } = row
  const number = Number.isInteger(figure) ? String(figure) : figure.toFixed(2)
  return `${isWithin(row) ? 'ok' : '!!'}  ${what.padEnd(72)} ${number.padStart(6)}  (${least ? 'at least' : 'at most'} ${bound})  ${words}` // prettier-ignore
}
