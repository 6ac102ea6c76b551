import { parseArgs } from 'node:util'
import { ensureParts } from '#infra/setup/parts.ts'
import { chaos } from './chaos.ts'
import { isSound, report } from './report.ts'

/**
 * `npm run chaos -- [--minutes 5] [--seconds n] [--seed n] [--items n] [--orders n] [--suppliers n] [--kills n] [--confirming 1]
 * [--keep-logs]`: kills and freezes all that runs, and proves that no customer was told anything wrong, twice or not at all.
 */
const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    minutes: text,
    seconds: text,
    seed: text,
    items: text,
    orders: text,
    suppliers: text,
    confirming: text,
    kills: text,
    'keep-logs': { type: 'boolean' },
  },
})
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

const seed = numberOf(values.seed, Math.floor(Math.random() * 1_000_000))
console.log(`seed ${seed}`)
await ensureParts()
const outcome = await chaos({
  seed,
  suppliers: numberOf(values.suppliers, 5),
  items: numberOf(values.items, 2_000),
  orders: numberOf(values.orders, 3_000),
  seconds: numberOf(values.seconds, numberOf(values.minutes, 5) * 60),
  confirming: numberOf(values.confirming, 1),
  leastKills: numberOf(values.kills, 10),
  keepLogs: values['keep-logs'] ?? false,
  say: (line) => console.log(line),
  signal: stop.signal,
}).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error
  console.log('stopped; all that it had started has ended')
  process.exit(130)
})
if (values['keep-logs']) console.log(`logs and data: ${outcome.logs}`)
console.log(report(outcome))
process.exitCode = isSound(outcome) ? 0 : 1

function numberOf(said: string | undefined, fallback: number): number {
  const number = said === undefined ? fallback : Number(said)
  if (!Number.isFinite(number) || number < 0) throw new Error(`expected a number, and met "${said}"`)
  return number
}
