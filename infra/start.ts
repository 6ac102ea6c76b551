import { parseArgs } from 'node:util'
import { SettingsError } from '#core/process/settings.ts'
import { bringUp } from './bring-up.ts'
import { readEnvironment, unknownNames, type Environment } from './environment.ts'
import { followUntilStopped } from './follow-until-stopped.ts'
import { root } from './places.ts'
import { knownNames, makePlan, withDefaults, type Plan } from './plan.ts'
import { readyText } from './ready-text.ts'
import { isAllUp } from './running.ts'
import { makeSay, since } from './setup/say.ts'
import { claimStart, demandNoOther, readStarted, releaseStart, writeStarted } from './started.ts'
import { supplierProblems } from './supplier-problems.ts'
import { anythingRuns, takeDown } from './take-down.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const say = makeSay()
let stopped: NodeJS.Signals | undefined
let onStop = () => {}

for (const signal of signals) {
  process.on(signal, () => {
    if (stopped) return
    stopped = signal
    onStop()
  })
}

try {
  process.chdir(root)
  process.exitCode = await start(parseArgs({ options: { detach: { type: 'boolean', default: false } } }).values)
} catch (error) {
  say.line(`\n${(error as Error).message}`)
  process.exitCode = 1
}
// What is left open (a connection of PM2's, a poll) is nothing that we wait for.
process.exit()

async function start({ detach }: { detach: boolean }): Promise<number> {
  const plan = await checkedPlan(readEnvironment())
  warnOfUnknown()
  demandSameMode(plan)
  if (await isAllUp(plan)) {
    say.line(`Avizo is already running.${detach ? '' : ' Following its logs; Ctrl-C stops it.'}`)
    say.line(readyText(plan))
    return detach ? 0 : await follow(plan, 10)
  }
  return await startAndFollow(plan, detach)
}

/** The plan; where settings are wrong, those of suppliers that are wrong too are named with them. */
async function checkedPlan(environment: Environment): Promise<Plan> {
  try {
    return makePlan(environment)
  } catch (error) {
    if (!(error instanceof SettingsError) || error.problems.some((problem) => problem.startsWith('MODE:'))) throw error
    throw new SettingsError([...error.problems, ...(await supplierProblems(withDefaults(environment)))])
  }
}

async function startAndFollow(plan: Plan, detach: boolean): Promise<number> {
  const begun = performance.now()
  const wasRunning = anythingRuns(plan.places)
  claimStart(plan.places)
  writeStarted(plan)
  try {
    await bringUp({ plan, say, goOn: demandNotStopped })
    releaseStart(plan.places)
  } catch (error) {
    if (!wasRunning || stopped) await takeDown(plan.places, say.line)
    releaseStart(plan.places)
    if (stopped) return 130
    throw error
  }
  say.line(`\nReady in ${since(begun)}.\n${readyText(plan)}`)
  return detach ? 0 : await follow(plan, 0)
}

async function follow(plan: Plan, lines: number): Promise<number> {
  const outcome = await followUntilStopped(plan, { lines, onSignal: (stop) => (stopped ? stop() : (onStop = stop)) })
  if (outcome === 'ended') {
    say.line('Everything was stopped from elsewhere.')
    return 0
  }
  say.line('')
  await takeDown(plan.places, say.line)
  return 0
}

function demandNotStopped(): void {
  if (stopped) throw new Error(`Stopped by ${stopped}`)
}

function demandSameMode({ places, settings }: Plan): void {
  demandNoOther(places)
  const started = readStarted(places)
  if (started && started.mode !== settings.MODE && anythingRuns(places)) {
    throw new Error(`It runs with MODE=${started.mode}. To start it with MODE=${settings.MODE}, first: npm stop`)
  }
}

function warnOfUnknown(): void {
  const unknown = unknownNames(knownNames())
  if (unknown.length > 0) say.line(`In .env nothing reads ${unknown.join(', ')}: misspelt?`)
}
