import type { ScheduledTask } from 'node-cron'
import { nodeCron } from 'node-cron'
import type { Publish } from '#core/broker/publish.ts'
import { runIdOfTick } from '#core/domain/ids.ts'
import { makeIsTick } from './is-tick.ts'
import { jitterMs, lastTick } from './last-tick.ts'
import { shortestGapSeconds } from './longest-gap.ts'
import type { Supplier, Suppliers } from './load-suppliers.ts'

type Say = (fields: object, text: string) => void
type Parts = { suppliers: Suppliers; publish: Publish; now: () => Date; log: { debug: Say; warn: Say } }
type Scheduled = Pick<Supplier, 'id' | 'definition'>

export type Schedule = Disposable & {
  /** Proposes, for each supplier, the last tick that has passed. */
  proposeAll(): Promise<void>
}

const againEveryMs = 60_000

/**
 * Proposes each tick when it comes, and once a minute while it is the last one passed: the notifier decides, knows a
 * tick that it has had, and so none is lost with a dead scraper, and none doubled by a second.
 */
export function startSchedule(parts: Parts): Schedule {
  const scheduled = [...parts.suppliers.values()].map((supplier) => {
    const { schedule, timeZone } = supplier.definition
    return { supplier, isTick: makeIsTick(schedule.cron, timeZone) }
  })
  const proposeAll = async () => {
    await Promise.all(scheduled.map((one) => proposeLast({ ...one, ...parts })))
  }
  const tasks = scheduled.map((one) => makeTask({ ...one, ...parts }))
  for (const task of tasks) void task.start()
  const timer = setInterval(() => void proposeAll(), againEveryMs)
  return {
    proposeAll,
    [Symbol.dispose]() {
      clearInterval(timer)
      for (const task of tasks) void task.destroy()
    },
  }
}

type Proposal = Omit<Parts, 'suppliers'> & { supplier: Scheduled; isTick: (moment: Date) => boolean }

/** Proposes every tick when its jitter is over. */
function makeTask(proposal: Proposal): ScheduledTask {
  const { id, definition } = proposal.supplier
  const { cron } = definition.schedule
  return nodeCron.createTask(cron, propose, { timezone: definition.timeZone, logger: quiet(proposal.log) })
  function propose({ date }: { date: Date }): void {
    const delay = jitterMs(runIdOfTick(id, date), jitterSecondsOf(definition.schedule))
    setTimeout(() => void proposeLast(proposal), delay).unref()
  }
}

/** Proposes the last tick passed, unless its jitter still runs. */
export async function proposeLast({ supplier, isTick, publish, now, log }: Proposal): Promise<void> {
  const tick = lastTick(isTick, now())
  if (tick === null) return
  const run = runIdOfTick(supplier.id, tick)
  const jitterSeconds = jitterSecondsOf(supplier.definition.schedule)
  if (now().getTime() < tick.getTime() + jitterMs(run, jitterSeconds)) return
  const body = { v: 1 as const, supplier: supplier.id, run, why: 'schedule' as const, tick: tick.toISOString() }
  try {
    await publish('run.due', { body, id: run, supplier: supplier.id })
  } catch (error) {
    log.debug({ err: error, run }, `${run}: could not be proposed; it is proposed again on reconnection`)
  }
}

/** Longer than half of the shortest gap, a jitter would put off ticks until they are no longer the last one passed. */
function jitterSecondsOf({ cron, jitterSeconds }: { cron: string; jitterSeconds: number }): number {
  return Math.min(jitterSeconds, shortestGapSeconds(cron) / 2)
}

/** A missed tick is no trouble here: it is proposed again within a minute. */
function quiet(log: Parts['log']) {
  const debug = (said: string | Error) => log.debug({}, String(said))
  return { info: debug, warn: debug, debug, error: (said: string | Error) => log.warn({}, `schedule: ${String(said)}`) }
}
