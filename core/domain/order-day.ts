import type { Availability, Day } from './availability.ts'
import { sameAvailability } from './availability.ts'
import { countFrom, sameLeadTime } from './grammar/lead-time.ts'
import type { ByOrder, Item, Said, Value } from './item.ts'

/**
 * What an item says to one order, where its supplier uses relative text as a standing lead time (`relative: 'order-day'`,
 * RULES section 2): lead times count from the day of the order if the item said so then too, else from the day on which
 * it began to. That is the later of both in any case. Everything else means to all orders the same.
 */
export function itemForOrder(item: Item, orderDay: Day): Item {
  const { now, pending } = item
  if (!now?.byOrder && !now?.reread?.byOrder && !pending?.byOrder) return item
  return {
    ...item,
    now: now && valueForOrder(now, orderDay),
    ...(pending && { pending: { ...pending, availability: saidForOrder(pending, orderDay) } }),
  }
}

export function valueForOrder(value: Value, orderDay: Day): Value {
  const { reread } = value
  const availability = saidForOrder(value, orderDay)
  return { ...value, availability, ...(reread && { reread: valueForOrder(reread, orderDay) }) }
}

type Meaning = Pick<Said, 'availability' | 'byOrder'>

/** The same to every order: two lead times may end on the same days today, and on others for an order of tomorrow. */
export function sameToOrders(a: Meaning, b: Meaning): boolean {
  return sameAvailability(a.availability, b.availability) && countsAlike(a.byOrder, b.byOrder)
}

export function countsAlike(a: ByOrder | undefined, b: ByOrder | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameLeadTime(a.leadTime, b.leadTime)
}

function saidForOrder({ availability, byOrder }: Meaning, orderDay: Day): Availability {
  return byOrder === undefined || byOrder.since >= orderDay ? availability : countFrom(orderDay, byOrder.leadTime)
}
