import { z } from 'zod'
import { Language } from '#core/domain/language.ts'
import { isStale } from '#core/domain/silence.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { Moment, moment } from './moment.ts'

export const SupplierView = z
  .object({
    id: z.string().meta({ examples: ['demo'] }),
    name: z.string(),
    language: Language.meta({ description: "The portal's language" }),
    timeZone: z.string(),
    schedule: z.object({
      cron: z.string(),
      jitterSeconds: z.number().int(),
      longestGapSeconds: z
        .number()
        .int()
        .nullable()
        .meta({ description: 'Between two ticks; null where they are more than a year apart' }),
    }),
    paused: z
      .object({ since: Moment, because: z.string(), retired: z.boolean() })
      .nullable()
      .meta({ description: 'Why it is not read at the moment, and since when; null where it is read' }),
    blocked: z
      .object({ times: z.number().int(), until: Moment, words: z.string() })
      .nullable()
      .meta({ description: 'The portal keeps us out: until when the schedule asks for no run; you may ask for one' }),
    lastAccepted: z
      .object({ run: z.string(), at: Moment, items: z.number().int() })
      .nullable()
      .meta({ description: 'The last run that counted; null before the first' }),
    ageSeconds: z.number().int().nullable().meta({ description: 'Since the last accepted run was requested' }),
    stale: z.boolean().meta({
      description: 'No accepted run for twice the longest gap of its schedule; before the first, since it was declared',
    }),
  })
  .meta({ id: 'Supplier', description: 'A company whose portal is read' })
export type SupplierView = z.infer<typeof SupplierView>

export function viewSupplier(supplier: Supplier, now: Date): SupplierView {
  const { id, declaration, paused, lastAccepted } = supplier
  const { name, language, timeZone, schedule } = declaration
  return {
    id,
    name,
    language,
    timeZone,
    schedule: { ...schedule, longestGapSeconds: schedule.longestGapSeconds ?? null },
    blocked: viewBlocked(supplier, now),
    paused: paused && { since: moment(paused.since), because: paused.because, retired: paused.retired ?? false },
    lastAccepted: lastAccepted && {
      run: lastAccepted.run,
      at: moment(lastAccepted.requestedAt),
      items: lastAccepted.rows,
    },
    ageSeconds: ageSeconds(supplier, now),
    stale: isStale(supplier, now),
  }
}

export function ageSeconds({ lastAccepted }: Supplier, now: Date): number | null {
  return lastAccepted && Math.max(0, Math.round((now.getTime() - lastAccepted.requestedAt.getTime()) / 1000))
}

function viewBlocked({ blocked }: Supplier, now: Date): SupplierView['blocked'] {
  if (blocked === null || now >= blocked.until) return null
  const until = moment(blocked.until)
  const times = blocked.times === 1 ? 'the last run' : `the last ${blocked.times} runs`
  const words = `The portal kept ${times} out; the schedule asks for none before ${until}. A run that you ask for goes at once.`
  return { times: blocked.times, until, words }
}
