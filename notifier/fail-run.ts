import type { FailureKind, MessageOf } from '#core/domain/messages.ts'
import type { Run } from '#core/store/runs.ts'
import { backOff, sayTime } from './back-off.ts'
import type { Context } from './context.ts'
import { whyPause } from './open-sign-ins.ts'

/** What a person can do about each kind of failure. */
const hints: Record<FailureKind, string> = {
  'login-refused': 'Check the credentials at the portal by hand, put them into the settings, then resume the supplier',
  blocked: 'Look at the evidence; the portal may want a person or fewer visits. A run that you ask for goes at once',
  changed: "The portal looks different: compare the evidence with the supplier's definition",
  incomplete: 'The table was not whole; the next run tries again. Look at the evidence if it stays so',
  down: 'The portal does not answer; the next run tries again',
  slow: 'The portal is slower than the time allowed; the next run tries again',
  interrupted: 'The scraper was stopped or lost its connection; the next run tries again',
  'not-started': 'Is the scraper running? See npm run status',
  'too-large': 'A page is larger than a page should be; look at the evidence',
  defect: 'A defect of ours: please report it with the log around this line',
}
const hintOfRow =
  'Sign in to the portal by hand and look at the evidence: is the account locked? Then resume the supplier'

export type Failed = { kind: FailureKind; words: string }

/** Ends a run as failed. It never becomes "fewer items"; a sign-in that may lock the account pauses its supplier (P8). */
export async function failRun(context: Context, run: Run, given: Failed): Promise<void> {
  const { store, log } = context
  const seen = await store.runs.get(run.id)
  if (seen === null || (seen.state !== 'requested' && seen.state !== 'collecting')) return
  // Who calls a run late must have seen its last step: it may have gone on meanwhile.
  if (run.finish === undefined && (seen.step !== run.step || seen.finish?.outcome === 'whole')) return
  const failure = ownFailure(seen) ?? given
  log.warn({ run: run.id, failure: failure.kind }, `${run.supplier} failed · ${failure.kind} · ${failure.words}`)
  // Told and paused first: a kill in between leaves no trouble untold, and nobody who sees the run failed finds the
  // supplier still open to another sign-in.
  const isRetired = (await store.suppliers.get(run.supplier))?.paused?.retired
  const reason = isRetired ? null : await whyPause(context, seen, failure)
  // Nobody is reminded of a supplier that is read no more, and its schedule is not to be kept back.
  if (reason === null && !isRetired) await tell(context, seen, failure)
  if (reason !== null) await pauseFor(context, run.supplier, { reason, hint: hintOf(failure) })
  // Where it was heard to be whole meanwhile it is judged, and needs its parts.
  if (await store.runs.fail(run.id, failure)) await store.parts.drop(run.id)
}

/** Why its scraper says that it failed; that stands, whatever the clock says. */
export function ownFailure({ finish }: Run): Failed | null {
  return finish?.outcome === 'failed' ? { kind: finish.failure, words: finish.words } : null
}

type Refused = Extract<MessageOf<'run.finished'>, { outcome: 'failed' }>

/** P8 of a refusal that is heard of only after its run had ended; one from before a person resumed is over. */
export async function pauseRefusedLate(context: Context, run: Run, finish: Refused): Promise<void> {
  const failure = { kind: finish.failure, words: finish.words }
  const supplier = await context.store.suppliers.get(run.supplier)
  if (failure.kind !== 'login-refused' || supplier === null || supplier.paused?.retired) return
  if (run.number !== undefined && run.number <= (supplier.resumed?.number ?? 0)) return
  const reason = await whyPause(context, run, failure)
  if (reason === null || supplier.paused?.because === reason) return
  await pauseFor(context, run.supplier, { reason, hint: hintOf(failure) })
}

/** Nobody signs in at this supplier any more until a person resumes it. */
export async function pauseFor(
  { store, incidents }: Context,
  supplier: string,
  { reason, hint = hintOfRow }: { reason: string; hint?: string },
): Promise<void> {
  await store.suppliers.pause(supplier, reason)
  await incidents.open({ kind: 'paused', subject: supplier, words: `paused: ${reason}`, hint })
}

function hintOf({ kind }: Failed): string {
  return kind === 'login-refused' ? hints[kind] : hintOfRow
}

async function tell(context: Context, run: Run, failure: Failed): Promise<void> {
  const { incidents } = context
  const later = failure.kind === 'blocked' ? await stayAway(context, run) : await comeAgain(context, run)
  const words = failure.words + later
  await incidents.open({ kind: 'run-failed', subject: run.supplier, words, hint: hints[failure.kind] })
}

/** A portal that keeps us out is left alone by the schedule, longer each time. */
async function stayAway({ store, shop, now }: Context, run: Run): Promise<string> {
  const supplier = await store.suppliers.get(run.supplier)
  const blocked = backOff(supplier?.blocked ?? null, run.id, now())
  await store.suppliers.block(run.supplier, blocked)
  return `; tried again after ${sayTime(blocked.until, { timeZone: shop.timeZone, now: now() })}`
}

/** Who got past the sign-in and failed otherwise was not kept out. */
async function comeAgain({ store }: Context, run: Run): Promise<string> {
  if (run.step === 'signed-in' || run.step === 'reading') await store.suppliers.unblock(run.supplier)
  return ''
}
