import { randomBytes } from 'node:crypto'
import { runIdOfMoment } from '#core/domain/ids.ts'
import { many } from '#core/domain/many.ts'
import type { Run, RunCounts } from '#core/store/runs.ts'
import type { NumberedRun } from './apply-run.ts'
import { applyRun, isNumbered, sightOf } from './apply-run.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Weighed } from './weigh-run.ts'
import type { Context } from './context.ts'
import { trippedGates } from './gates.ts'
import { forecastRun, tallyOf } from './forecast-run.ts'
import { readinessFor, rereadSupplier } from './reread-supplier.ts'
import { heldTrouble } from './tidy-holds.ts'

/** More orders than this nobody reads through. */
const mostNamed = 200

/** Judges a run that arrived whole, and applies it; a run that is being judged already is taken up where it was left. */
export async function judgeRun(context: Context, run: Run): Promise<void> {
  const { store, at } = context
  await at?.('judging')
  // Read before the supplier: a run that passes only afterwards may be half applied by another by the time of a refusal.
  const passed = await store.runs.hasPassed(run.id)
  const supplier = await store.suppliers.get(run.supplier)
  if (supplier === null || run.finish?.outcome !== 'whole' || !isNumbered(run)) return
  // Once its applying was begun, a run is accepted to the end, whatever was declared since.
  const isBegun = supplier.applying?.run === run.id
  if (!isBegun && !(await isReady(context, supplier))) return
  const refusal = isBegun ? null : refusalOf(run, supplier)
  if (refusal !== null) return reject(context, run, { ...refusal, passed })
  if (run.dry) return tryOut(context, run, supplier)
  const verdict = isBegun || passed ? 'passed' : await passes(context, run, supplier)
  if (verdict === null) return
  const counts = await applyRun(context, run, verdict === 'passed' ? undefined : verdict)
  if (counts === 'not-ours') return
  await endHolds(context, run, `a later run, ${run.id}, was accepted`)
  await closeTroubles(context, run)
  context.log.info({ run: run.id, ...counts }, sayAccepted(run, counts))
  context.wakeSender()
}

/** A dry run ends here: what it would have come to is kept with it, and nothing else. */
async function tryOut(context: Context, run: NumberedRun, supplier: Supplier): Promise<void> {
  const { store, log } = context
  const { reasons: held } = await reasonsOf(context, run, supplier)
  const { customers, orders, preview } = await forecastRun(context, run, supplier)
  if (!(await store.runs.endDry(run.id, { held, customers, orders: orders.slice(0, mostNamed), ...preview }))) return
  await store.parts.drop(run.id)
  await store.evidence.drop(run.id)
  log.info({ run: run.id, customers }, `${run.supplier} tried out · would mail ${many(customers, 'customer')} · nothing counts`) // prettier-ignore
}

/** A run that cannot be judged yet stays as it is: the sweep, here or at a newer notifier, takes it up again. */
async function isReady(context: Context, supplier: Supplier): Promise<boolean> {
  const readiness = readinessFor(supplier)
  return readiness === 'ready' || (readiness === 'to-reread' && (await rereadSupplier(context, supplier)))
}

/**
 * Weighs a run against the gates of its supplier; one that trips any waits for a person and moves nothing (P1). Gives what
 * was found by weighing it, or null where it does not pass.
 */
async function passes(context: Context, run: NumberedRun, supplier: Supplier): Promise<Weighed | 'passed' | null> {
  const { store, log, incidents } = context
  const { reasons, weighed = 'passed' as const } = run.approved
    ? { reasons: await reasonsAgain(context, run, supplier) }
    : await reasonsOf(context, run, supplier)
  // Two notifiers may weigh the same run at different moments: the first verdict stands.
  if (reasons.length === 0) return (await store.runs.pass(run.id)) ? weighed : null
  const { customers, preview } = await forecastRun(context, run, supplier)
  if (!(await store.runs.hold(run, reasons, customers))) return (await store.runs.hasPassed(run.id)) ? 'passed' : null
  await store.holds.keepPreview(run.id, preview)
  await endHolds(context, run, `a later run, ${run.id}, is held`)
  log.warn({ run: run.id }, `${run.supplier} held · ${reasons.join(' · ')}`)
  await incidents.open(heldTrouble({ ...run, reasons }))
  return null
}

async function reasonsOf(
  context: Context,
  run: NumberedRun,
  supplier: Supplier,
): Promise<{ reasons: string[]; weighed?: Weighed }> {
  const { declaration, lastAccepted } = supplier
  const isBaseline = lastAccepted === null
  const { weighed, ...tally } = await tallyOf(context, sightOf(run, { declaration, before: lastAccepted }), {
    isBaseline,
  })
  return { reasons: trippedGates({ tally, gates: declaration.gates, isBaseline }), weighed }
}

/** A person's yes is to what they were shown: by another number of customers the run waits for them again. */
async function reasonsAgain(context: Context, run: NumberedRun, supplier: Supplier): Promise<string[]> {
  if (run.approval === undefined) return []
  const { customers } = await forecastRun(context, run, supplier)
  if (customers === run.approval.customers) return []
  const lapsed = `approved for ${many(run.approval.customers, 'customer')}, but by then it would mail ${customers}`
  return [...run.reasons.filter((reason) => !reason.startsWith('approved for ')), lapsed]
}

/** What an accepted run ends; an older one, that a person approved, ends nothing that came after it. */
async function closeTroubles({ store, incidents }: Context, run: NumberedRun): Promise<void> {
  const { supplier: id, number } = run
  const kinds = ['silence', 'half-applied']
  if (!(await store.runs.failedAfter(id, number))) kinds.push('run-failed')
  if ((await store.runs.held(id)).length === 0) kinds.push('run-held')
  if ((await store.suppliers.get(id))?.paused === null) kinds.push('paused')
  for (const kind of kinds) await incidents.close(kind, id)
}

/** One hold a supplier: a newer run that is held or accepted ends the older one. */
async function endHolds({ store }: Context, run: NumberedRun, reason: string): Promise<void> {
  for (const held of await store.runs.held(run.supplier)) {
    if ((held.number ?? 0) >= run.number) continue
    if (await store.runs.reject(held.id, reason, { state: 'held' })) await store.parts.drop(held.id)
  }
}

type Refusal = { reason: string; again: boolean }
type Seen = { passed: boolean }

function refusalOf(run: NumberedRun, { declaration, lastAccepted, paused }: Supplier): Refusal | null {
  if (paused?.retired) return { reason: `its supplier is retired: ${paused.because}`, again: false }
  if (run.finish !== undefined && run.finish.definition.hash !== declaration.hash) {
    const reason = 'it was read by another definition than the one declared'
    // Who asked for a dry run waits for this very one: they ask again themselves, and never get a real one for it.
    return run.dry ? { reason: `${reason}: ask for another dry run`, again: false } : { reason, again: true }
  }
  if (lastAccepted !== null && lastAccepted.number > run.number) {
    return { reason: `a later run, ${lastAccepted.run}, was accepted before it`, again: false }
  }
  return null
}

/** A run whose parts somebody dropped can be judged no more; once its applying was begun it is let alone. */
export async function rejectGone(context: Context, run: Run, passed: boolean): Promise<void> {
  const supplier = await context.store.suppliers.get(run.supplier)
  if (supplier?.applying?.run === run.id || !isNumbered(run)) return
  await reject(context, run, { reason: 'its parts are gone', again: false, passed })
}

async function reject(
  { store, log }: Context,
  run: NumberedRun,
  { reason, again, passed }: Refusal & Seen,
): Promise<void> {
  const before = await store.runs.before(run.supplier, run.number)
  if (!(await store.runs.reject(run.id, reason, { state: 'judging', passed }))) return
  await store.parts.drop(run.id)
  log.warn({ run: run.id }, `${run.supplier} rejected · ${reason}`)
  // Once: a scraper that goes on with another definition is met again at the next tick, not in a circle.
  if (!again || before?.state === 'rejected') return
  const random = randomBytes(2).toString('hex')
  await store.runs.propose({
    id: runIdOfMoment(run.supplier, new Date(), random),
    supplier: run.supplier,
    why: run.why,
  })
}

function sayAccepted(run: NumberedRun, counts: RunCounts): string {
  const seconds = run.finish?.seconds.toFixed(1) ?? '?'
  const marks = [
    counts.unreadable > 0 ? `${counts.unreadable} unreadable` : '',
    counts.absent > 0 ? `${counts.absent} absent` : '',
    counts.missing > 0 ? `${counts.missing} missing` : '',
  ]
  const said = [
    many(counts.items, 'item'),
    ...marks,
    many(counts.changes, 'change'),
    many(counts.notices, 'notice'),
    `read in ${seconds} s`,
  ]
  return `${run.supplier} accepted · ${said.filter((word) => word !== '').join(' · ')}`
}
