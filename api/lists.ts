import { z } from 'zod'
import { refuseWrong } from './errors.ts'

export const Limit = z
  .string()
  .regex(/^\d{1,4}$/, { error: 'expected a number from 1 to 200' })
  .default('50')
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 200, { error: 'expected a number from 1 to 200' })
  .meta({
    description: 'How many at most, 1 to 200; 50 if not said',
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
  })

export const Cursor = z
  .string()
  .max(1000)
  .optional()
  .meta({ description: 'The `next` of the page before, as it was given; without it, the first page' })

/** A page of a list with what leads to the next one. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Cursor of the next page, null on the last one' }),
  })
}

/** Of one more than was asked for: the page, and the cursor to the next where there is one. */
export function pageOf<T>(
  found: T[],
  limit: number,
  placeOf: (last: T) => unknown,
): { page: T[]; next: string | null } {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return { page, next: found.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null }
}

/** Cursors are opaque to clients: they may change their inside without notice. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

export function readCursor<T extends z.ZodType>(place: T, cursor: string | undefined): z.infer<T> | undefined {
  if (cursor === undefined) return undefined
  const result = place.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()))
  if (!result.success) throw refuseWrong(badCursor)
  return result.data
}

const badCursor = {
  in: 'query',
  path: 'cursor',
  expected: 'expected the `next` of an earlier page of this list',
} as const

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
