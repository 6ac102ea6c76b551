import type { Day, Unreadable } from './availability.ts'
import { leadTimeOf, readItem } from './grammar/read-item.ts'
import type { Said } from './item.ts'
import type { SupplierDeclaration } from './supplier.ts'

export type TextsRead = { kind: 'readable'; said: Said } | Unreadable

/** What a supplier's texts of an item mean by its definition, each column counted from the anchor of its saying. */
export function readTexts(
  texts: Record<string, string>,
  { anchors, declaration }: { anchors: Record<string, Day>; declaration: SupplierDeclaration },
): TextsRead {
  const { columns, language, words, instant, timeZone, blank, relative } = declaration
  const options = { columns, language, words, instant, timeZone, anchors, ...(blank && { blank }) }
  const availability = readItem(texts, options)
  if (availability.kind === 'unreadable') return availability
  const byOrder = relative === 'order-day' && availability.kind === 'expected' ? leadTimeOf(texts, options) : null
  return { kind: 'readable', said: { availability, texts, anchors, ...(byOrder && { byOrder }) } }
}
