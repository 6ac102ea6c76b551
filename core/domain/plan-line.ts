import type { Availability, Day } from './availability.ts'
import { sameAvailability } from './availability.ts'
import type { ChangeKind } from './change.ts'
import { changeKind } from './change.ts'
import type { Item, Pending, Value } from './item.ts'
import type { LineState, Told, WaivedReason } from './line-state.ts'
import type { NewsKind } from './news.ts'
import { isOverdueNews, isPast } from './overdue.ts'
import { isNeeded } from './opt-out.ts'
import type { OrderLine } from './order.ts'
import type { Policy } from './policy.ts'
import { withinTolerance } from './policy.ts'

/** Why a line has nothing to say, each a named rule (P4). */
export type QuietRule =
  | 'not-looked-at'
  | 'not-open'
  | 'muted'
  | 'unmatched'
  | 'nothing-known'
  | 'pending'
  | 'unconfirmed'
  | 'same'
  | 'told-arrived'
  | 'within-tolerance'
  | 'not-mailed'
  | 'opted-out'
  | 'retired'

/** News that waits for a person before any line of the item may say it (RULES section 5, "holds of news"). */
export type HeldBecause = 'sold-out' | 'discontinued' | 'too-few' | 'left-stock' | 'title'
export type HoldDecision = {
  because: HeldBecause
  value: Availability
  /** The run that brought what is held. */
  run: string
  state: 'open' | 'approved' | 'waived' | 'ended'
}

/** What waits for a person, by what the item says to all: the value, and the run that brought it or the unfit title. */
export type Held = Pick<HoldDecision, 'because' | 'value' | 'run'>

export type LineOutcome =
  /** `until`: when a pending value is to be read again; `value`: what would be due, were nothing pending or unconfirmed. */
  | { kind: 'quiet'; rule: QuietRule; until?: Date; value?: Availability }
  | { kind: 'assume'; value: Value }
  | { kind: 'waived'; reason: WaivedReason; value: Availability }
  /** `held`: by what the hold is known; `value`: what of it this line would be told. */
  | { kind: 'held'; held: Held; value: Availability }
  | {
      kind: 'due'
      news: { kind: NewsKind; told: Availability; now: Availability; again?: true; corrects?: string }
      run: string
      texts: Record<string, string>
    }

/** Something was read once and waits to be read again: until then nobody knows what the line is to say. */
export function isPendingOutcome(outcome: LineOutcome | undefined): boolean {
  return outcome?.kind === 'quiet' && outcome.rule === 'pending'
}

/** What the customer would be told, now or once it was seen or read by another; none where there is no news. */
export function valueToTell(outcome: LineOutcome): Availability | undefined {
  if (outcome.kind === 'due') return outcome.news.now
  return outcome.kind === 'held' || outcome.kind === 'quiet' ? outcome.value : undefined
}

export type LineSituation = {
  line: OrderLine
  state: LineState | undefined
  muted: boolean
  /** The customer wants only what is needed. */
  optedOut?: boolean
  /** As it is for this order. */
  item: Item | undefined
  /** What the item says to all orders alike, where this differs: news is held for all its lines together. */
  saidToAll?: Value
  hold: HoldDecision | undefined
  /** What the planner must know of the item's supplier. */
  supplier: {
    soldOut: 'ask' | 'mail' | 'ignore'
    baseline: string | null
    /** The last run that a person approved without mailing. */
    silent?: string | null
    /** When its last accepted run was requested; none where it is stale: then nobody knows what it says. */
    lastHeard?: Date
    /** It is read no more, and nothing of it is mailed. */
    retired?: true
  }
  /** Pieces of this item that open lines wait for, where the supplier gives a quantity. */
  openQuantity: number | undefined
  policy: Policy
  today: Day
}

/** Told against now, for one line: what would be said, or the rule by which nothing is (RULES sections 3 and 6). */
export function planLine(situation: LineSituation): LineOutcome {
  const outcome = outcomeFor(situation)
  return situation.supplier.retired ? whereRetired(outcome) : outcome
}

/** What was pending or unconfirmed too: no run will read it again, and a customer's import is not to be news at resume. */
function whereRetired(outcome: LineOutcome): LineOutcome {
  const isToCome = outcome.kind === 'quiet' && (outcome.rule === 'pending' || outcome.rule === 'unconfirmed')
  if (outcome.kind !== 'due' && outcome.kind !== 'held' && !isToCome) return outcome
  const value = valueToTell(outcome)
  return { kind: 'quiet', rule: 'retired', ...(value && { value }) }
}

function outcomeFor(situation: LineSituation): LineOutcome {
  const { line, state, item, muted } = situation
  if (line.status !== 'open') return quiet('not-open')
  if (state === undefined) return quiet('not-looked-at')
  if (state.item === null) return quiet('unmatched')
  const now = item?.now ?? null
  if (now === null) return waitingFor(item?.pending) ?? quiet('nothing-known')
  if (state.told === null) return now.unconfirmed === undefined ? { kind: 'assume', value: now } : quiet('unconfirmed')
  if (muted) return quiet('muted')
  const outcome = compare(state.told, now, { ...situation, state })
  if (outcome.kind === 'quiet' && outcome.rule === 'same') return pendingBeside(state.told, item?.pending) ?? outcome
  // The supplier says something else by now, if only once so far: what would be told may be wrong already.
  if (outcome.kind === 'due') return waitingFor(item?.pending, outcome.news.now) ?? untilConfirmed(outcome, now)
  return untilConfirmed(outcome, now)
}

/** The customer knows *now*, and something else was read once: it is not theirs to hear before it is read again. */
function pendingBeside(told: Told, pending: Pending | undefined): LineOutcome | null {
  const isNews = pending !== undefined && !sameAvailability(told.value, pending.availability)
  return isNews ? waitingFor(pending) : null
}

function waitingFor(pending: Pending | undefined, value?: Availability): LineOutcome | null {
  if (pending === undefined) return null
  const { until } = pending
  return { kind: 'quiet', rule: 'pending', ...(until && { until }), ...(value && { value }) }
}

/** Neither mailed nor shown to a person before another run read the same. */
function untilConfirmed(outcome: LineOutcome, { unconfirmed }: Value): LineOutcome {
  if (unconfirmed === undefined || (outcome.kind !== 'due' && outcome.kind !== 'held')) return outcome
  const value = outcome.kind === 'due' ? outcome.news.now : outcome.value
  return { kind: 'quiet', rule: 'unconfirmed', value }
}

function compare(told: Told, now: Value, situation: LineSituation & { state: LineState }): LineOutcome {
  const { state, today } = situation
  const value = now.availability
  // Whatever it was called, a correction too: who was told that the goods are there hears no more of the shelf.
  if (told.source === 'notice' && told.value.kind === 'in-stock' && !told.wrong) return quiet('told-arrived')
  const change = changeKind(told.value, value)
  if (change === null && !isPast(value, today)) return quiet('same')
  const waived = waivedFor(state, value, situation.openQuantity)
  if (waived !== null) return { kind: 'waived', reason: waived, value }
  if (change === null) return overdue(told, now, situation)
  if (told.wrong) return mailable(told, now, { ...situation, kind: 'correction' })
  if (now.reread !== undefined && !wasDue(told, now.reread, situation))
    return { kind: 'waived', reason: 're-read', value }
  if (state.early && now.run === situation.supplier.baseline) return { kind: 'waived', reason: 'baseline', value }
  if (isSilent(state, now, situation.supplier.silent)) return { kind: 'waived', reason: 'silent', value }
  return mailable(told, now, { ...situation, kind: isBack(told, value) ? 'correction' : change })
}

/** What differs, and is on purpose not waived: whether the shop has it mailed, and whether a person must see it first. */
function mailable(told: Told, now: Value, situation: Mailable): LineOutcome {
  const { kind, policy, today } = situation
  const value = now.availability
  const change = changeKind(told.value, value)
  if (isPast(value, today) || change === null) return overdue(told, now, situation)
  if (isWithinTolerance(told.value, value, { kind, policy })) return quiet('within-tolerance')
  if (!policy.mailed[kind]) return quiet('not-mailed')
  if (situation.optedOut && !isNeeded({ kind, told: told.value })) return quiet('opted-out')
  const held = heldBecause(told, value, { change, situation })
  if (held === 'ignore') return quiet('not-mailed')
  if (held !== null) return decided(held, now, situation) ?? due(kind, told, now)
  return due(kind, told, now)
}

type Mailable = LineSituation & { state: LineState; kind: ChangeKind | 'correction' }

/** Whether the line had anything to say before the texts were read anew: then it stays due, with the new reading. */
function wasDue(told: Told, before: Value | null, situation: LineSituation & { state: LineState }): boolean {
  if (before === null) return false
  const { kind } = compare(told, before, situation)
  return kind === 'due' || kind === 'held'
}

/** Of a run that was approved without mailing: a line that was due before stays due, one looked at later never saw it. */
function isSilent(state: LineState, now: Value, silent: string | null | undefined): boolean {
  return now.run === silent && state.since === null && state.heard !== silent
}

/** Why exactly this value is not told; what is overdue is looked at anew every day. */
function waivedFor({ waived }: LineState, value: Availability, openQuantity = 0): WaivedReason | null {
  if (waived === null || waived.reason === 'overdue' || !sameAvailability(waived.value, value)) return null
  // Who waived an arrival of too few pieces said nothing of one of enough.
  const isEnough = value.kind === 'in-stock' && value.quantity !== undefined && value.quantity >= openQuantity
  return waived.reason === 'too-few' && isEnough ? null : waived.reason
}

/**
 * A past date is never mailed as a date: the line is an admin's matter until the supplier says something new, and where
 * the shop wants it the customer hears, once for what was told, that there is no word.
 */
function overdue(told: Told, now: Value, situation: LineSituation & { state: LineState }): LineOutcome {
  const value = now.availability
  if (!isOverdueNews(told, now, situation)) return { kind: 'waived', reason: 'overdue', value }
  if (situation.optedOut && !isNeeded({ kind: 'overdue', told: told.value })) return quiet('opted-out')
  if (situation.item?.marks.retitled === undefined) return due('overdue', told, now)
  return decided('title', now, situation) ?? due('overdue', told, now)
}

/** Now is again what was told before the last notice: a correction in words, but held and mailed as what it is. */
function isBack(told: Told, now: Availability): boolean {
  return told.before !== undefined && sameAvailability(told.before, now)
}

function isWithinTolerance(
  told: Availability,
  now: Availability,
  { kind, policy }: { kind: NewsKind; policy: Policy },
): boolean {
  if (kind === 'correction' || told.kind !== 'expected' || now.kind !== 'expected') return false
  return withinTolerance(told, now, policy.toleranceDays)
}

function heldBecause(
  told: Told,
  now: Availability,
  { change, situation }: { change: ChangeKind; situation: LineSituation },
): HeldBecause | 'ignore' | null {
  if (situation.item?.marks.retitled !== undefined) return 'title'
  if (now.kind === 'sold-out' || now.kind === 'discontinued') {
    if (situation.supplier.soldOut === 'ask') return now.kind
    return situation.supplier.soldOut === 'ignore' ? 'ignore' : null
  }
  if (change === 'arrived' && now.kind === 'in-stock' && now.quantity !== undefined) {
    return now.quantity < (situation.openQuantity ?? 0) ? 'too-few' : null
  }
  return told.value.kind === 'in-stock' && told.source !== 'notice' ? 'left-stock' : null
}

function heldAs(because: HeldBecause, now: Value, { item, saidToAll = now }: LineSituation): Held {
  const run = because === 'title' ? item?.marks.retitled?.run : undefined
  return { because, value: saidToAll.availability, run: run ?? now.run }
}

/** What a person said of exactly this; null where they approved it. */
function decided(because: HeldBecause, now: Value, situation: LineSituation): LineOutcome | null {
  const { hold } = situation
  const held = heldAs(because, now, situation)
  const value = now.availability
  if (hold !== undefined && isSameHeld(held, hold)) {
    if (hold.state === 'approved') return null
    if (hold.state === 'waived') return { kind: 'waived', reason: because === 'too-few' ? because : 'hold', value }
  }
  return { kind: 'held', held, value }
}

/** The same value that was said anew is another matter: what a person said of sold out in May is no word on July's. */
export function isSameHeld(held: Held, other: Held): boolean {
  return held.because === other.because && held.run === other.run && sameAvailability(held.value, other.value)
}

function due(kind: NewsKind, told: Told, now: Value): LineOutcome {
  const isToldSo = told.source === 'notice' && told.kind === 'delayed' && told.uncertain === undefined
  const again = kind === 'delayed' && isToldSo
  const corrects = told.wrong && told.run !== undefined ? { corrects: told.run } : {}
  const news = { kind, told: told.value, now: now.availability, ...(again && { again: true as const }), ...corrects }
  return { kind: 'due', news, run: now.run, texts: now.texts }
}

function quiet(rule: QuietRule): LineOutcome {
  return { kind: 'quiet', rule }
}
