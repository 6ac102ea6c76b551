import type { Json } from './client.ts'
import { short, tableOf } from './print.ts'

/** What a run would make of items: how many, and the first ones with their texts word by word. */
export function sayDifferences({ totals, differences }: Json): string[] {
  const { changed, unreadable, missing, new: fresh } = totals
  const table = tableOf(
    differences,
    [
      ['item', ({ code }) => code],
      ['title', ({ title }) => title],
      ['before', ({ before }) => before && short(before.availability)],
      ['after', ({ after }) => after && short(after.availability)],
      ['said', ({ texts }) => texts.map((one: Json) => `${one.before} → ${one.after}`).join(', ')],
    ],
    'No item differs.',
  )
  return [`${changed} changed · ${unreadable} unreadable · ${missing} missing · ${fresh} new`, table]
}
