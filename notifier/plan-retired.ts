import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'
import { planEach } from './plan-each.ts'

/**
 * A supplier was retired or resumed: its orders are planned by that at once, so that what would have been mailed of it
 * ends, or is due again. For the sweep too, where a notifier died in between or did not hear of it.
 */
export async function planRetired(context: Context): Promise<void> {
  const { store } = context
  await eachApart(context, await store.suppliers.toPlan(), async (asked) => {
    await planEach(context, await store.orders.openOf(asked.id))
    await store.suppliers.planned(asked)
  })
}
