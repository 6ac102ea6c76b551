import { isStoreTrouble } from '#core/store/mongo.ts'
import { announced } from './announced.ts'
import type { Context } from './context.ts'
import { planOrders } from './plan-orders.ts'

/** Orders that could not be looked at or planned, and why: a defect of ours, or data that somebody else spoilt. */
export type Ill = Map<string, Error>

/**
 * Plans orders; one that cannot be planned stands in nobody else's way, and is noted for the sweep to try it again. Where
 * the store itself is away, nobody is ill.
 */
export async function planEach(context: Context, numbers: string[]): Promise<Ill> {
  try {
    await planOrders(context, numbers)
    return new Map()
  } catch (error) {
    if (isStoreTrouble(error)) throw error
    const [number, ...others] = numbers
    if (number === undefined) throw error
    if (others.length === 0) return noteIll(context, new Map([[number, errorOf(error)]]))
  }
  // By halves: mostly one among many is ill.
  const half = Math.ceil(numbers.length / 2)
  return announced(context, numbers.length, async () => {
    const first = await planEach(context, numbers.slice(0, half))
    return new Map([...first, ...(await planEach(context, numbers.slice(half)))])
  })
}

export async function noteIll({ store, log }: Context, ill: Ill): Promise<Ill> {
  for (const [order, error] of ill) {
    // Once: every sweep meets it again.
    if (await store.orders.markIll(order)) log.error({ err: error, order }, `order ${order} cannot be planned; others go on`) // prettier-ignore
  }
  return ill
}

/** P4: as long as any order cannot be planned, a person knows of it. */
export async function tellIll({ incidents }: Context, ill: Ill): Promise<void> {
  const [first, ...others] = ill
  if (first === undefined) return incidents.recovered('not-planned', 'orders')
  const [number, { message }] = first
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const words = `order ${number}${more} cannot be planned: ${message}`
  const hint = 'Nothing is mailed of it, and it is tried again at every sweep; please report it with the log of the notifier' // prettier-ignore
  await incidents.open({ kind: 'not-planned', subject: 'orders', words, hint })
}

export function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
