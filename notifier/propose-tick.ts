import { runIdOfTick } from '#core/domain/ids.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { blockedUntil } from './back-off.ts'
import type { Context } from './context.ts'

/** How long ago a run may have been interrupted for its tick to be looked at again. */
const lookBackMs = 3_600_000

/** A tick of the schedule becomes a run that waits, unless it had one already or something keeps the schedule back. */
export async function proposeTick({ store, log, now }: Context, supplier: Supplier, tick: Date): Promise<void> {
  if (supplier.paused !== null) return
  const until = blockedUntil(supplier, now())
  if (until !== null) {
    log.debug({ tick, until }, `${supplier.id}: a tick is dropped, the portal keeps us out`)
    return
  }
  // Counted before it is looked whether the tick is covered: then whoever proposes it beside us makes the same id.
  const place = await store.runs.countOfTick(supplier.id, tick)
  if (await store.runs.coversTick(supplier.id, tick)) return
  await store.runs.propose({ id: idOf(supplier.id, tick, place), supplier: supplier.id, why: 'schedule', tick })
}

/**
 * Runs that died with their scraper leave their tick to another, which need not wait until the schedule proposes it
 * again: where a machine died with it, the broker took half a minute to notice.
 */
export async function proposeInterrupted(context: Context): Promise<void> {
  const { store, now } = context
  const runs = await store.runs.interruptedSince(new Date(now().getTime() - lookBackMs))
  const last = new Map(runs.flatMap(({ supplier, tick }) => (tick === undefined ? [] : [[supplier, tick] as const])))
  for (const [id, tick] of last) {
    const supplier = await store.suppliers.get(id)
    if (supplier !== null) await proposeTick(context, supplier, tick)
  }
}

/** The first run of a tick bears its plain id; a further one, for a tick whose run died, says the how manieth it is. */
function idOf(supplier: string, tick: Date, place: number): string {
  const id = runIdOfTick(supplier, tick)
  return place === 0 ? id : `${id}-t${place.toString(36).padStart(3, '0')}`
}
