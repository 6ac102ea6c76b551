import type { Plan, ScriptSupplier } from './script.ts'
import { rowsOf, sightOf, walkOf } from './script.ts'
import type { RunSeen } from './shop.ts'
import type { Value } from './values.ts'

/** From the request of the run that made it so to the end of the run that made it otherwise; null where it still is. */
export type Span = { since: number; until: number | null }
type Spans = Map<Value, Span[]>
/**
 * When an item's readings let a mail tell a value as news, and when they let one say that it is still so; and what the
 * item is in the end.
 */
export type ItemHistory = { tellable: Spans; standing: Spans; last: Value }
export type History = Map<string, ItemHistory>

export type Played = {
  plan: Plan
  suppliers: ScriptSupplier[]
  /** Suppliers whose values count when a later run has read the same. */
  confirming: ReadonlySet<string>
  runs: RunSeen[]
  baselineUpTo: Map<string, number>
  calmAfter: Map<string, number>
}

/** What the accepted runs of all suppliers have read, by item. */
export function historyOf(played: Played): History {
  const history: History = new Map()
  for (const supplier of played.suppliers) {
    const walk = walkOf(played.plan, supplier)
    const phase = {
      baselineUpTo: played.baselineUpTo.get(supplier.id) ?? 0,
      calmAfter: played.calmAfter.get(supplier.id),
    }
    const confirms = played.confirming.has(supplier.id)
    const last = walk.valuesAt(sightOf({ ...phase, number: Number.MAX_SAFE_INTEGER }).step)
    const read = new Map<string, Reader>()
    for (const [code, value] of last) {
      const reader = makeReader(value, { confirms })
      read.set(code, reader)
      history.set(code, reader.history)
    }
    for (const run of acceptedRuns(played.runs, supplier.id)) {
      const { step, calm } = sightOf({ ...phase, number: run.number })
      const sight = { values: walk.valuesAt(step), step: run.number, calm }
      for (const { code, says } of rowsOf(played.plan.seed, supplier, sight)) {
        if (says !== null) read.get(code)?.next(says, run)
      }
    }
  }
  return history
}

type AcceptedRun = { number: number; requestedAt: number; endedAt: number }

function acceptedRuns(runs: RunSeen[], id: string): AcceptedRun[] {
  return runs
    .flatMap(({ supplier, state, number, requestedAt, endedAt }) =>
      supplier === id && state === 'accepted' && number !== null && requestedAt !== null && endedAt !== null
        ? [{ number, requestedAt: Date.parse(requestedAt), endedAt: Date.parse(endedAt) }]
        : [],
    )
    .sort((a, b) => a.number - b.number)
}

/** What an item may be: whether somebody waits for it, which decides what one reading does, is not ours to know. */
type State = { now: Value; isConfirmed: boolean; pending: Value | null }
type Reader = { history: ItemHistory; next(says: Value, run: AcceptedRun): void }

function makeReader(last: Value, { confirms }: { confirms: boolean }): Reader {
  const history: ItemHistory = { tellable: new Map(), standing: new Map(), last }
  let states: State[] = []
  return {
    history,
    next(says, run) {
      const read = { now: says, isConfirmed: true, pending: null }
      states = confirms && states.length > 0 ? distinct(states.flatMap((state) => afterOneOf(state, says))) : [read]
      const tellable = states.filter(({ isConfirmed, pending }) => isConfirmed && pending === null)
      move(history.tellable, new Set(tellable.map(({ now }) => now)), run)
      move(history.standing, new Set(states.map(({ now }) => now)), run)
    },
  }
}

/** A second reading confirms; a first one is pending, or is taken at once but not told where nobody waits for the item. */
function afterOneOf(state: State, says: Value): State[] {
  const read = { now: says, isConfirmed: true, pending: null }
  if (says === state.now || says === state.pending) return [read]
  return [
    { ...state, pending: says },
    { ...read, isConfirmed: false },
  ]
}

function distinct(states: State[]): State[] {
  return [...new Map(states.map((state) => [Object.values(state).join(), state])).values()]
}

/** Ends the spans of what holds no more, and begins those of what holds from this run on. */
function move(spans: Spans, values: ReadonlySet<Value>, { requestedAt, endedAt }: AcceptedRun): void {
  for (const [value, list] of spans) {
    const open = list.at(-1)
    if (open?.until === null && !values.has(value)) open.until = endedAt
  }
  for (const value of values) {
    const list = spans.get(value) ?? []
    if (list.at(-1)?.until !== null) list.push({ since: requestedAt, until: null })
    spans.set(value, list)
  }
}

/** A mail says what was so then, what no run had read before, or what another run had replaced. */
export type Timeliness = { kind: 'current' } | { kind: 'unread' } | { kind: 'stale'; seconds: number }
/** Whether a mail that comes at `at` may have left before `until`. */
export type MayBeUnderWay = (until: number, at: number) => boolean

export function timelinessOf(spans: Span[] | undefined, at: number, mayBeUnderWay: MayBeUnderWay): Timeliness {
  const begun = (spans ?? []).filter(({ since }) => since <= at)
  const last = begun.at(-1)
  if (last === undefined) return { kind: 'unread' }
  if (begun.some(({ until }) => until === null || mayBeUnderWay(until, at))) return { kind: 'current' }
  return { kind: 'stale', seconds: Math.round((at - (last.until ?? at)) / 1000) }
}

export type Freeze = { from: number; to: number }
const underWayMs = 15_000

/** From the last look to the mailbox: seconds, and as long again as a notifier was frozen meanwhile. */
export function underWayBeside(freezes: Freeze[]): MayBeUnderWay {
  return (until, at) => {
    const frozen = freezes.map(({ from, to }) => Math.max(0, Math.min(to, at) - Math.max(from, until)))
    return at - until <= underWayMs + frozen.reduce((all, one) => all + one, 0)
  }
}
