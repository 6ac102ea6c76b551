import type { Incoming, Log, Verdict } from '#core/broker/consume.ts'
import { done } from '#core/broker/consume.ts'
import { NotPublished } from '#core/broker/publish.ts'
import type { LentBrowser, OpenBrowser } from './browser.ts'
import type { Blank } from './blank.ts'
import { makeBlank } from './blank.ts'
import { takeEvidence } from './evidence.ts'
import { asFailure, Defect, Failure, Incomplete, Interrupted, PortalSlow, SessionLost } from './failure.ts'
import type { Harvest } from './harvest.ts'
import { makeHarvest } from './harvest.ts'
import type { Supplier, Suppliers } from './load-suppliers.ts'
import { startProgress } from './progress.ts'
import type { Ending, Voice } from './voice.ts'
import { makeVoice } from './voice.ts'
import type { SessionMemory } from './robot.ts'
import type { Kept, OnStep } from './visit.ts'
import { makeVisit } from './visit.ts'

type Parts = {
  suppliers: Suppliers
  openBrowser: OpenBrowser
  /** Aborted when this process is to stop: runs under way are answered `interrupted` at once. */
  stopping: AbortSignal
  sessionOf: (supplier: Supplier) => SessionMemory
  onStep?: OnStep
  log: Log
}
type Request = Extract<Incoming, { type: 'run.requested' }>

/** RabbitMQ closes the channel of a message that is unacked for 30 minutes. */
const longestRunSeconds = 1_500

/** Answers a request for a run: reads the supplier's portal, says what it saw, and how it ended. */
export function makeReadPortal(parts: Parts): (message: Incoming) => Promise<Verdict> {
  return async (message) => {
    if (message.type !== 'run.requested') return { kind: 'park', because: `${message.type} is no request for a run` }
    try {
      await answer(message, parts)
    } catch (error) {
      if (!(error instanceof NotPublished)) return { kind: 'park', because: asFailure(error).message }
      // Whoever asked hears nothing more of this run and fails it by the clock; on a new channel it must not speak.
      parts.log.warn({ err: error, run: message.body.run }, `${message.body.run}: given up unheard, the broker is away`)
    }
    return done
  }
}

async function answer(message: Request, parts: Parts): Promise<void> {
  const receivedAt = performance.now()
  const { supplier: id, run } = message.body
  const supplier = parts.suppliers.get(id)
  const voice = makeVoice({ publish: message.publish, supplier: id, run })
  const harvest = makeHarvest({ columns: supplier?.definition.columns ?? [], part: voice.part })
  const result = supplier ? await tryOnce({ message, supplier, voice, harvest, ...parts }) : unknownSupplier(id)
  const ending = endingOf(result, { supplier, seconds: Math.round((performance.now() - receivedAt) / 100) / 10 })
  await voice.finished(ending)
  logEnding(parts.log, { run, ending, pages: harvest.counts().pages })
}

type Attempt = Omit<Parts, 'suppliers'> & { message: Request; supplier: Supplier; voice: Voice; harvest: Harvest }
type Whole = Pick<Extract<Ending, { outcome: 'whole' }>, 'rows' | 'parts' | 'proofs' | 'unfit'>

/** One request is one try: whatever happens, it ends as whole or as a failure, and within its time. */
async function tryOnce(attempt: Attempt): Promise<Whole | Failure> {
  const { message, voice, stopping, supplier } = attempt
  if (message.redelivered) {
    return new Interrupted('the request came a second time: whoever read the portal before did not end the run')
  }
  using budget = startBudget(Math.min(message.body.secondsAllowed, longestRunSeconds))
  const signal = AbortSignal.any([stopping, budget.signal, voice.lost])
  try {
    signal.throwIfAborted()
    await voice.progress({ step: 'started', pages: 0, rows: 0 })
    const { language, timeZone, limits } = supplier.definition
    const opening = attempt.openBrowser({ language, timeZone, pageSeconds: limits.pageSeconds })
    await using browser = await openedInTime(opening, signal)
    return await readWhole(attempt, { browser, signal, endsAt: budget.endsAt })
  } catch (error) {
    endIfUnheard(voice)
    return asFailure(signal.aborted ? signal.reason : error)
  }
}

/** One that opens after the run has ended is closed again: nobody else knows of it. */
async function openedInTime(opening: Promise<LentBrowser>, signal: AbortSignal): Promise<LentBrowser> {
  try {
    return await untilAborted(opening, signal)
  } catch (error) {
    void opening.then((late) => late[Symbol.asyncDispose]()).catch(() => {}) // Or it never opened.
    throw error
  }
}

type Reading = { browser: LentBrowser; signal: AbortSignal; endsAt: number }

/** Reads and proves, or takes evidence of why not, while the browser is still there. */
async function readWhole(
  { supplier, voice, harvest, sessionOf, onStep = () => {} }: Attempt,
  { browser, signal, endsAt }: Reading,
): Promise<Whole | Failure> {
  const { context } = browser
  const kept: Kept = { taking: Promise.resolve(null) }
  using progress = startProgress({ voice, harvest })
  const session = sessionOf(supplier)
  const visit = makeVisit({ supplier, harvest, progress, context, signal, kept, session, endsAt, onStep })
  try {
    const proofs = await untilAborted(supplier.robot.read(visit), signal)
    const { proof, ...counts } = harvest.end()
    if (proofs.length === 0) throw new Incomplete('the robot gave no proof that it read the whole table')
    await progress.step('reading')
    await voice.heard()
    const evidence = await kept.taking
    if (evidence) await voice.evidence(evidence).catch(() => {}) // If we are unheard, the ending is too.
    return { ...counts, proofs: [...proofs, proof] }
  } catch (error) {
    endIfUnheard(voice)
    const failure = browser.isOpen() ? asFailure(signal.aborted ? signal.reason : error) : browserEnded()
    if (failure instanceof SessionLost) await session.drop()
    const page = failure.page ?? context.pages().at(-1)
    const taken = page && !(failure instanceof Interrupted) ? await takeEvidence(page, supplier.secrets) : null
    // A page that did not come shows nothing; the one before it still tells where we were.
    const evidence = taken?.page === undefined ? ((await kept.taking) ?? taken) : taken
    if (evidence) await voice.evidence(evidence).catch(() => {})
    return failure
  }
}

function endIfUnheard({ lost }: Voice): void {
  if (lost.reason instanceof NotPublished) throw lost.reason
}

/** Ends with the signal's reason; what still goes on in the browser ends with the browser. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  work.catch(() => {})
  return Promise.race([work, aborted.promise]).finally(() => signal.removeEventListener('abort', abort))
}

/** Counted by the monotonic clock, from receipt of the request. */
function startBudget(seconds: number): Disposable & { signal: AbortSignal; endsAt: number } {
  const controller = new AbortController()
  const spent = () => controller.abort(new PortalSlow(`not at the end after the ${seconds} s that a run may take`))
  const timer = setTimeout(spent, seconds * 1000)
  const endsAt = performance.now() + seconds * 1000
  return { signal: controller.signal, endsAt, [Symbol.dispose]: () => clearTimeout(timer) }
}

function browserEnded(): Failure {
  return new Interrupted('Chromium ended by itself in the middle of the run; was there memory enough?')
}

function unknownSupplier(id: string): Failure {
  return new Defect(`this scraper has no supplier "${id}"; is SUPPLIERS_DIR the same for all scrapers, and up to date?`)
}

function endingOf(
  result: Whole | Failure,
  { supplier, seconds }: { supplier: Supplier | undefined; seconds: number },
): Ending {
  const definition = { number: supplier?.definition.number ?? 0, hash: supplier?.hash ?? 'unknown' }
  const blank = makeBlank(supplier?.secrets ?? {})
  if (!(result instanceof Failure)) return { outcome: 'whole', definition, seconds, ...blanked(result, blank) }
  const words = blank(result.step === undefined ? result.message : `${result.step}: ${result.message}`)
  return { outcome: 'failed', definition, seconds, failure: result.kind, words }
}

/** What was said of a whole run quotes the portal too; an item's code is what it is known by, and stays. */
function blanked({ proofs, unfit, ...counts }: Whole, blank: Blank): Whole {
  return {
    ...counts,
    proofs: proofs.map(({ what, said }) => ({ what, said: blank(said) })),
    ...(unfit && { unfit: unfit.map((row) => ({ ...row, where: blank(row.where), said: blank(row.said) })) }),
  }
}

/** The one line that a run leaves in the log. */
function logEnding(log: Parts['log'], { run, ending, pages }: { run: string; ending: Ending; pages: number }): void {
  const { outcome, seconds } = ending
  const read = `${pages} ${pages === 1 ? 'page' : 'pages'} in ${seconds} s`
  if (ending.outcome === 'whole') {
    const { rows } = ending
    return log.info({ run, outcome, rows, pages, seconds }, `${run}: whole, ${rows} rows on ${read}`)
  }
  const { failure, words } = ending
  const line = `${run}: failed (${failure}) after ${read}: ${words}`
  // What to do is told once, by the notifier, which knows whether the trouble is new.
  log.info({ run, outcome, failure, words, pages, seconds }, line)
}
