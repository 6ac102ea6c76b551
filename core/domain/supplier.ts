import { z } from 'zod'
import { Availability } from './availability.ts'
import { SupplierId } from './ids.ts'
import { Language } from './language.ts'

/** What one column of a supplier's table holds; columns named here are read, others are not looked at. */
export const Column = z.object({ name: z.string().min(1), holds: z.enum(['availability', 'quantity']) })
export type Column = z.infer<typeof Column>

/** A gate trips only where both are passed: a share of the items, and a floor in pieces (RULES section 5). */
const Gate = z.object({ share: z.number().min(0).max(1), floor: z.number().int().min(0) })

export const Gates = z
  .object({
    rowsLost: Gate.default({ share: 0.2, floor: 5 }),
    itemsChanged: Gate.default({ share: 0.3, floor: 20 }),
    unreadable: Gate.default({ share: 0.05, floor: 5 }),
    sameShift: Gate.default({ share: 0.8, floor: 10 }),
    gone: Gate.default({ share: 0.1, floor: 10 }),
    /** Share of the open orders; so many customers are too many by any share. */
    customers: Gate.extend({ most: z.number().int().min(1).default(200) }).default({
      share: 0.2,
      floor: 20,
      most: 200,
    }),
  })
  .prefault({})
export type Gates = z.infer<typeof Gates>

/**
 * What notifier and API must know of a supplier. `number` is raised by the definition's author whenever words, columns
 * or options change; `hash` shows where that was forgotten (RULES section 2).
 */
export const SupplierDeclaration = z.object({
  supplier: SupplierId,
  name: z.string().min(1),
  number: z.number().int().positive(),
  hash: z.string().min(1),
  grammar: z.number().int().positive(),
  language: Language,
  timeZone: z.string().min(1),
  schedule: z.object({
    cron: z.string().min(1),
    jitterSeconds: z.number().int().min(0),
    /** Between two ticks; absent where they are more than a year apart. */
    longestGapSeconds: z.number().int().positive().optional(),
  }),
  columns: z.array(Column).min(1),
  /** Words of this supplier alone, already normalised, with what they mean. */
  words: z.record(z.string(), Availability).default({}),
  /** A blank table cell says nothing, unless the supplier means "on request" by it. */
  blank: z.literal('on-request').optional(),
  /** Time stamps with a time of day are moments: the day is taken in the supplier's time zone. */
  instant: z.boolean().default(false),
  relative: z.enum(['first-seen', 'order-day']).default('first-seen'),
  confirm: z.enum(['second-run', 'next-run', 'none']).default('second-run'),
  confirmAfterSeconds: z.number().int().min(0).default(120),
  soldOut: z.enum(['ask', 'mail', 'ignore']).default('ask'),
  gates: Gates,
  /** Longest stay of a run, from receipt of its request to its end. */
  secondsAllowed: z.number().int().min(10).max(1500).default(600),
})
export type SupplierDeclaration = z.infer<typeof SupplierDeclaration>
