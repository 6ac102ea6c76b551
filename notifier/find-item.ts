import { itemId } from '#core/domain/ids.ts'
import { exactItem } from '#core/domain/line-wants.ts'
import type { Item } from '#core/domain/item.ts'
import type { Link } from '#core/domain/link.ts'
import type { OrderLine } from '#core/domain/order.ts'
import type { Context } from './context.ts'

type Finding = Pick<Context, 'store' | 'ranking'>

/**
 * The item that a line means, found once: supplier and code need no stored item; the shop's own link goes before what
 * the EAN suggests; null where none fits, or where only a person can say which.
 */
export async function findItem(context: Finding, line: OrderLine): Promise<string | null> {
  const exact = exactItem(line)
  if (exact !== null) return exact
  const link = line.product === undefined ? null : await context.store.links.get(line.product)
  return link === null ? byEan(context, line) : byLink(context, link)
}

/** Whether the shop has linked the line's product to other items since this one was found. */
export async function isRelinked({ store }: Finding, line: OrderLine, item: string): Promise<boolean> {
  if (exactItem(line) !== null || line.product === undefined) return false
  const link = await store.links.get(line.product)
  return link !== null && !link.items.some(({ supplier, code }) => itemId(supplier, code) === item)
}

/** The first of the linked items that an accepted run has brought. */
async function byLink({ store }: Finding, link: Link): Promise<string | null> {
  const ids = link.items.map(({ supplier, code }) => itemId(supplier, code))
  const stored = await store.items.getMany(ids)
  return ids.find((id) => stored.has(id)) ?? null
}

async function byEan({ store, ranking }: Finding, { ean }: OrderLine): Promise<string | null> {
  if (ean === undefined) return null
  const found = await store.items.byEan(ean)
  return (found.length > 1 ? preferred(found, ranking) : found)[0]?.id ?? null
}

/** Of several suppliers the shop's choice; an EAN that one supplier gives to two items says nothing. */
function preferred(found: Item[], ranking: readonly string[]): Item[] {
  const supplier = ranking.find((id) => found.some((item) => item.supplier === id))
  const own = found.filter((item) => item.supplier === supplier)
  return own.length === 1 ? own : []
}
