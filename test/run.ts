import { glob } from 'node:fs/promises'
import { relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { placesIn, root } from '#infra/places.ts'
import { ensureParts } from '#infra/setup/parts.ts'
import { runChecks } from './check.ts'
import { startOwnServers } from './support/servers.ts'

/**
 * Everything: the checks, then all tests on one broker and one store of this run's own; arguments name single files.
 * `--proofs` runs the long ones instead: all that a portal's sign-in, files, data and moods can do, in a real browser.
 */
const begun = performance.now()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
await ensureParts()
const [checked, servers] = await Promise.all([runChecks(), startOwnServers()])
const failedChecks = checked.filter(({ ok }) => !ok).map(({ name }) => name)
process.env['TEST_AMQP_URL'] = servers.amqpUrl
process.env['TEST_MONGODB_URL'] = servers.mongodbUrl
// Hundreds of processes load the same sources: once compiled is enough.
process.env['NODE_COMPILE_CACHE'] = placesIn('var').compiled

try {
  const named = process.argv.slice(2)
  const files = named.includes('--proofs') ? await filesOf('proof') : named.length > 0 ? named : await filesOf('test')
  // What is made up to be tried is the same in each whole run.
  if (named.length === 0) process.env['TEST_SEED'] ??= '20261127'
  const counts = await runTests(files)
  const passed = counts.passed + checked.length - failedChecks.length
  const failed = counts.failed + failedChecks.length
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  console.log(`Longest files: ${counts.longest}`)
  console.log(`All of it took ${Math.round((performance.now() - begun) / 1000)} s`)
  // What they said stands at the very beginning, where nobody looks any more.
  if (failedChecks.length > 0) console.log(`Failed checks (npm run check says why): ${failedChecks.join(', ')}`)
  console.log(`${passed} passed, ${failed} failed${skipped}`)
  process.exitCode = failed > 0 || passed === 0 || stop.signal.aborted ? 1 : 0
} finally {
  await servers.stop()
}

/** Long ones first, so that all end at about the same time: three at once on two cores, for much of it is waiting. */
async function filesOf(kind: 'test' | 'proof'): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(`test/**/*.${kind}.ts`)) if (!file.startsWith('test/architecture/')) files.push(file)
  return files.sort((a, b) => weight(a) - weight(b) || a.localeCompare(b))
}

type Counts = { passed: number; failed: number; skipped: number; longest: string }

async function runTests(files: string[]): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const took: { file: string; seconds: number }[] = []
  const stream = run({ files, concurrency: 3, timeout: 900_000, signal: stop.signal })
  stream.on('test:summary', (summary) => {
    if (summary.file !== undefined) {
      took.push({ file: relative(root, summary.file), seconds: Math.round(summary.duration_ms / 1000) })
      return
    }
    counts.passed = summary.counts.passed
    counts.failed = summary.counts.tests - summary.counts.passed - summary.counts.skipped - summary.counts.todo
    counts.skipped = summary.counts.skipped + summary.counts.todo
  })
  const printed = stream.compose(spec)
  printed.pipe(process.stdout)
  for await (const _ of printed) continue
  took.sort((a, b) => b.seconds - a.seconds)
  const longest = took.slice(0, 8).map(({ file, seconds }) => `${file} ${seconds} s`)
  return { ...counts, longest: longest.join(', ') }
}

function weight(file: string): number {
  if (/\/(flow|infra)\//.test(file)) return 0
  return /\/(scraper|notifier|api)\//.test(file) ? 1 : 2
}
