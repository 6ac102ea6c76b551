import type { StoredOrder } from '#core/domain/line-state.ts'
import type { LineOutcome } from '#core/domain/plan-line.ts'
import { confirmLater } from './confirm-later.ts'
import type { Context } from './context.ts'
import type { Facts } from './gather.ts'

type Planned = { order: StoredOrder; outcomes: Map<string, LineOutcome> }

/** The first line that would be due on a value that one run alone has read asks for another: once for each such run. */
export async function confirmUnread(context: Context, planned: Planned[], { items }: Facts): Promise<void> {
  const runs = new Set<string>()
  for (const { order, outcomes } of planned) {
    for (const [id, outcome] of outcomes) {
      if (outcome.kind !== 'quiet' || outcome.rule !== 'unconfirmed' || outcome.value === undefined) continue
      const item = order.lines[id]?.item
      const run = item ? items.get(item)?.now?.run : undefined
      if (run !== undefined) runs.add(run)
    }
  }
  for (const id of runs) {
    const run = await context.store.runs.get(id)
    if (run?.number === undefined || run.requestedAt === undefined) continue
    await confirmLater(context, { ...run, number: run.number, requestedAt: run.requestedAt })
  }
}
