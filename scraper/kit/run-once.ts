import type { Publish } from '#core/broker/publish.ts'
import { dayOf } from '#core/domain/day.ts'
import type { Day } from '#core/domain/availability.ts'
import { runIdOfMoment } from '#core/domain/ids.ts'
import type { MessageOf, Observation, RunFinished } from '#core/domain/messages.ts'
import type { OpenBrowser } from '#scraper/browser.ts'
import type { Evidence } from '#scraper/evidence.ts'
import { Interrupted } from '#scraper/failure.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'
import { makeReadPortal } from '#scraper/read-portal.ts'
import type { SessionMemory } from '#scraper/robot.ts'
import type { OnStep } from '#scraper/visit.ts'

export type Step = Parameters<OnStep>[0]
/** All that one visit said; nothing of it was sent anywhere. */
export type Tried = {
  run: string
  moment: Date
  /** The day that relative texts count from. */
  anchor: Day
  ending: RunFinished
  observations: Observation[]
  steps: Step[]
  evidence: Evidence | null
}
export type Telling = { step(step: Step): void; rows(rows: number): void }

type Parts = {
  supplier: Supplier
  openBrowser: OpenBrowser
  session: SessionMemory
  stopping: AbortSignal
  telling: Telling
}

/** One visit by the very code of the scraper; instead of a broker, it talks to us. */
export async function runOnce({ supplier, openBrowser, session, stopping, telling }: Parts): Promise<Tried> {
  const moment = new Date()
  const run = runIdOfMoment(supplier.id, moment, 'kit0')
  const steps: Step[] = []
  const heard = makeEar(telling)
  const stopped = new AbortController()
  stopping.addEventListener('abort', () => stopped.abort(new Interrupted('stopped at the keyboard')), { once: true })
  const readPortal = makeReadPortal({
    suppliers: new Map([[supplier.id, supplier]]),
    openBrowser,
    stopping: stopped.signal,
    sessionOf: () => session,
    onStep(step) {
      steps.push(step)
      telling.step(step)
    },
    log: { info() {}, warn() {} },
  })
  const { secondsAllowed } = supplier.definition
  const body = { v: 1 as const, supplier: supplier.id, run, number: 1, secondsAllowed, why: 'person' as const }
  const publish = heard.publish
  const verdict = await readPortal({ type: 'run.requested', id: run, body, redelivered: false, publish })
  if (!heard.all.ending)
    throw new Error(`the run did not end: ${'because' in verdict ? verdict.because : verdict.kind}`)
  const { ending, observations, evidence } = heard.all
  return { run, moment, anchor: dayOf(moment, supplier.definition.timeZone), ending, observations, steps, evidence }
}

type Heard = { ending: RunFinished | null; observations: Observation[]; evidence: Evidence | null }

/** Takes what a run publishes. */
function makeEar(telling: Telling): { publish: Publish; all: Heard } {
  const all: Heard = { ending: null, observations: [], evidence: null }
  const publish: Publish = async (type, { body }) => {
    if (type === 'run.observed') all.observations.push(...(body as MessageOf<'run.observed'>).observations)
    if (type === 'run.progress') telling.rows((body as MessageOf<'run.progress'>).rows)
    if (type === 'run.finished') all.ending = body as RunFinished
    if (type === 'run.evidence') all.evidence = evidenceOf(body as MessageOf<'run.evidence'>)
  }
  return { publish, all }
}

function evidenceOf({ address, picture, page, file }: MessageOf<'run.evidence'>): Evidence {
  return { address, ...(picture && { picture }), ...(page && { page }), ...(file && { file }) }
}
