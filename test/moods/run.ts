import { readFile, writeFile } from 'node:fs/promises'
import type { FaultName } from '#infra/demo/portal/faults.ts'
import { faults, faultsOf, isFaultName } from '#infra/demo/portal/faults.ts'
import { ensureParts } from '#infra/setup/parts.ts'
import { complaints, expected } from './expected.ts'
import type { Outcome } from './play.ts'
import { playMood } from './play.ts'
import { openMoodyDemo } from './world.ts'

/**
 * Plays the moods of the demo's portal one after the other on all real parts, and prints what came of each; arguments
 * name single ones. `--write` puts the table into docs/moods.md. Exits 1 where any is not as it should be.
 */
const page = 'docs/moods.md'
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = named.filter((name) => !isFaultName(name))
if (unknown.length > 0) throw new Error(`no mood is called ${unknown.join(', ')}`)
const moods = named.length > 0 ? named.filter(isFaultName) : faultsOf('tokimi')

await ensureParts()
const { demo, codes } = await openMoodyDemo()
const rows: string[] = []
let failed = 0
for (const mood of moods) {
  const outcome = await playMood(demo, mood, { codes, recover: true })
  const wanted = expected[mood]
  const wrong = wanted === undefined ? ['nobody said what is to come of it'] : complaints(outcome, wanted)
  failed += wrong.length > 0 ? 1 : 0
  rows.push(rowOf(mood, outcome))
  console.log(`${wrong.length > 0 ? '✖' : '✔'} ${mood}: ${inWords(outcome)} (${outcome.seconds.toFixed(1)} s)`)
  for (const complaint of wrong) console.log(`    ${complaint}`)
}
await demo[Symbol.asyncDispose]()
if (process.argv.includes('--write')) await write()
console.log(`${moods.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

function rowOf(mood: FaultName, outcome: Outcome): string {
  const { about, failures } = faults[mood]
  return `| \`${mood}\` | ${failures.join(', ')} | ${about} | ${inWords(outcome)} |`
}

function inWords({ ends, changes, unreadable, absent, unfit, mails, words }: Outcome): string {
  if (ends === 'held') return 'held for a person'
  if (ends !== 'accepted') return `failed: ${ends}${/paused/.test(words) ? ', paused' : ''}`
  const said = [
    [changes, 'changed'],
    [unreadable, 'unreadable'],
    [absent, 'absent'],
    [unfit, 'unfit'],
    [mails, 'mails'],
  ] as const
  const counts = said.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return counts.length > 0 ? `accepted: ${counts.join(', ')}` : 'accepted, nothing moved'
}

async function write(): Promise<void> {
  const text = await readFile(page, 'utf8')
  const head = '| mood | failure mode | what the portal does | what comes of it |\n|---|---|---|---|'
  const table = `<!-- moods -->\n${head}\n${rows.join('\n')}\n<!-- /moods -->`
  await writeFile(page, text.replace(/<!-- moods -->[\s\S]*<!-- \/moods -->/, table))
}
