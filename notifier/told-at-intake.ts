import { dayOf } from '#core/domain/day.ts'
import { countFrom } from '#core/domain/grammar/lead-time.ts'
import { sameText } from '#core/domain/grammar/normalise.ts'
import { readLeadTime, readText } from '#core/domain/grammar/read-text.ts'
import type { Item } from '#core/domain/item.ts'
import type { StoredOrder, Told } from '#core/domain/line-state.ts'
import { valueForOrder } from '#core/domain/order-day.ts'
import type { OrderLine } from '#core/domain/order.ts'
import type { SupplierDeclaration } from '#core/domain/supplier.ts'
import type { Context } from './context.ts'

export type Intake = { order: StoredOrder; line: OrderLine; item: string | null }

/** What the customer holds: as the shop said, else what was now when the order was placed (RULES section 6). */
export async function toldAtIntake(context: Context, { order, line, item }: Intake): Promise<Told | null> {
  const at = context.now()
  if (line.told != null && typeof line.told !== 'string') return { value: line.told, source: 'shop', at }
  const stored = item === null ? null : await context.store.items.get(item)
  if (typeof line.told === 'string') {
    const value = await readTold(context, { text: line.told, order, item: stored, line })
    if (value !== null) return { value, source: 'shop', at, texts: { told: line.told } }
  }
  if (stored === null) return null
  const { supplier, code } = stored
  const then = await context.store.changes.valueAt({ supplier, code, moment: new Date(order.shop.placedAt) })
  if (then === null) return null
  const value = valueForOrder(then.value, dayOf(new Date(order.shop.placedAt), context.shop.timeZone))
  return {
    value: value.availability,
    source: 'assumed',
    at,
    texts: then.value.texts,
    run: then.value.run,
    ...(!then.known && { seenLater: true as const }),
  }
}

type ToldText = { text: string; order: StoredOrder; item: Item | null; line: OrderLine }

/** If the item said the same then, what that saying meant; else the text read on the order's day. */
async function readTold(
  { store, shop }: Context,
  { text, order, item, line }: ToldText,
): Promise<Told['value'] | null> {
  const supplierId = item?.supplier ?? line.supplier
  const declaration = supplierId === undefined ? undefined : (await store.suppliers.get(supplierId))?.declaration
  const placedAt = new Date(order.shop.placedAt)
  const orderDay = dayOf(placedAt, shop.timeZone)
  const anchor = (item && declaration && anchorOfSaying(item, { text, placedAt, declaration })) ?? orderDay
  const options = {
    language: declaration?.language ?? shop.language,
    anchor,
    ...(declaration && { words: declaration.words, instant: declaration.instant, timeZone: declaration.timeZone }),
  }
  const leadTime = declaration?.relative === 'order-day' ? readLeadTime(text, options) : null
  if (leadTime !== null) return countFrom(orderDay, leadTime)
  const reading = readText(text, options)
  return reading.kind === 'unreadable' ? null : reading
}

function anchorOfSaying(
  item: Item,
  { text, placedAt, declaration }: { text: string; placedAt: Date; declaration: SupplierDeclaration },
): string | null {
  const day = dayOf(placedAt, declaration.timeZone)
  const saying = Object.values(item.sayings)
    .flat()
    .find(
      ({ text: said, anchor, lastSeen }) =>
        sameText(said, text) && anchor <= day && (lastSeen === undefined || placedAt <= lastSeen),
    )
  return saying?.anchor ?? null
}
