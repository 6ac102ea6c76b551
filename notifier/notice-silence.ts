import { lastHeard, silenceLimitSeconds } from '#core/domain/silence.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import type { Context } from './context.ts'

/**
 * Silence is no sign that nothing changed: a supplier without an accepted run for twice the longest gap of its schedule
 * is an incident. One that is paused has its own; once resumed, or scheduled otherwise, it has that time anew. A run that
 * is under way may end the silence: it is waited for, unless it is a dry one.
 */
export async function noticeSilence({ store, incidents, now }: Context): Promise<void> {
  const open = (await store.incidents.openOnes()).filter(({ kind }) => kind === 'silence').map(({ subject }) => subject)
  for (const supplier of await store.suppliers.list()) {
    const isSilent = supplier.paused === null && isQuiet(supplier, now())
    const isNew = isSilent && !open.includes(supplier.id)
    if (isNew && !(await mayEndSoon(store, supplier.id))) await incidents.open(troubleOf(supplier))
    if (!isSilent && open.includes(supplier.id)) await incidents.close('silence', supplier.id)
  }
}

async function mayEndSoon({ runs }: Pick<Context['store'], 'runs'>, supplier: string): Promise<boolean> {
  const underWay = await runs.underWay(supplier)
  return underWay !== null && !underWay.dry
}

/** A run in time may begin as late as its jitter says, and take as long as it is allowed to. */
function isQuiet(supplier: Supplier, now: Date): boolean {
  const { schedule, secondsAllowed } = supplier.declaration
  const limit = silenceLimitSeconds(supplier)
  if (limit === null) return false
  const moments = [lastHeard(supplier), supplier.scheduledSince, supplier.resumed?.at ?? supplier.knownSince]
  const since = Math.max(...moments.map((moment) => moment.getTime()))
  return now.getTime() - since > (limit + schedule.jitterSeconds + secondsAllowed) * 1000
}

function troubleOf(supplier: Supplier) {
  const since = lastHeard(supplier).toISOString().slice(0, 16).replace('T', ' ')
  const limit = sayHours(silenceLimitSeconds(supplier) ?? 0)
  const said =
    supplier.lastAccepted === null
      ? `no accepted run since it was declared, ${since} UTC`
      : `no accepted run since ${since} UTC`
  const words = `${said}; by its schedule ${limit} without one is too long`
  const hint = `Its dates are what they were then. See npm run avizo -- runs --supplier ${supplier.id}, and npm run status: does the scraper run?`
  return { kind: 'silence', subject: supplier.id, words, hint }
}

function sayHours(seconds: number): string {
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
