import { Command, InvalidArgumentError } from 'commander'
import { ensureParts } from '#infra/setup/parts.ts'
import { chaos } from './chaos.ts'
import { isSound, report } from './report.ts'

const program = new Command('npm run chaos')
  .description(
    'Kills and freezes all that runs, and proves that no customer was told anything wrong, twice or not at all.',
  )
  .usage('-- [options]')
  .option('--minutes <n>', 'how long it rages', number, 5)
  .option('--seconds <n>', 'the same in seconds', number)
  .option('--seed <n>', 'plays the script of an earlier round again', number)
  .option('--items <n>', 'items of all suppliers', number, 2_000)
  .option('--orders <n>', 'orders of the shop', number, 3_000)
  .option('--suppliers <n>', 'suppliers, each with a portal', number, 5)
  .option('--confirming <n>', 'of them, how many want a second reading', number, 1)
  .option('--kills <n>', 'kills that there are at the least', number, 10)
  .option('--keep-logs', 'keeps logs and data, and says where')
const given = program.parse().opts<Options>()
const { minutes, seconds = minutes * 60, kills: leastKills, keepLogs = false, ...world } = given
const seed = given.seed ?? Math.floor(Math.random() * 1_000_000)

type Options = {
  minutes: number
  seconds?: number
  seed?: number
  kills: number
  keepLogs?: true
} & Record<'items' | 'orders' | 'suppliers' | 'confirming', number>

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

console.log(`seed ${seed}`)
await ensureParts()
const outcome = await chaos({
  ...world,
  seed,
  seconds,
  leastKills,
  keepLogs,
  say: (line) => console.log(line),
  signal: stop.signal,
}).catch((error: unknown) => {
  if (!stop.signal.aborted) throw error
  console.log('stopped; all that it had started has ended')
  process.exit(130)
})
if (keepLogs) console.log(`logs and data: ${outcome.logs}`)
console.log(report(outcome))
process.exitCode = isSound(outcome) ? 0 : 1

function number(said: string): number {
  const value = Number(said)
  if (said.trim() === '' || !Number.isFinite(value) || value < 0) throw new InvalidArgumentError('Expected a number.')
  return value
}
