import type { Item } from '#core/domain/item.ts'
import { touchesOrders } from './apply-run.ts'
import type { Reader } from './count-customers.ts'
import { customersTouched } from './count-customers.ts'
import type { Tally } from './gates.ts'
import type { RunSight } from './read-observation.ts'
import { weighRun } from './weigh-run.ts'

/** What a run would do to items and customers; costs as much as it would change, besides comparing the texts. */
export async function tallyOf(
  context: Reader,
  sight: RunSight,
  { isBaseline }: { isBaseline: boolean },
): Promise<Tally> {
  const touched = new Map<string, Item>()
  const tally = await weighRun(context.store, sight, {
    differs(next, stored) {
      if (touchesOrders(next, stored, sight.run)) touched.set(next.id, next)
    },
  })
  // A baseline mails nobody.
  const customers = isBaseline ? 0 : (await customersTouched(context, touched)).size
  // Below the floor no share trips: then nobody needs to count all orders.
  const isFew = customers < sight.declaration.gates.customers.floor
  return { ...tally, customers, openOrders: isFew ? 0 : await context.store.orders.countOpen() }
}
