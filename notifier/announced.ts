import type { Context } from './context.ts'

/** Fewer orders are planned in one step, in which nobody can see a part of the wave only. */
export const fewOrders = 50
const renewEveryMs = 5_000

/** Says, while many orders are planned, that more notices are to come: P5 judges a wave as a whole. */
export async function announced<T>({ store }: Context, orders: number, plan: () => Promise<T>): Promise<T> {
  if (orders < fewOrders) return plan()
  const planning = await store.plannings.begin()
  const renewing = setInterval(() => void planning.renew().catch(() => {}), renewEveryMs)
  try {
    return await plan()
  } finally {
    clearInterval(renewing)
    // Its lease ends it as well.
    await planning.end().catch(() => {})
  }
}
