import { z } from 'zod'
import type { Item } from '#core/domain/item.ts'
import { nearOf } from '#core/domain/near-match.ts'
import type { OrderLine } from '#core/domain/order.ts'

const shownAtMost = 10

export const NearViews = z
  .array(
    z.object({
      supplier: z.string(),
      code: z.string(),
      title: z.string(),
      ean: z.string().nullable(),
      because: z.enum(['ean', 'code']).meta({ description: 'What is alike, written otherwise' }),
    }),
  )
  .meta({
    description:
      'Where a single order is asked for: items that an open line without one may mean: by its EAN, with and without leading zeros and check digit, or by its code or product, case, dashes and spaces aside. Nobody but the shop can say so: mend the line, or put a link',
  })

export function viewNear(line: OrderLine, items: Item[]): z.infer<typeof NearViews> {
  if (line.status !== 'open') return []
  return nearOf(line, items)
    .slice(0, shownAtMost)
    .map(({ item: { supplier, code, title, ean = null }, because }) => ({ supplier, code, title, ean, because }))
}
