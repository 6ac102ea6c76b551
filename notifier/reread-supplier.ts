import { changeKind } from '#core/domain/change.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import type { Item } from '#core/domain/item.ts'
import type { Rereading } from '#core/domain/reread-item.ts'
import { rereadItem } from '#core/domain/reread-item.ts'
import type { Change } from '#core/store/changes.ts'
import type { RereadClaim } from '#core/store/rereads.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { ClaimLost } from './apply-run.ts'
import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'
import { planOrders } from './plan-orders.ts'

/** Whether this notifier may judge the supplier's runs, or what keeps it from it. */
export type Readiness = 'ready' | 'to-reread' | 'too-old'

/** Stored texts are read by the numbers that a run is judged by, or they are read anew first (RULES section 2). */
export function readinessFor({ readBy, declaration }: Supplier): Readiness {
  if (readBy === null) return 'ready'
  // Another notifier has a newer grammar than we: what it read we would read worse.
  if (readBy.grammar > grammarNumber) return 'too-old'
  return readBy.grammar < grammarNumber || readBy.definition < declaration.number ? 'to-reread' : 'ready'
}

/** For the sweep: a higher number is declared, or a newer grammar came with this notifier. */
export async function rereadSuppliers(context: Context): Promise<void> {
  await eachApart(context, await context.store.suppliers.list(), async (supplier) => {
    if (readinessFor(supplier) === 'to-reread') await rereadSupplier(context, supplier)
  })
}

/**
 * Reads all stored texts of a supplier anew, in steps that may be repeated. Only lines that had something to say before
 * say it in the new reading; the others are waived by what the value itself remembers. False where another is at it.
 */
export async function rereadSupplier(context: Context, supplier: Supplier): Promise<boolean> {
  const { store, log, owner, at } = context
  const { id, declaration, lastAccepted } = supplier
  const by = { definition: declaration.number, grammar: grammarNumber }
  const reread = `${id}-reread-${by.definition}-${by.grammar}`
  const claim = await store.suppliers.claimReread(id, { reread, by, owner })
  if (claim === null) return false
  const rereading = { id: reread, at: context.now(), declaration }
  let changed = 0
  for await (const items of store.items.all(id)) {
    changed += await rereadPage(context, items, { rereading, number: lastAccepted?.number ?? 0 })
    await at?.('reread-written')
    await keepClaim(context, id, claim)
  }
  if (!(await store.suppliers.endReread(id, claim, by))) throw new ClaimLost(`${reread} is done by another notifier`)
  log.info(
    { reread },
    `${id}: texts read anew by definition ${by.definition} · ${changed} values changed · nobody is told`,
  )
  return true
}

type Work = { rereading: Rereading; number: number }

/** Changes and orders come after the items and are derived from them: whoever takes over finds them by the value's run. */
async function rereadPage(context: Context, items: Item[], { rereading, number }: Work): Promise<number> {
  const { store } = context
  const fresh = items.flatMap((item) => rereadItem(item, rereading) ?? [])
  await store.items.writeReread(fresh)
  const moved = [...fresh, ...items].filter(({ now }) => now?.run === rereading.id)
  await store.changes.add(moved.map((item) => changeOf(item, { rereading, number })))
  await planOrders(context, await store.orders.withItems(moved.map(({ id }) => id)))
  return moved.length
}

function changeOf({ supplier, code, title, previous, now }: Item, { rereading, number }: Work): Change {
  if (now === null) throw new Error(`${code} moved to nothing`)
  const kind = previous === null ? null : changeKind(previous.availability, now.availability)
  return { run: rereading.id, number, supplier, code, title, kind, before: previous, after: now, at: rereading.at }
}

async function keepClaim({ store }: Context, supplier: string, claim: RereadClaim): Promise<void> {
  if (!(await store.suppliers.renewClaim(supplier, claim))) {
    throw new ClaimLost(`the texts of ${supplier} are read anew by another notifier`)
  }
}
