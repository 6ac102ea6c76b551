import type { Item } from '#core/domain/item.ts'
import type { Difference, DifferenceKind, RunPreview } from '#core/store/run-previews.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { NumberedRun } from './apply-run.ts'
import { sightOf, touchesOrders } from './apply-run.ts'
import type { Reader } from './count-customers.ts'
import { customersTouched, ordersTouched } from './count-customers.ts'
import type { Tally } from './gates.ts'
import type { RunSight } from './read-observation.ts'
import { asIfConfirmed, movedIn } from './read-observation.ts'
import { wasPending, weighRun } from './weigh-run.ts'

/** Differences of a kind that a person is shown; more would not be read. */
const mostShown = 200

/** What a run would do to items and customers; costs as much as it would change, besides comparing the texts. */
export async function tallyOf(
  context: Reader,
  sight: RunSight,
  { isBaseline }: { isBaseline: boolean },
): Promise<Tally> {
  const touched = new Map<string, Item>()
  const tally = await weighRun(context.store, sight, {
    differs(next, stored) {
      const supposed = asIfConfirmed(next, sight.run)
      const isNew = supposed.now === null || !wasPending(stored, supposed.now.availability)
      if (isNew && touchesOrders(supposed, stored, sight.run)) touched.set(next.id, supposed)
    },
  })
  // A baseline mails nobody.
  const customers = isBaseline ? 0 : (await customersTouched(context, touched)).size
  // Below the floor no share trips: then nobody needs to count all orders.
  const isFew = customers < sight.declaration.gates.customers.floor
  return { ...tally, customers, openOrders: isFew ? 0 : await context.store.orders.countOpen() }
}

export type Forecast = { customers: number; orders: string[]; preview: RunPreview }

/** What would come of a held run if a person approved it now: what they are shown, and what their approval is checked by. */
export async function forecastRun(context: Reader, run: NumberedRun, supplier: Supplier): Promise<Forecast> {
  const { declaration, lastAccepted } = supplier
  const sight = sightOf({ ...run, approved: true }, { declaration, before: lastAccepted })
  const touched = new Map<string, Item>()
  const preview = startPreview()
  const lost: string[] = []
  await weighRun(context.store, sight, {
    differs(next, stored) {
      if (touchesOrders(next, stored, sight.run)) touched.set(next.id, next)
      preview.meet(next, stored, sight)
    },
    lacks: (code) => void lost.push(`${supplier.id}/${code}`),
  })
  for (const item of (await context.store.items.getMany(lost.slice(0, mostShown))).values()) preview.lack(item)
  // A baseline mails nobody.
  const mailed = lastAccepted === null ? new Map<string, string>() : await ordersTouched(context, touched)
  const { totals, differences } = preview.made()
  const customers = new Set(mailed.values()).size
  return {
    customers,
    orders: [...mailed.keys()],
    preview: { totals: { ...totals, missing: lost.length }, differences },
  }
}

/** Counts differences, and keeps the first ones of each kind. */
function startPreview() {
  const totals = { changed: 0, unreadable: 0, missing: 0, new: 0 }
  const differences: Difference[] = []

  function note(kind: DifferenceKind, difference: Omit<Difference, 'kind'>): void {
    totals[kind] += 1
    if (totals[kind] <= mostShown) differences.push({ kind, ...difference })
  }

  return {
    meet(next: Item, stored: Item | undefined, { run }: RunSight): void {
      if (stored === undefined) {
        totals.new += 1
        return
      }
      const { code, title } = next
      const [before, texts] = [stored.now?.availability ?? null, { before: stored.texts, after: next.texts }]
      const { unreadable } = next.marks
      if (unreadable !== undefined && unreadable.said !== stored.marks.unreadable?.said) {
        const after = Object.keys(next.texts).length > 0 ? next.texts : { '': unreadable.said }
        note('unreadable', { code, title, before, after: null, texts: { ...texts, after } })
      } else if (movedIn(next, run)) {
        note('changed', { code, title, before, after: next.now?.availability ?? null, texts })
      }
    },
    lack({ code, title, now, texts }: Item): void {
      note('missing', {
        code,
        title,
        before: now?.availability ?? null,
        after: null,
        texts: { before: texts, after: {} },
      })
    },
    made: () => ({ totals, differences }),
  }
}
