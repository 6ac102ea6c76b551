import { z } from 'zod'
import type { Day } from '#core/domain/availability.ts'
import type { Item } from '#core/domain/item.ts'
import { isMissing } from '#core/domain/missing.ts'
import { isUnstable } from '#core/domain/pending.ts'
import { isStale } from '#core/domain/silence.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { Moment, moment, momentOrNull } from './moment.ts'

export const marks = [
  'unmatched',
  'unseen',
  'unreadable',
  'missing',
  'pending',
  'unstable',
  'overdue',
  'stale',
  'paused',
] as const

export const Marks = z.array(z.enum(marks)).meta({
  description: [
    'What is to be known beside the value, which it never replaces:',
    '`unmatched` the line points to no item yet;',
    '`unseen` no accepted run has had this item;',
    '`unreadable` the supplier says something that cannot be read;',
    '`missing` at least three whole runs of the schedule did not have it;',
    '`pending` one run alone has read another value, which waits for a second reading;',
    '`unstable` that has been so for more than a day, whatever the values;',
    '`overdue` the interval has passed and the supplier still says so;',
    '`stale` no accepted run of the supplier for twice the longest gap of its schedule;',
    '`paused` the supplier is not read until a person resumes it.',
  ].join(' '),
  examples: [['unreadable']],
})

export const MarkDetails = z
  .object({
    unreadable: z.object({ said: z.string(), since: Moment, run: z.string() }).optional(),
    missing: z.object({ since: Moment, lastConfirmedAt: Moment }).optional(),
    pending: z.object({ since: Moment, until: Moment.nullable() }).optional(),
    paused: z.object({ since: Moment, because: z.string() }).optional(),
  })
  .meta({ description: 'More of those marks that have more' })

export type Marked = { marks: z.infer<typeof Marks>; markDetails: z.infer<typeof MarkDetails> }
/** `item` is undefined where none is stored. */
export type Beside = { item: Item | undefined; supplier: Supplier | undefined; now: Date; today: Day }

export function marksOf({ item, supplier, now, today }: Beside): Marked {
  const set: Record<(typeof marks)[number], boolean> = {
    unmatched: false,
    unseen: item === undefined,
    unreadable: item?.marks.unreadable !== undefined,
    missing: isMissing(item?.marks),
    pending: item?.pending !== undefined,
    unstable: item !== undefined && supplier !== undefined && isUnstable(item, supplier.declaration, now),
    overdue: item?.now?.availability.kind === 'expected' && item.now.availability.to < today,
    stale: supplier !== undefined && isStale(supplier, now),
    paused: supplier?.paused != null,
  }
  return { marks: marks.filter((mark) => set[mark]), markDetails: detailsOf(item, supplier) }
}

function detailsOf(item: Item | undefined, supplier: Supplier | undefined): Marked['markDetails'] {
  const { unreadable, missing } = item?.marks ?? {}
  const { pending } = item ?? {}
  const paused = supplier?.paused
  return {
    ...(unreadable && { unreadable: { ...unreadable, since: moment(unreadable.since) } }),
    ...(missing &&
      isMissing(item?.marks) && {
        missing: { since: moment(missing.since), lastConfirmedAt: moment(missing.lastConfirmedAt) },
      }),
    ...(pending && { pending: { since: moment(pending.since), until: momentOrNull(pending.until) } }),
    ...(paused && { paused: { since: moment(paused.since), because: paused.because } }),
  }
}

/** When the supplier last said so: its last accepted run or, for a missing item, the last run that had it. */
export function lastConfirmedAt(item: Item | undefined, supplier: Supplier | undefined): Date | null {
  if (item === undefined) return null
  return item.marks.missing?.lastConfirmedAt ?? supplier?.lastAccepted?.requestedAt ?? null
}
