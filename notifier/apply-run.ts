import { dayOf } from '#core/domain/day.ts'
import { changeKind } from '#core/domain/change.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import type { Item } from '#core/domain/item.ts'
import { wantsEan, wantsProduct } from '#core/domain/line-wants.ts'
import type { Change } from '#core/store/changes.ts'
import type { ReadBy } from '#core/store/rereads.ts'
import type { Run, RunCounts } from '#core/store/runs.ts'
import type { Claim } from '#core/store/suppliers.ts'
import { CodeSet } from './code-set.ts'
import { confirmLater } from './confirm-later.ts'
import type { Context } from './context.ts'
import { lookAtOrders } from './look-at-orders.ts'
import { markMissing, tellMissing } from './mark-missing.ts'
import { planEach } from './plan-each.ts'
import type { RunSight } from './read-observation.ts'
import { movedIn, moveUnawaited, readObservation } from './read-observation.ts'
import type { Absent, Weighed } from './weigh-run.ts'
import { meetItems } from './meet-items.ts'

/** The right to apply was lost to another notifier, which goes on where this one stopped. */
export class ClaimLost extends Error {
  override name = 'ClaimLost'
}

/** A run that is requested and finished: it has a number and a moment. */
export type NumberedRun = Run & { number: number; requestedAt: Date }
type Work = { run: NumberedRun; claim: Claim; sight: RunSight; keepClaim(): Promise<void> }

/**
 * Makes an accepted run the truth: items, changes, orders, in steps that may each be repeated. Who dies in between is
 * followed by another who claims the same run; resuming goes by run number, never by comparing again. Who has weighed it
 * just before looks only at what may say something new.
 */
export async function applyRun(context: Context, run: NumberedRun, weighed?: Weighed): Promise<RunCounts | 'not-ours'> {
  const { store, at } = context
  const claim = await store.suppliers.claimApply(claimable(run), context.owner)
  if (claim === null) return 'not-ours'
  await at?.('claimed')
  const work: Work = { run, claim, sight: sightOf(run, claim), keepClaim: makeKeeper(store, run, claim) }
  const { rows, unreadable, absent } = await writeItems(context, work, weighed)
  await at?.('items-written')
  const lost = await markMissing(context, {
    run,
    absent,
    before: work.sight.before,
    keepClaim: work.keepClaim,
  })
  await at?.('missing-marked')
  await tellOrders(context, work)
  await tellMissing(context, run.supplier)
  // Before the run ends: who takes it over from one that died in between asks too.
  await askForSecond(context, work)
  await at?.('confirmation-asked')
  const counts = { items: rows, unreadable, ...lost, ...(await countsOf(context, run)) }
  if (!(await store.runs.accept(run.id, counts))) throw new ClaimLost(`${run.id} ended while it was applied`)
  await at?.('accepted')
  await store.suppliers.endApply(run.supplier, claim, readBy(claim))
  await at?.('claim-ended')
  await store.parts.drop(run.id)
  await store.evidence.drop(run.id)
  await at?.('parts-dropped')
  return counts
}

/** By what a run's texts are read under this claim; where it was taken over, the first of them by the older grammar. */
export function readBy({ declaration, grammar }: Claim): ReadBy {
  return { definition: declaration.number, grammar }
}

export function isNumbered(run: Run): run is NumberedRun {
  return run.number !== undefined && run.requestedAt !== undefined
}

/** What a claim must know of a run. */
export function claimable(run: NumberedRun) {
  const rows = run.finish?.outcome === 'whole' ? run.finish.rows : 0
  const hash = run.finish?.definition.hash ?? ''
  return { ...run, rows, hash, grammar: grammarNumber, silent: run.approval?.silent ?? false }
}

export function sightOf(run: NumberedRun, claim: Pick<Claim, 'declaration' | 'before'>): RunSight {
  const { declaration } = claim
  return {
    run,
    day: dayOf(run.requestedAt, declaration.timeZone),
    before: claim.before?.requestedAt ?? null,
    declaration,
  }
}

type Written = Pick<Weighed, 'rows' | 'unreadable' | 'absent'>

/** Writes what differs, part after part; an unchanged item costs a comparison of texts and no write. */
async function writeItems({ store }: Context, work: Work, weighed: Weighed | undefined): Promise<Written> {
  const seen = new CodeSet()
  let unreadable = 0
  for await (const { observations } of store.parts.of(work.run.id, weighed?.telling)) {
    if (weighed === undefined) for (const { code } of observations) seen.add(code)
    const { met, unreadable: before } = await meetItems(store.items, work.run.supplier, observations)
    unreadable += before
    const fresh: Fresh[] = []
    for (const { observation, existing } of met) {
      const next = readObservation(observation, existing, work.sight)
      if (next !== null) fresh.push({ next, existing })
      if ((next ?? existing)?.marks.unreadable !== undefined) unreadable += 1
    }
    await store.items.writeDifferences(await differencesOf(store, work, fresh))
    await work.keepClaim()
  }
  return weighed ?? { rows: seen.size, unreadable, absent: await absentFrom(store, work.run, seen) }
}

async function absentFrom({ items }: Context['store'], { supplier }: NumberedRun, seen: CodeSet): Promise<Absent[]> {
  const absent: Absent[] = []
  for await (const { code, absentRuns } of items.codesOf(supplier))
    if (!seen.has(code)) absent.push({ code, absentRuns })
  return absent
}

type Fresh = { next: Item; existing: Item | undefined }

/** Only what an open line waits for is pending: asked once for all new values of a part. */
async function differencesOf(store: Context['store'], { run, sight }: Work, fresh: Fresh[]) {
  const pending = fresh.filter(({ next }) => next.pending?.run === run.id).map(({ next }) => next.id)
  const awaited = pending.length === 0 ? new Set<string>() : await store.orders.awaited(pending)
  return fresh.map(({ next, existing }) => {
    const isUnawaited = next.pending?.run === run.id && !awaited.has(next.id)
    const item = isUnawaited ? moveUnawaited(next, sight) : next
    return { item, planned: !touchesOrders(item, existing, run) }
  })
}

/** A value that is pending by this run has to be read again; a confirming run never asks for another. */
async function askForSecond(context: Context, { run, sight }: Work): Promise<void> {
  if (sight.declaration.confirm !== 'second-run' || run.why === 'confirmation') return
  if (await context.store.items.hasPending(run.supplier, run.number)) await confirmLater(context, run)
}

/**
 * An item never seen before, a value that moved or was confirmed, one that began or ceased to be pending, another EAN, and
 * a title that puts the item's news on hold, keeps it there anew or frees it.
 */
export function touchesOrders(next: Item, existing: Item | undefined, run: { id: string }): boolean {
  const isRetitled = next.marks.retitled?.run !== existing?.marks.retitled?.run
  const isConfirmed = existing?.now?.unconfirmed !== undefined && next.now?.unconfirmed === undefined
  const isPendingOtherwise = (next.pending === undefined) !== (existing?.pending === undefined)
  const hasMoved = movedIn(next, run) || isConfirmed || isPendingOtherwise
  return existing === undefined || hasMoved || next.ean !== existing?.ean || isRetitled
}

/** Changes and orders of every item that this run moved and that nobody planned yet. */
async function tellOrders(context: Context, work: Work): Promise<void> {
  const { store, at } = context
  const { run } = work
  for await (const items of store.items.unplanned(run.supplier, run.number)) {
    await store.changes.add(items.flatMap((item) => changeOf(item, run)))
    await at?.('changes-written')
    const ids = items.map((item) => item.id)
    await matchLate(context, items)
    await planEach(context, await store.orders.withItems(ids))
    await at?.('orders-planned')
    await store.items.clearUnplanned(ids, run.number)
    await at?.('planned-cleared')
    await work.keepClaim()
  }
}

/** Lines that waited for an item with this EAN, or linked to their product, are looked at, now that a run brought one. */
async function matchLate(context: Context, items: Item[]): Promise<void> {
  const eans = items.flatMap((item) => (item.ean === undefined ? [] : [wantsEan(item.ean)]))
  const products = await context.store.links.productsOf(items.map((item) => item.id))
  const wanted = [...eans, ...products.map(wantsProduct)]
  if (wanted.length > 0) await lookAtOrders(context, await context.store.orders.wanting(wanted))
}

function changeOf(item: Item, run: NumberedRun): Change[] {
  if (item.now === null || !movedIn(item, run)) return []
  const before = item.previous
  const kind = before === null ? null : changeKind(before.availability, item.now.availability)
  const { supplier, code, title, now: after } = item
  return [{ run: run.id, number: run.number, supplier, code, title, kind, before, after, at: run.requestedAt }]
}

async function countsOf({ store }: Context, run: NumberedRun): Promise<{ changes: number; notices: number }> {
  return { changes: await store.changes.countOf(run.id), notices: await store.notices.countOfRun(run.id) }
}

/** Renews the claim now and then, long before its lease is over, and finds out where it was lost. */
function makeKeeper({ suppliers }: Context['store'], run: NumberedRun, claim: Claim): () => Promise<void> {
  let renewedAt = performance.now()
  return async () => {
    if (performance.now() - renewedAt < suppliers.leaseSeconds * 250) return
    renewedAt = performance.now()
    if (!(await suppliers.renewClaim(run.supplier, claim)))
      throw new ClaimLost(`${run.id} is applied by another notifier`)
  }
}
