import { z } from 'zod'
import { FailureKind, Proof, runSteps, UnfitRow } from '#core/domain/messages.ts'
import type { Run } from '#core/store/runs.ts'
import { runStates } from '#core/store/runs.ts'
import { Moment, moment, momentOrNull } from './moment.ts'

const count = z.number().int()

export const RunState = z.enum(runStates).meta({ description: 'How far the run is, in this order, and how it ended' })

export const RunView = z
  .object({
    id: z.string().meta({ examples: ['demo-20261122T081500Z-k3f9'] }),
    supplier: z.string(),
    number: count.nullable().meta({ description: "Its place among the supplier's runs; null before it is requested" }),
    state: RunState,
    why: z.enum(['schedule', 'person', 'confirmation']),
    dry: z.boolean().meta({ description: 'Only tried: it moves nothing and mails nobody' }),
    dueAt: Moment,
    requestedAt: Moment.nullable(),
    endedAt: Moment.nullable(),
    appliedAt: Moment.nullable().meta({ description: 'When all of it was applied; null while or where it is not' }),
    progress: z
      .object({ step: z.enum(runSteps).nullable(), pages: count, rows: count })
      .meta({ description: 'How far the reading is' }),
    counts: z
      .object({ items: count, changes: count, unreadable: count, missing: count, absent: count, notices: count })
      .nullable()
      .meta({
        description:
          'What an accepted run came to; absent: known items that it did not have and that do not count as missing yet',
      }),
    proofs: z.array(Proof).meta({ description: 'By what the table was proved whole' }),
    unfit: z.array(UnfitRow).meta({ description: 'Rows that were no items as the definition wants them, up to 100' }),
    customers: count
      .nullable()
      .meta({ description: 'Of a held run: how many customers it would mail, as counted last; null otherwise' }),
    reasons: z.array(z.string()).meta({ description: 'Why it was held, rejected or failed' }),
    failure: z
      .object({ kind: FailureKind, words: z.string() })
      .nullable()
      .meta({ description: 'Why the reading failed' }),
    readSeconds: z.number().nullable().meta({ description: 'How long the reading took' }),
  })
  .meta({ id: 'Run', description: "One visit to one supplier's portal" })
export type RunView = z.infer<typeof RunView>

export function viewRun(run: Run): RunView {
  const { id, supplier, state, why, counts, reasons, finish } = run
  return {
    id,
    supplier,
    number: run.number ?? null,
    state,
    why,
    dry: run.dry ?? false,
    dueAt: moment(run.dueAt),
    requestedAt: momentOrNull(run.requestedAt),
    endedAt: momentOrNull(run.endedAt),
    appliedAt: momentOrNull(run.appliedAt),
    progress: { step: run.step ?? null, pages: run.pages ?? 0, rows: run.rows ?? 0 },
    counts: counts ?? null,
    proofs: finish?.outcome === 'whole' ? finish.proofs : [],
    unfit: (finish?.outcome === 'whole' && finish.unfit) || [],
    customers: state === 'held' ? (run.forecast?.customers ?? null) : null,
    reasons,
    failure: failureOf(run),
    readSeconds: finish?.seconds ?? null,
  }
}

/** As its scraper said it; where that said nothing any more, as the notifier did. */
function failureOf({ finish, failure, reasons }: Run): RunView['failure'] {
  if (finish?.outcome === 'failed') return { kind: finish.failure, words: finish.words }
  return failure === undefined ? null : { kind: failure, words: reasons.join('; ').replace(`${failure}: `, '') }
}
