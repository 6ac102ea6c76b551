import type { StoredOrder } from '#core/domain/line-state.ts'
import { idOfField } from './mongo.ts'

export type OrderDocument = Omit<StoredOrder, 'number'> & {
  _id: string
  items?: string[]
  /** What unmatched lines wait for, such as `ean:4012345678901`. */
  wanted?: string[]
  /** When somebody else than the shop's put asked for a look. */
  askedAt?: Date
  /** It could not be looked at or planned the last time. */
  ill?: true
}

export function toOrder({
  _id,
  items: _items,
  wanted: _wanted,
  askedAt: _askedAt,
  ill: _ill,
  lines,
  ...rest
}: OrderDocument): StoredOrder {
  const byId = Object.fromEntries(Object.entries(lines).map(([field, line]) => [idOfField(field), line]))
  return { number: _id, lines: byId, ...rest }
}
