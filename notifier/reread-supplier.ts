import { changeKind } from '#core/domain/change.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import type { Item } from '#core/domain/item.ts'
import { rereadItem } from '#core/domain/reread-item.ts'
import type { Change } from '#core/store/changes.ts'
import type { RereadClaim } from '#core/store/rereads.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { ClaimLost } from './apply-run.ts'
import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'
import { planEach } from './plan-each.ts'

/** Whether this notifier may judge the supplier's runs, or what keeps it from it. */
export type Readiness = 'ready' | 'to-reread' | 'too-old'

/** Stored texts are read by the numbers that a run is judged by, or they are read anew first (RULES section 2). */
export function readinessFor({ readBy, declaration }: Supplier): Readiness {
  // Another process has a newer grammar than we: what it read, or its supplier was declared by, we would read worse.
  if (Math.max(declaration.grammar, readBy?.grammar ?? 0) > grammarNumber) return 'too-old'
  if (readBy === null) return 'ready'
  return readBy.grammar < grammarNumber || readBy.definition < declaration.number ? 'to-reread' : 'ready'
}

/** For the sweep: a higher number is declared, or a newer grammar came with this notifier. */
export async function rereadSuppliers(context: Context): Promise<void> {
  await eachApart(context, await context.store.suppliers.list(), async (supplier) => {
    const isLeft = supplier.applying?.run.startsWith(`${supplier.id}-reread-`) ?? false
    if (isLeft || readinessFor(supplier) === 'to-reread') await rereadSupplier(context, supplier)
  })
}

/**
 * Reads all stored texts of a supplier anew, in steps that may be repeated. Only lines that had something to say before
 * say it in the new reading; the others are waived by what the value itself remembers. False where another is at it.
 */
export async function rereadSupplier(context: Context, supplier: Supplier): Promise<boolean> {
  const { store, log, owner, at } = context
  const { id, declaration } = supplier
  const by = { definition: declaration.number, grammar: grammarNumber }
  const reread = `${id}-reread-${by.definition}-${by.grammar}`
  const claim = await store.suppliers.claimReread(id, { reread, by, owner })
  if (claim === null) return false
  const rereading = { id: reread, at: context.now(), declaration }
  for await (const items of store.items.all(id)) {
    await store.items.writeReread(items.flatMap((item) => difference(item, rereadItem(item, rereading))))
    await at?.('items-reread')
    await keepClaim(context, id, claim)
  }
  const changed = await tellReread(context, { supplier, claim })
  if (!(await store.suppliers.endReread(id, claim, by))) throw new ClaimLost(`${reread} is done by another notifier`)
  log.info(
    { reread },
    `${id}: texts read anew by definition ${by.definition} · ${changed} values changed · nobody is told`,
  )
  return true
}

/** Only what moves a value, or begins or ends to be pending, is to be planned. */
function difference(before: Item, item: Item | null): { item: Item; planned: boolean }[] {
  if (item === null) return []
  const isPendingOtherwise = (item.pending === undefined) !== (before.pending === undefined)
  return [{ item, planned: item.now?.run === before.now?.run && !isPendingOtherwise }]
}

type Work = { supplier: Supplier; claim: RereadClaim }

/** Changes and orders of all that was read anew, by whomever: one that died in between left its items "not planned". */
async function tellReread(context: Context, { supplier, claim }: Work): Promise<number> {
  const { store, at } = context
  let changed = 0
  for await (const items of store.items.leftUnplanned(supplier.id)) {
    const changes = items.flatMap((item) => changeOf(item, supplier))
    changed += changes.length
    await store.changes.add(changes)
    await planEach(context, await store.orders.withItems(items.map(({ id }) => id)))
    for (const { id, run } of items) await store.items.clearUnplanned([id], run)
    await at?.('reread-planned')
    await keepClaim(context, supplier.id, claim)
  }
  return changed
}

function changeOf({ supplier, code, title, previous, now }: Item, { lastAccepted }: Supplier): Change[] {
  if (now === null || !now.run.startsWith(`${supplier}-reread-`)) return []
  const kind = previous === null ? null : changeKind(previous.availability, now.availability)
  const number = lastAccepted?.number ?? 0
  return [{ run: now.run, number, supplier, code, title, kind, before: previous, after: now, at: now.since }]
}

async function keepClaim({ store }: Context, supplier: string, claim: RereadClaim): Promise<void> {
  if (!(await store.suppliers.renewClaim(supplier, claim))) {
    throw new ClaimLost(`the texts of ${supplier} are read anew by another notifier`)
  }
}
