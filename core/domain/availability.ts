import { z } from 'zod'

/** A calendar day, `YYYY-MM-DD`, without any time zone. */
export const Day = z.iso.date()
export type Day = z.infer<typeof Day>

export const Precision = z.enum(['day', 'week', 'third', 'month', 'quarter', 'half', 'season', 'year', 'range'])
export type Precision = z.infer<typeof Precision>

export const InStock = z.object({ kind: z.literal('in-stock'), quantity: z.number().int().positive().optional() })
/** Both ends are included. `from` and `about` are said to people as such ("ab 15. 1.", "cca 15. 1."). */
export const Expected = z
  .object({
    kind: z.literal('expected'),
    from: Day,
    to: Day,
    precision: Precision,
    mark: z.enum(['from', 'about']).optional(),
  })
  .refine((expected) => expected.from <= expected.to, { error: 'from must not be after to' })
export type Expected = z.infer<typeof Expected>

/** What a supplier says of an item (RULES section 1). */
export const Availability = z.discriminatedUnion('kind', [
  InStock,
  Expected,
  z.object({ kind: z.literal('on-request') }),
  z.object({ kind: z.literal('sold-out') }),
  z.object({ kind: z.literal('discontinued') }),
])
export type Availability = z.infer<typeof Availability>

/** What the grammar did not understand, with what was said; it is never guessed at. */
export type Unreadable = { kind: 'unreadable'; said: string }
export type Reading = Availability | Unreadable

/** Equal for a customer: quantity and precision aside, for they alone are no change (RULES section 3). */
export function sameAvailability(a: Availability, b: Availability): boolean {
  if (a.kind === 'expected' && b.kind === 'expected')
    return a.from === b.from && a.to === b.to && hasEnd(a) === hasEnd(b)
  return a.kind === b.kind
}

/** "From 15 January" may be any day after it, though whoever was told it counts on that day. */
export function hasEnd({ mark }: Expected): boolean {
  return mark !== 'from'
}

/** For logs, and for people at the desk: never for customers. */
export function inShort(value: Availability): string {
  if (value.kind !== 'expected') return value.kind
  const mark = value.mark === undefined ? '' : `${value.mark} `
  return `${mark}${value.from === value.to ? value.from : `${value.from}–${value.to}`} (${value.precision})`
}
