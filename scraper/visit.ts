import type { BrowserContext } from 'playwright-core'
import type { Evidence } from './evidence.ts'
import { takeEvidence } from './evidence.ts'
import { asFailure, Defect } from './failure.ts'
import type { Harvest } from './harvest.ts'
import type { Supplier } from './load-suppliers.ts'
import type { ProgressTeller } from './progress.ts'
import type { SessionMemory, Visit } from './robot.ts'

/** Told at the end of each step of a visit; `failed` where it did not succeed. */
export type OnStep = (step: { name: string; seconds: number; failed?: true }) => void

/** What the robot wants kept as seen; it may still be being taken when the run fails. */
export type Kept = { taking: Promise<Evidence | null> }

type Parts = {
  supplier: Supplier
  harvest: Harvest
  progress: Pick<ProgressTeller, 'step'>
  context: BrowserContext
  signal: AbortSignal
  kept: Kept
  session: SessionMemory
  /** When the run must be at its end, by the monotonic clock. */
  endsAt: number
  onStep: OnStep
}

/** What a robot sees of a run. */
export function makeVisit({
  supplier,
  harvest,
  progress,
  context,
  signal,
  kept,
  session,
  endsAt,
  onStep,
}: Parts): Visit {
  const { address, definition, secrets } = supplier
  let handedOut = false
  return {
    address,
    columns: definition.columns,
    limits: definition.limits,
    context,
    signal,
    secondsLeft: () => (endsAt - performance.now()) / 1000,
    session,
    async credentials() {
      if (handedOut)
        throw new Defect('the robot asked for the credentials a second time; they are submitted once a run')
      handedOut = true
      await progress.step('signing-in')
      signal.throwIfAborted()
      return (name) => secret(secrets, name)
    },
    signedIn: () => progress.step('signed-in'),
    step: (name, act) => timed(name, { act, onStep }),
    observe: (rows) => harvest.observe(rows),
    unfit: (rows) => harvest.unfit(rows),
    async keep(page, file) {
      kept.taking = takeEvidence(page, secrets, file)
      await kept.taking
    },
  }
}

async function timed<T>(name: string, { act, onStep }: { act: () => Promise<T>; onStep: OnStep }): Promise<T> {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  try {
    const result = await act()
    onStep({ name, seconds: seconds() })
    return result
  } catch (error) {
    onStep({ name, seconds: seconds(), failed: true })
    const failure = asFailure(error)
    failure.step ??= name
    throw failure
  }
}

function secret(secrets: Record<string, string>, name: string): string {
  const value = secrets[name]
  if (value === undefined) throw new Defect(`the definition names no credential "${name}"; add it to "credentials"`)
  return value
}
