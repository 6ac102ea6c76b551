import { setTimeout as wait } from 'node:timers/promises'
import type { MessageOf } from '#core/domain/messages.ts'
import { dayOf } from '#core/domain/day.ts'
import type { Run } from '#core/store/runs.ts'
import type { Supplier } from '#core/store/suppliers.ts'
import { blockedUntil, sayTime } from './back-off.ts'
import type { Context } from './context.ts'
import { eachApart } from './each-apart.ts'
import { failRun, ownFailure, pauseFor } from './fail-run.ts'
import { whyNotAgain } from './open-sign-ins.ts'
import { proposeInterrupted, proposeTick } from './propose-tick.ts'

const futureGraceMs = 60_000
const declarationTries = 20

/** What the schedule or a person proposed becomes a run that waits, unless a rule says otherwise (RULES section 4). */
export async function takeProposal(context: Context, due: MessageOf<'run.due'>): Promise<void> {
  const supplier = await declared(context, due.supplier)
  if (supplier === null) return
  if (due.tick !== undefined) {
    const tick = new Date(due.tick)
    if (await liesInFuture(context, due.supplier, tick)) return
    await proposeTick(context, supplier, tick)
  }
  await requestNext(context, due.supplier)
}

/** A scraper declares its suppliers just before it proposes their first ticks, and either may be handled first. */
async function declared({ store }: Context, id: string): Promise<Supplier | null> {
  for (let tries = 1; tries < declarationTries; tries++) {
    const supplier = await store.suppliers.get(id)
    if (supplier !== null) return supplier
    await wait(100)
  }
  return store.suppliers.get(id)
}

async function liesInFuture({ incidents, now }: Context, supplier: string, tick: Date): Promise<boolean> {
  if (tick.getTime() <= now().getTime() + futureGraceMs) {
    await incidents.recovered('clock', supplier)
    return false
  }
  const words = `a run was proposed for ${tick.toISOString()}, which lies in the future`
  const hint = `Set the clock of the scraper's machine, or of this one (here it is ${dayOf(now(), 'UTC')})`
  await incidents.open({ kind: 'clock', subject: supplier, words, hint })
  return true
}

/**
 * Requests the supplier's waiting run if none is under way; whoever is second is refused by the store. While the broker is
 * away it goes on waiting: requested and never sent, it would be a failed run.
 */
export async function requestNext(context: Context, supplierId: string): Promise<void> {
  const { store, publish, now, beginWithinSeconds } = context
  if (!context.isConnected()) return
  const waiting = await nextOf(context, supplierId)
  if (waiting === null || (await store.runs.underWay(supplierId)) !== null) return
  const supplier = await store.suppliers.get(supplierId)
  if (supplier === null) return
  const refusal = await refusalOf(context, waiting, supplier)
  if (refusal !== null) {
    await store.runs.reject(waiting.id, refusal.reason, { state: 'due', ...refusal })
    return
  }
  const number = await store.suppliers.nextRunNumber(supplierId)
  const requestedAt = now()
  const deadline = new Date(requestedAt.getTime() + beginWithinSeconds * 1000)
  if (!(await store.runs.request(waiting.id, { number, requestedAt, deadline }))) return
  const { secondsAllowed } = supplier.declaration
  const body = {
    v: 1 as const,
    supplier: supplier.declaration.supplier,
    run: waiting.id,
    number,
    secondsAllowed,
    why: waiting.why,
  }
  const expiresInSeconds = beginWithinSeconds - 10
  await publish('run.requested', { body, id: `${waiting.id}/requested`, supplier: supplierId, expiresInSeconds })
}

/** The one that waits and whose time has come; a dry one comes after it. */
async function nextOf({ store, now }: Context, supplier: string): Promise<Run | null> {
  const waiting = await store.runs.waiting(supplier)
  if (waiting !== null && !isEarly(waiting, now())) return waiting
  return store.runs.waitingDry(supplier)
}

/** It confirms what an earlier run read, and its time has not come. */
function isEarly({ notBefore }: Run, now: Date): boolean {
  return notBefore !== undefined && notBefore > now
}

/** `why` where it is refused for what it is: a person may ask for the same run in between. */
type Refusal = { reason: string; why?: Exclude<Run['why'], 'person'> }

/** What came up while the run waited. Looked at last of all, for from here on credentials may be submitted. */
async function refusalOf(context: Context, waiting: Run, supplier: Supplier): Promise<Refusal | null> {
  const { store, shop, now } = context
  if (supplier.paused !== null) return { reason: `the supplier is paused: ${supplier.paused.because}` }
  const reason = await whyNotAgain(context, supplier)
  if (reason !== null) {
    await pauseFor(context, supplier.id, { reason })
    return { reason: `the supplier is paused: ${reason}` }
  }
  if (waiting.why === 'person') return null
  const until = blockedUntil(supplier, now())
  if (until !== null) {
    const time = sayTime(until, { ...shop, now: now() })
    return { why: waiting.why, reason: `the portal keeps us out; tried again after ${time}` }
  }
  const isCovered =
    waiting.tick !== undefined && (await store.runs.coversTick(supplier.id, waiting.tick, { except: waiting.id }))
  return isCovered ? { why: 'schedule', reason: 'a run that was requested meanwhile covers its tick' } : null
}

/** Due runs whose message was lost, and requested ones that did not begin or end in time: for the sweep. */
export async function sweepRuns(context: Context): Promise<void> {
  const { store } = context
  await eachApart(context, await lateRuns(context), (run) => failRun(context, run, ownFailure(run) ?? lateness(run)))
  await proposeInterrupted(context)
  await eachApart(context, await store.runs.allWaiting(), (run) => requestNext(context, run.supplier))
}

/** Past their deadline, and heard of for long enough: what waits in the queues is read first, a run may have ended long ago. */
async function lateRuns({ store, late }: Context): Promise<Run[]> {
  try {
    const past = await store.runs.pastDeadline()
    const ripe = late.ripe(past)
    return past.filter((run) => ownFailure(run) !== null || ripe.includes(run))
  } catch (error) {
    late.forget()
    throw error
  }
}

function lateness(run: Run): { kind: 'not-started' | 'interrupted'; words: string } {
  if (run.step === undefined) return { kind: 'not-started', words: 'no scraper began it in time' }
  return { kind: 'interrupted', words: `nothing came after "${run.step}" in the time allowed` }
}
