import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Json } from '../client.ts'
import { ApiError, pathOf, withQuery } from '../client.ts'
import { tableOf, when } from '../print.ts'
import { sayDifferences } from '../differences.ts'
import type { Hand } from '../program.ts'
import { show, withJson, withLimit } from '../show.ts'

type Options = { json?: boolean; supplier?: string; limit?: number; wait?: boolean }
const ends = new Set(['accepted', 'held', 'rejected', 'failed'])

export function addRuns(program: Command, hand: Hand): void {
  withLimit(withJson(program.command('runs')), 20)
    .description('lists the last runs, newest first')
    .option('--supplier <id>', 'only of this supplier')
    .action(async ({ supplier, limit = 0, json }: Options) => {
      const runs = await hand.client.list(withQuery('/v1/runs', { supplier }), limit)
      show(hand, runs, { json, say: () => sayRuns(runs) })
    })
  withJson(program.command('run <supplier>'))
    .description('asks for a run now')
    .option('--wait', 'wait for its end, and say how it ended')
    .action(async (supplier: string, options: Options) => askForRun(hand, supplier, options))
  withJson(program.command('dry-run <supplier>'))
    .description('reads and judges, and shows what would change and who would be mailed; nothing of it counts')
    .action(async (supplier: string, { json }: Options) => tryOut(hand, supplier, json))
  withJson(program.command('evidence <run> <folder>'))
    .description('writes picture, page and file that a run left into a folder, for npm run supplier replay')
    .action(async (run: string, folder: string, { json }: Options) => {
      const files = await writeEvidence(hand, run, folder)
      show(hand, { files }, { json, say: () => files.join('\n') })
    })
}

function sayRuns(runs: Json[]): string {
  return tableOf(
    runs,
    [
      ['run', ({ id }) => id],
      ['state', ({ state }) => state],
      ['asked for', ({ why }) => why],
      ['at', ({ requestedAt, dueAt }) => when(requestedAt ?? dueAt)],
      ['items', ({ counts }) => counts?.items],
      ['changes', ({ counts }) => counts?.changes],
      ['notices', ({ counts }) => counts?.notices],
      ['seconds', ({ readSeconds }) => readSeconds],
      ['why', ({ failure, reasons }) => failure?.words ?? reasons.join('; ')],
    ],
    'There was no run yet.',
  )
}

async function askForRun(hand: Hand, supplier: string, { json, wait: toItsEnd }: Options): Promise<void> {
  const asked = await hand.client.post(pathOf('suppliers', supplier, 'runs'))
  if (!toItsEnd) return show(hand, asked, { json, say: () => `${asked.id} is ${asked.state}.` })
  const run = await endOf(hand, asked.id)
  show(hand, run, { json, say: () => sayRuns([run]) })
  if (run.state !== 'accepted') process.exitCode = 1
}

async function tryOut(hand: Hand, supplier: string, json: boolean | undefined): Promise<void> {
  const asked = await hand.client.post(`${pathOf('suppliers', supplier, 'runs')}?dry=true`)
  const run = await endOf(hand, asked.id)
  // It ends as rejected, for nothing of it counts; one that could not be read has nothing to show.
  const trial = await hand.client.get(`${pathOf('runs', asked.id)}/trial`).catch(() => null)
  if (trial !== null) return show(hand, trial, { json, say: () => sayTrial(trial) })
  show(hand, run, { json, say: () => sayRuns([run]) })
  process.exitCode = 1
}

async function endOf({ client }: Hand, id: string): Promise<Json> {
  for (;;) {
    const run = await client.get(pathOf('runs', id))
    if (ends.has(run.state)) return run
    await wait(500)
  }
}

function sayTrial({ run, held, customers, orders, totals, differences }: Json): string {
  const verdict = held.length === 0 ? ['It would be accepted.'] : ['It would wait for a person:', ...held.map((reason: string) => `  ${reason}`)] // prettier-ignore
  const mailed = `${customers} customers would be mailed${orders.length > 0 ? `, of orders ${orders.join(', ')}` : ''}`
  return [`${run} · a dry run, nothing of it counts`, ...verdict, mailed, '', ...sayDifferences({ totals, differences })].join('\n') // prettier-ignore
}

async function writeEvidence({ client }: Hand, run: string, folder: string): Promise<string[]> {
  await client.get(pathOf('runs', run))
  const parts = { picture: pathOf('runs', run, 'evidence', '1'), page: pathOf('runs', run, 'evidence', '1', 'page'), file: pathOf('runs', run, 'evidence', '1', 'file') } // prettier-ignore
  const names = { picture: 'picture.png', page: 'page.html', file: 'file' }
  const written: string[] = []
  await mkdir(folder, { recursive: true })
  for (const part of ['picture', 'page', 'file'] as const) {
    const bytes = await client.bytes(parts[part]).catch(() => null) // Not every run leaves all of them.
    if (bytes === null) continue
    await writeFile(join(folder, names[part]), bytes)
    written.push(join(folder, names[part]))
  }
  if (written.length === 0) throw new ApiError(`${run} left no evidence: it was accepted, or ended before a page came.`)
  return written
}
