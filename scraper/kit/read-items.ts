import { z } from 'zod'
import type { Day, Reading } from '#core/domain/availability.ts'
import { Availability } from '#core/domain/availability.ts'
import { readItem } from '#core/domain/grammar/read-item.ts'
import type { ReadTextOptions } from '#core/domain/grammar/read-text.ts'
import { Observation } from '#core/domain/messages.ts'
import { declarationOf } from '#scraper/declare.ts'
import type { Supplier } from '#scraper/load-suppliers.ts'

const Unreadable = z.object({ kind: z.literal('unreadable'), said: z.string() })

/** An item as it was seen, and what that means; this is what expectations hold. */
export const Item = Observation.extend({ reading: z.union([Availability, Unreadable]) })
export type Item = Observation & { reading: Reading }

/** How a cell of this supplier is read; everything but the anchor. */
export function readingOptions(supplier: Supplier): Omit<ReadTextOptions, 'anchor'> {
  const { language, words, blank, instant, timeZone } = declarationOf(supplier)
  return { language, words, blank, instant, timeZone }
}

/** Reads items as the notifier would if it saw all of them for the first time on the day of the anchor. */
export function readItems(
  observations: Observation[],
  { supplier, anchor }: { supplier: Supplier; anchor: Day },
): Item[] {
  const { columns } = supplier.definition
  const anchors = Object.fromEntries(columns.map(({ name }) => [name, anchor]))
  const options = { ...readingOptions(supplier), columns, anchors }
  return observations.map((observation) => ({ ...observation, reading: readItem(observation.cells, options) }))
}

/** A reading in words of its own, short enough for a table: "2026-12-11 to 2026-12-20, third". */
export function sayReading(reading: Reading): string {
  switch (reading.kind) {
    case 'expected': {
      const { from, to, precision, mark } = reading
      const days = from === to ? from : `${from} to ${to}`
      return `${mark ? `${mark} ` : ''}${days}${precision === 'day' ? '' : `, ${precision}`}`
    }
    case 'in-stock':
      return reading.quantity === undefined ? 'in stock' : `in stock, ${reading.quantity}`
    case 'unreadable':
      return 'UNREADABLE'
    case 'on-request':
    case 'sold-out':
    case 'discontinued':
      return reading.kind.replace('-', ' ')
    default:
      return reading satisfies never
  }
}
