import type { Run } from '#core/store/runs.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'

/** One hold a supplier, and an incident as long as it stands: for the sweep, where a notifier died in between. */
export async function tidyHolds(context: Context): Promise<void> {
  const { store, incidents } = context
  // Incidents first: one that is open by now had its hold before.
  const told = (await store.incidents.openOnes())
    .filter(({ kind }) => kind === 'run-held')
    .map(({ subject }) => subject)
  const held = Map.groupBy(await store.runs.allHeld(), (run) => run.supplier)
  await eachApart(context, [...held], async ([id, runs]) => {
    const stands = await endOlder(context, await store.suppliers.get(id), runs)
    if (stands === null) held.delete(id)
    else if (!told.includes(id)) await incidents.open(heldTrouble(stands))
  })
  for (const id of told) if (!held.has(id)) await incidents.close('run-held', id)
}

/** Rejects all but the newest, and that too where a later run was accepted or nobody reads on; says which one stands. */
async function endOlder({ store }: Context, supplier: Supplier | null, runs: Run[]): Promise<Run | null> {
  const accepted = supplier?.lastAccepted ?? null
  const [newest, ...older] = runs
  const isPast = accepted !== null && accepted.number > (newest?.number ?? 0)
  const retired = supplier?.paused?.retired ? `its supplier is retired: ${supplier.paused.because}` : null
  const isOver = isPast || retired !== null
  const reason = retired ?? (isPast ? `a later run, ${accepted.run}, was accepted` : `a later run, ${newest?.id}, is held`) // prettier-ignore
  for (const run of isOver ? runs : older) {
    if (await store.runs.reject(run.id, reason, { state: 'held' })) await store.parts.drop(run.id)
  }
  return isOver ? null : (newest ?? null)
}

export function heldTrouble({ id, supplier, reasons }: Run) {
  const words = `run ${id} waits for a person: ${reasons.join('; ')}`
  const hint = `Compare the portal with: npm run avizo -- holds run/${id}; then approve or discard it`
  return { kind: 'run-held', subject: supplier, words, hint }
}
