import type { Availability, Day } from './availability.ts'
import { readItem } from './grammar/read-item.ts'
import { anchorsOf } from './anchors.ts'
import type { Item, Value } from './item.ts'
import type { SupplierDeclaration } from './supplier.ts'

type ForOrder = { orderDay: Day; declaration: SupplierDeclaration }

/**
 * What an item says to one order, where its supplier uses relative text as a standing lead time (`relative: 'order-day'`,
 * RULES section 2): lead times count from the day of the order if the item said so then too, else from the day on which
 * it began to. That is the later of both in any case. Everything else means to all orders the same.
 */
export function itemForOrder(item: Item, forOrder: ForOrder): Item {
  const { now, pending } = item
  if (!now?.byOrder && !now?.reread?.byOrder && !pending?.byOrder) return item
  return {
    ...item,
    now: now && valueForOrder(now, item, forOrder),
    ...(pending && { pending: { ...pending, availability: readForOrder(pending, item, forOrder) } }),
  }
}

export function valueForOrder(value: Value, item: Item, forOrder: ForOrder): Value {
  const { reread } = value
  const availability = readForOrder(value, item, forOrder)
  return { ...value, availability, ...(reread && { reread: valueForOrder(reread, item, forOrder) }) }
}

/** How a value remembers by what its lead times count: a reading anew may change that, and is no news (P7). */
export function countedBy(availability: Availability, { relative }: SupplierDeclaration): Pick<Value, 'byOrder'> {
  return availability.kind === 'expected' && relative === 'order-day' ? { byOrder: true } : {}
}

function readForOrder(
  { availability, texts, byOrder }: Pick<Value, 'availability' | 'texts' | 'byOrder'>,
  { sayings }: Item,
  { orderDay, declaration }: ForOrder,
): Availability {
  if (!byOrder) return availability
  const anchors = anchorsOf(sayings, texts, declaration.columns)
  if (anchors === null) return availability
  const leadTimesFrom = Object.fromEntries(
    Object.entries(anchors).map(([column, anchor]) => [column, anchor > orderDay ? anchor : orderDay]),
  )
  const { columns, language, words, instant, timeZone, blank } = declaration
  const options = { columns, language, words, instant, timeZone, anchors, leadTimesFrom, ...(blank && { blank }) }
  const reading = readItem(texts, options)
  return reading.kind === 'unreadable' ? availability : reading
}
