import type { Day } from './availability.ts'
import { sameText } from './grammar/normalise.ts'
import type { Saying } from './item.ts'

/** The anchor of each column's saying of the text that it shows, as far as it is known. */
export function anchorsOf(sayings: Record<string, Saying[]>, texts: Record<string, string>): Record<string, Day> {
  const anchors: Record<string, Day> = {}
  for (const [name, list] of Object.entries(sayings)) {
    const text = texts[name]
    const saying = list.find((one) => text !== undefined && sameText(one.text, text))
    if (saying !== undefined) anchors[name] = saying.anchor
  }
  return anchors
}
