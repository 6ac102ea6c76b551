import type { Availability, Day } from '#core/domain/availability.ts'
import { sameText } from '#core/domain/grammar/normalise.ts'
import { grammarNumber } from '#core/domain/grammar/number.ts'
import { itemId } from '#core/domain/ids.ts'
import type { Item, ItemSight, Pending, Said, Saying, Value } from '#core/domain/item.ts'
import type { Observation } from '#core/domain/messages.ts'
import { countsAlike, sameToOrders } from '#core/domain/order-day.ts'
import { readTexts } from '#core/domain/read-texts.ts'
import type { SupplierDeclaration } from '#core/domain/supplier.ts'
import { isBlankTitle, resembles } from '#core/domain/title.ts'

export type RunSight = {
  /** One that a person approved comes with titles that are right. */
  run: { id: string; number: number; requestedAt: Date; approved?: true }
  /** The day of the request in the supplier's time zone: the anchor of what is said for the first time. */
  day: Day
  /** When the last accepted run before this one was requested. */
  before: Date | null
  declaration: SupplierDeclaration
}

const keptSayings = 5
const returnWithinMs = 14 * 86_400_000

/** What an item is after this run saw it, or null where the run saw nothing new: then nothing is read or written. */
export function readObservation(observation: Observation, existing: Item | undefined, sight: RunSight): Item | null {
  if (existing !== undefined && saysNothing(observation, existing)) return null
  const isSame = existing !== undefined && sawNothingNew(observation, existing)
  if (observation.said !== undefined)
    return isSame ? null : unreadableRow(observation.said, { observation, existing, sight })
  const { run, declaration } = sight
  const sayings = sayingsAfter(observation, existing, sight)
  const anchors = Object.fromEntries(
    Object.entries(sayings).map(([column, list]) => [column, list[0]?.anchor ?? sight.day]),
  )
  const reading = readTexts(observation.cells, { anchors, declaration })
  const base = {
    id: itemId(declaration.supplier, observation.code),
    supplier: declaration.supplier,
    code: observation.code,
    ...(observation.ean === undefined ? {} : { ean: observation.ean }),
    title: observation.title,
    texts: observation.cells,
    sayings,
    run: run.number,
  }
  const now = existing?.now ?? null
  const previous = existing?.previous ?? null
  const kept = retitledMark(observation, existing, sight)
  if (reading.kind === 'unreadable') {
    if (isSame) return null
    const since = existing?.marks.unreadable?.since ?? run.requestedAt
    return {
      ...base,
      now,
      previous,
      ...pendingOf(existing),
      marks: { ...kept, unreadable: { said: reading.said, since, run: run.id } },
    }
  }
  const { said } = reading
  if (now !== null && isEqual(now, said)) return { ...base, now: confirmed(now), previous, marks: kept }
  const value: Value = { ...said, since: run.requestedAt, run: run.id }
  if (movesAtOnce(said, existing, sight)) return { ...base, now: value, previous: now, marks: kept }
  return { ...base, now, previous, pending: pendingBy(value, existing, sight), marks: kept }
}

/** Whether nothing comes of it: the same texts as before, and nothing waits to be read again. Costs no reading. */
export function saysNothing(observation: Observation, existing: ItemSight): boolean {
  return sawNothingNew(observation, existing) && !waitsForReading(existing)
}

/** A pending value, or one that no second run has read yet: the same texts again tell something of them. */
function waitsForReading({ pending, now }: ItemSight): boolean {
  return pending !== undefined || now?.unconfirmed !== undefined
}

function confirmed({ unconfirmed: _unconfirmed, ...value }: Value): Value {
  return value
}

function pendingOf(existing: Item | undefined): Pick<Item, 'pending'> {
  return existing?.pending === undefined ? {} : { pending: existing.pending }
}

/**
 * What differs from *now* only in what is no change, what a person approved, what the supplier's first run brings, and
 * what a run that was requested before this one read the same (RULES section 2, "Confirmation").
 */
function movesAtOnce(said: Said, existing: Item | undefined, { run, before, declaration }: RunSight): boolean {
  if (declaration.confirm === 'none' || run.approved || before === null) return true
  if (existing?.now && sameToOrders(existing.now, said)) return true
  const pending = existing?.pending
  return pending !== undefined && pending.number < run.number && sameToOrders(pending, said)
}

function pendingBy(
  { since: _since, run: _run, ...read }: Value,
  existing: Item | undefined,
  { run, declaration }: RunSight,
): Pending {
  const { confirm, confirmAfterSeconds, schedule } = declaration
  const seconds = confirm === 'second-run' ? confirmAfterSeconds : schedule.longestGapSeconds
  const since = existing?.pending?.since ?? run.requestedAt
  const until = seconds === undefined ? undefined : new Date(run.requestedAt.getTime() + seconds * 1000)
  return { ...read, run: run.id, number: run.number, since, ...(until && { until }) }
}

/** What a run reads of an item that nobody waits for is *now* at once, only that no line is due on it yet. */
export function moveUnawaited(item: Item, { run }: RunSight): Item {
  const { pending, ...rest } = item
  if (pending === undefined) return item
  const now = { ...readOf(pending), since: run.requestedAt, run: run.id, unconfirmed: pending.number }
  return { ...rest, now, previous: item.now }
}

/** The item as it will be once what this run is the first to read was read again: what customers will hear of it. */
export function asIfConfirmed(item: Item, run: { id: string }): Item {
  const { pending, ...rest } = item
  if (pending?.run !== run.id) return item
  return { ...rest, now: { ...readOf(pending), since: pending.since, run: run.id }, previous: item.now }
}

function readOf({ availability, texts, anchors, byOrder }: Pending): Said {
  return { availability, texts, anchors, ...(byOrder && { byOrder }) }
}

type Seen = { observation: Observation; existing: Item | undefined; sight: RunSight }

/** A row whose cells could not be told apart: it ends no saying, and what is known of the item stays. */
function unreadableRow(said: string, { observation, existing, sight: { run, declaration } }: Seen): Item {
  const { supplier } = declaration
  const { code, title, ean } = observation
  const id = itemId(supplier, code)
  const fresh = { id, supplier, code, title, ...(ean && { ean }), sayings: {}, now: null, previous: null, marks: {} }
  const { marks, ...item } = existing ?? fresh
  const { retitled, unreadable } = marks as Item['marks']
  const mark = { said, since: unreadable?.since ?? run.requestedAt, run: run.id }
  return { ...item, texts: {}, run: run.number, marks: { ...(retitled && { retitled }), unreadable: mark } }
}

/**
 * Stays until the old title is back, or a person approved the new one: a code that is given to another article is another
 * article. Its run is the one that brought the present title, for that is what a person is shown.
 */
function retitledMark(
  { title }: Observation,
  existing: Item | undefined,
  { run }: RunSight,
): Pick<Item['marks'], 'retitled'> {
  if (existing === undefined) return {}
  const { retitled } = existing.marks
  const was = retitled?.was ?? existing.title
  if (run.approved && title !== existing.title) return {}
  if (isBlankTitle(was) || resembles(was, title)) return {}
  if (retitled !== undefined && resembles(existing.title, title)) return { retitled }
  return { retitled: { was, since: retitled?.since ?? run.requestedAt, run: run.id } }
}

/** What this run is the first to say of an item: a value that waits to be read again, or one that it made *now*. */
export function readIn({ pending, now }: Item, run: { id: string }): Availability | null {
  if (pending?.run === run.id) return pending.availability
  return now?.run === run.id ? now.availability : null
}

/** Whether an item's value itself moved in this run, by anything at all: quantity and precision count for the history. */
export function movedIn(item: Item, run: { id: string }): boolean {
  return item.now !== null && item.now.run === run.id
}

function sawNothingNew(observation: Observation, existing: ItemSight): boolean {
  const { texts, title, ean, marks } = existing
  if (observation.said !== undefined) return marks.missing === undefined && marks.unreadable?.said === observation.said
  if (marks.missing !== undefined || title !== observation.title || ean !== observation.ean) return false
  const columns = Object.keys(observation.cells)
  return (
    columns.length === Object.keys(texts).length &&
    columns.every((column) => texts[column] === observation.cells[column])
  )
}

/** Each availability column's sayings, the present one first (RULES section 2). Quantity columns have none. */
function sayingsAfter(observation: Observation, existing: Item | undefined, sight: RunSight): Record<string, Saying[]> {
  const columns = sight.declaration.columns.filter((column) => column.holds === 'availability')
  const lastSeen = existing?.marks.missing?.lastConfirmedAt ?? sight.before ?? sight.run.requestedAt
  return Object.fromEntries(
    columns.map(({ name }) => {
      const next = nextSayings(existing?.sayings[name] ?? [], observation.cells[name] ?? '', { sight, lastSeen })
      const counted = [existing?.now, existing?.pending].flatMap((said) => said?.texts[name] ?? [])
      return [name, bounded(next, counted)]
    }),
  )
}

/** The last five, and among them what *now* and the pending value count from: when it comes back it is the same still. */
function bounded(list: Saying[], counted: string[]): Saying[] {
  if (list.length <= keptSayings) return list
  const kept = new Set([0, ...counted.map((text) => list.findIndex((saying) => sameText(saying.text, text)))])
  return list.toSpliced(
    list.findLastIndex((_, i) => !kept.has(i)),
    1,
  )
}

function nextSayings(list: Saying[], text: string, { sight, lastSeen }: { sight: RunSight; lastSeen: Date }): Saying[] {
  const [present, ...older] = list
  const fresh = { text, anchor: sight.day, grammar: grammarNumber }
  if (present === undefined) return [fresh]
  // However long no run was accepted, or had the item: only another text ends a saying.
  if (sameText(present.text, text)) return list
  const ended = { ...present, lastSeen }
  const returned = older.find(
    (saying) => sameText(saying.text, text) && isWithinReturn(saying.lastSeen, sight.run.requestedAt),
  )
  const rest = [ended, ...older.filter((saying) => saying !== returned)]
  return [returned ? withoutEnd(returned) : fresh, ...rest]
}

function isWithinReturn(lastSeen: Date | undefined, moment: Date): boolean {
  return lastSeen !== undefined && moment.getTime() - lastSeen.getTime() <= returnWithinMs
}

function withoutEnd({ text, anchor, grammar }: Saying): Saying {
  return { text, anchor, grammar }
}

/** Equal in every respect, unlike for a customer: the history keeps quantity, precision and mark. */
function isEqual(before: Said, after: Said): boolean {
  const [a, b] = [before.availability, after.availability]
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Availability>
  return countsAlike(before.byOrder, after.byOrder) && [...keys].every((key) => a[key] === b[key])
}
