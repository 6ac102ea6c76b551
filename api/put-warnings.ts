import { z } from 'zod'
import { dayOf } from '#core/domain/day.ts'
import { readText } from '#core/domain/grammar/read-text.ts'
import type { StoredOrder } from '#core/domain/line-state.ts'
import type { Order } from '#core/domain/order.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Shop } from './given.ts'
import { itemOf, supplierOf } from './views/line.ts'

/** What was taken in, but not as the shop may think. */
export const Warning = z.object({ path: z.string(), message: z.string() })
export type Warning = z.infer<typeof Warning>
type Around = { suppliers: Map<string, Supplier>; shop: Shop }

export function olderWarning(outcome: 'created' | 'replaced' | 'older', { updatedAt }: Order): Warning[] {
  if (outcome !== 'older') return []
  return [{ path: 'updatedAt', message: `${updatedAt} is older than what is stored: nothing was changed` }]
}

/** Lines whose `told` is a text that cannot be read: they count as if nothing had been told, and the shop is to know. */
export function unreadableTold(order: StoredOrder, around: Around): Warning[] {
  return order.shop.lines.flatMap((line, i) => {
    if (typeof line.told !== 'string' || line.status !== 'open') return []
    const item = itemOf(line, order)
    const supplier = item === null ? undefined : around.suppliers.get(supplierOf(item))
    if (isReadable(line.told, { placedAt: order.shop.placedAt, supplier, shop: around.shop })) return []
    return [{ path: `lines.${i}.told`, message: `"${line.told}" cannot be read and counts as not given` }]
  })
}

/** In the language of the item's supplier where it is known, else in the shop's: as the notifier reads it. */
function isReadable(
  text: string,
  { placedAt, supplier, shop }: { placedAt: string; supplier: Supplier | undefined; shop: Shop },
): boolean {
  const { language = shop.language, words, instant, timeZone } = supplier?.declaration ?? {}
  const anchor = dayOf(new Date(placedAt), shop.timeZone)
  return readText(text, { language, anchor, words, instant, timeZone }).kind !== 'unreadable'
}
