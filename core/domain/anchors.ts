import type { Day } from './availability.ts'
import { sameText } from './grammar/normalise.ts'
import type { Saying } from './item.ts'
import type { Column } from './supplier.ts'

/** The anchor of each availability column's saying of these texts; null where one is not known. */
export function anchorsOf(
  sayings: Record<string, Saying[]>,
  texts: Record<string, string>,
  columns: readonly Column[],
): Record<string, Day> | null {
  const anchors: Record<string, Day> = {}
  for (const { name, holds } of columns) {
    const text = texts[name]
    if (text === undefined) return null
    if (holds !== 'availability') continue
    const anchor = sayings[name]?.find((saying) => sameText(saying.text, text))?.anchor
    if (anchor === undefined) return null
    anchors[name] = anchor
  }
  return anchors
}
