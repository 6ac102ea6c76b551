import type { MessageOf } from '#core/domain/messages.ts'
import type { Run } from '#core/store/runs.ts'
import { claimable, isNumbered, readBy } from './apply-run.ts'
import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'
import { failRun, ownFailure, pauseRefusedLate } from './fail-run.ts'
import { judgeRun, rejectGone } from './judge-run.ts'
import { requestNext } from './request-run.ts'
import { tidyHolds } from './tidy-holds.ts'

const graceSeconds = 60

/** Notes how far a run is; from its beginning on, the seconds of the reading itself count. */
export async function takeProgress({ store, now }: Context, progress: MessageOf<'run.progress'>): Promise<void> {
  const run = await store.runs.get(progress.run)
  if (run !== null && run.step === undefined) {
    const supplier = await store.suppliers.get(progress.supplier)
    const seconds = (supplier?.declaration.secondsAllowed ?? 0) + graceSeconds
    await store.runs.begun(progress.run, new Date(now().getTime() + seconds * 1000))
  }
  await store.runs.progress(progress.run, progress)
}

/** Stages a part; parts and finish arrive in any order, so whoever stores one looks whether the run is whole. */
export async function takePart(context: Context, part: MessageOf<'run.observed'>): Promise<void> {
  const run = await context.store.runs.get(part.run)
  if (run === null || !isOpen(run)) return
  await context.store.parts.put(part, context.keep.partsDays)
  await judgeIfWhole(context, part.run)
}

/** Takes a run's end: the first one stands. A run that failed is failed, whatever parts of it arrived. */
export async function takeFinish(context: Context, finish: MessageOf<'run.finished'>): Promise<void> {
  const run = await context.store.runs.get(finish.run)
  if (run === null) return
  const isFirst = await context.store.runs.finish(finish.run, finish)
  // Whatever becomes of it: who read a whole table was not kept out.
  if (isFirst && finish.outcome === 'whole') await context.store.suppliers.unblock(finish.supplier)
  await judgeIfWhole(context, finish.run)
  if (finish.outcome === 'failed') await pauseRefusedLate(context, run, finish)
  await requestNext(context, finish.supplier)
}

/**
 * Judges a run if all its parts are here. Whoever stores a part or a finish looks, and one of them begins; a run whose
 * judging was begun is taken up by the sweep only.
 */
async function judgeIfWhole(context: Context, id: string): Promise<void> {
  const { store } = context
  const run = await store.runs.get(id)
  if (run === null || run.finish === undefined || run.state === 'judging' || !isOpen(run)) return
  const failure = ownFailure(run)
  if (failure !== null) return failRun(context, run, failure)
  if (await lacksParts(store, run)) return
  if (await store.runs.beginJudging(id)) await judgeRun(context, { ...run, state: 'judging' })
}

/** The same for the sweep, which also takes up what was left in the middle, or approved by a person. */
export async function resumeRun(context: Context, { id }: Run): Promise<void> {
  const { store } = context
  const passed = await store.runs.hasPassed(id)
  const run = await store.runs.get(id)
  if (run?.state !== 'judging') return judgeIfWhole(context, id)
  if (await lacksParts(store, run)) return rejectGone(context, run, passed)
  await judgeRun(context, run)
}

async function lacksParts({ parts }: Pick<Context['store'], 'parts'>, { id, finish }: Run): Promise<boolean> {
  return finish?.outcome === 'whole' && (await parts.count(id)) < finish.parts
}

export async function takeEvidence({ store, keep }: Context, evidence: MessageOf<'run.evidence'>): Promise<void> {
  const { run, address, picture, page, file } = evidence
  const stored = await store.runs.get(run)
  // An accepted run needs none: nobody has to judge it any more.
  if (stored === null || stored.state === 'accepted') return
  await store.evidence.put(1, {
    run,
    address,
    keepDays: keep.evidenceDays,
    ...(picture && { picture: Buffer.from(picture, 'base64') }),
    ...(page && { page }),
    ...(file && { file: { name: file.name, content: Buffer.from(file.content, 'base64') } }),
  })
}

/** Runs that were left in the middle: whole but not judged, or judged but not applied to the end. For the sweep. */
export async function resumeRuns(context: Context): Promise<void> {
  await eachApart(context, await context.store.runs.allUnderWay(), (run) => resumeRun(context, run))
  await eachApart(context, await context.store.suppliers.abandonedApplies(), (id) => finishAbandoned(context, id))
  await tidyHolds(context)
}

/** The run was accepted to the end, only its claim still stands: nothing but the claim is left to end. */
async function finishAbandoned({ store, owner, incidents }: Context, id: string): Promise<void> {
  const run = await store.runs.get(id)
  if (run === null || (run.state !== 'accepted' && run.state !== 'rejected') || !isNumbered(run)) return
  const claim = await store.suppliers.claimApply(claimable(run), owner)
  if (claim === null) return
  if (run.state === 'rejected') await incidents.open(halfApplied(run))
  await store.suppliers.endApply(run.supplier, claim, readBy(claim))
  await store.parts.drop(id)
  await store.evidence.drop(id)
}

function halfApplied({ id, supplier }: Run) {
  const words = `run ${id} was rejected while it was applied; some items may be as it said`
  return { kind: 'half-applied', subject: supplier, words, hint: 'Ask for another run: it puts all items right' }
}

function isOpen(run: Run): boolean {
  return run.state === 'requested' || run.state === 'collecting' || run.state === 'judging'
}
