import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { MongoClient } from 'mongodb'
import { startOwnServers } from '#test/support/servers.ts'
import { measureOutbox } from './outbox.ts'
import { applyUnchanged, makeBenchWorld, planChanges, stage, unchanged } from './world.ts'

/**
 * What the notifier costs beside bare drivers doing the same, as ratios of one run: `npm run bench -- cost`. A machine
 * under load makes both slower.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { items: { type: 'string' }, mails: { type: 'string' }, most: { type: 'string' } },
})
const items = Number(values.items ?? 100_000)
const mails = Number(values.mails ?? 10_000)
const most = Number(values.most ?? 1_000_000)
const wanted = new Set(positionals.length > 0 ? positionals : ['unchanged', 'scale', 'changes', 'outbox', 'memory'])

type Row = { what: string; figure: number; bound: number; least?: true; words: string }
const rows: Row[] = []
const servers = await startOwnServers()
let place = 0
const database = () => servers.mongodbUrl.replace(/\/test\?/, `/bench${(place += 1)}?`)
try {
  if (wanted.has('unchanged') || wanted.has('scale')) await measureUnchanged()
  if (wanted.has('changes')) await measureChanges()
  if (wanted.has('outbox')) await measureMails()
  if (wanted.has('memory')) await measureMemory()
} finally {
  await servers.stop()
}
console.log(`\n${items} items`)
for (const row of rows) console.log(say(row))
process.exitCode = rows.every(isWithin) ? 0 : 1

/** An unchanged run, beside reading the same items; and ten times the items, beside ten times the time. */
async function measureUnchanged(): Promise<void> {
  await using small = await makeBenchWorld(database(), items / 10)
  const { seconds: less } = await applyUnchanged(small)
  await using world = await makeBenchWorld(database(), items)
  const { seconds, written } = await applyUnchanged(world)
  const bare = await secondsOf(() => readBare(world.url))
  rows.push({ what: 'an unchanged run, documents written besides its parts', figure: written, bound: 20, words: '' })
  rows.push({ what: 'an unchanged run / reading its items by the bare driver', figure: seconds / bare, bound: 3, words: `${seconds.toFixed(2)} s / ${bare.toFixed(2)} s` }) // prettier-ignore
  rows.push({ what: 'ten times the items / a tenth', figure: seconds / less, bound: 11, words: `${seconds.toFixed(2)} s / ${less.toFixed(2)} s` }) // prettier-ignore
}

async function readBare(url: string): Promise<void> {
  await using client = new MongoClient(url)
  let read = 0
  for await (const _document of client.db().collection('items').find()) read += 1
  if (read !== items) throw new Error(`${read} items were read`)
}

async function measureChanges(): Promise<void> {
  await using world = await makeBenchWorld(database(), items)
  const { seconds, bare, notices } = await planChanges(world, { changes: items / 10, lines: items / 5 })
  rows.push({ what: `${items / 10} changes on ${items / 5} lines / bare bulk writes of the same documents`, figure: seconds / bare, bound: 3, words: `${seconds.toFixed(1)} s / ${bare.toFixed(1)} s, ${notices} notices` }) // prettier-ignore
}

async function measureMails(): Promise<void> {
  const { ours, bare, size } = await measureOutbox(database(), mails)
  rows.push({ what: 'the whole outbox / a bare pool sending one constant mail', figure: ours / bare, bound: 0.4, least: true, words: `${ours.toFixed(0)} / ${bare.toFixed(0)} mails a second of ${Math.round(size / 1000)} kB` }) // prettier-ignore
}

/** Each in a process of its own, that does nothing else. */
async function measureMemory(): Promise<void> {
  const [few, many] = [await peakOf(most / 10), await peakOf(most)]
  rows.push({ what: `memory of ${most} items / of a tenth`, figure: many / few, bound: 1.3, words: `${many.toFixed(0)} MB / ${few.toFixed(0)} MB` }) // prettier-ignore
}

async function peakOf(count: number): Promise<number> {
  await using world = await makeBenchWorld(database(), count)
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
