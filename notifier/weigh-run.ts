import type { Availability } from '#core/domain/availability.ts'
import { sameAvailability } from '#core/domain/availability.ts'
import { changeKind } from '#core/domain/change.ts'
import { numberOfDay } from '#core/domain/grammar/calendar.ts'
import type { DateOrder } from '#core/domain/grammar/date-order.ts'
import { onlyOrderOf, orderOf } from '#core/domain/grammar/date-order.ts'
import type { Item } from '#core/domain/item.ts'
import type { Observation } from '#core/domain/messages.ts'
import type { Store } from '#core/store/store.ts'
import type { Tally } from './gates.ts'
import type { RunSight } from './read-observation.ts'
import { CodeSet } from './code-set.ts'
import { meetItems } from './meet-items.ts'
import { readIn, readObservation } from './read-observation.ts'

export type ItemsTally = Omit<Tally, 'customers' | 'openOrders'>
/** A known item that the run does not have, and how many runs of the schedule had it not before. */
export type Absent = { code: string; absentRuns?: number | undefined }
/** What is known of a run once it was weighed: who applies it then need not look at all of it again. */
export type Weighed = {
  rows: number
  unreadable: number
  /** Its parts that may say something new. */
  telling: number[]
  absent: Absent[]
}

/** Told of every item that a run would leave in another way, and of every one that it lacks. */
export type Watch = { differs?(next: Item, stored: Item | undefined): void; lacks?(code: string): void }

/** Counts what a run would do to the items, part after part, and writes nothing. */
export async function weighRun(
  { parts, items }: Pick<Store, 'parts' | 'items'>,
  sight: RunSight,
  watch: Watch = {},
): Promise<ItemsTally & { weighed: Weighed }> {
  const { supplier } = sight.declaration
  const seen = new CodeSet()
  const scale = makeScale(sight, watch)
  const telling: number[] = []
  for await (const { part, observations } of parts.of(sight.run.id)) {
    for (const { code } of observations) seen.add(code)
    const { met, unreadable } = await meetItems(items, supplier, observations)
    scale.tally.unreadable += unreadable
    if (met.length > 0) telling.push(part)
    for (const { observation, existing } of met) scale.add(observation, existing)
  }
  let [known, lost, unreadableBefore] = [0, 0, 0]
  const absent: Absent[] = []
  for await (const { code, absentRuns, unreadable } of items.codesOf(supplier)) {
    if (!seen.has(code)) absent.push({ code, absentRuns })
    // Already absent from the run before.
    if (absentRuns !== undefined) continue
    if (unreadable) unreadableBefore += 1
    known += 1
    if (seen.has(code)) continue
    lost += 1
    watch.lacks?.(code)
  }
  const { tally } = scale
  const weighed = { rows: seen.size, unreadable: tally.unreadable, telling, absent }
  return { ...tally, ...scale.found(), rows: seen.size, known, lost, unreadableBefore, weighed }
}

function makeScale(sight: RunSight, watch: Watch) {
  const tally = { changed: 0, gone: 0, unreadableNew: 0, unreadable: 0 }
  const shifts = new Map<number, number>()
  const orders = makeOrders(sight)

  function addChange(before: Availability, after: Availability): void {
    const kind = changeKind(before, after)
    if (kind === null) return
    tally.changed += 1
    if (kind === 'sold-out' || kind === 'discontinued') tally.gone += 1
    const days = shiftOf(before, after)
    if (days !== 0) shifts.set(days, (shifts.get(days) ?? 0) + 1)
  }

  return {
    add(observation: Observation, stored: Item | undefined): void {
      const next = readObservation(observation, stored, sight)
      if ((next ?? stored)?.marks.unreadable !== undefined) tally.unreadable += 1
      if (next === null) return
      watch.differs?.(next, stored)
      orders.look(observation, stored)
      const { unreadable } = next.marks
      if (unreadable !== undefined && unreadable.said !== stored?.marks.unreadable?.said) tally.unreadableNew += 1
      const read = readIn(next, sight.run)
      if (stored?.now && read !== null && !wasPending(stored, read)) addChange(stored.now.availability, read)
    },
    tally,
    found: () => ({ shifts, wrongOrder: orders.wrong() }),
  }
}

/** An earlier run brought it, and was weighed with it. */
export function wasPending(stored: Item | undefined, read: Availability): boolean {
  const pending = stored?.pending
  return pending !== undefined && sameAvailability(pending.availability, read)
}

/** Looks for dates in another order of day and month than the declared one, or in both where none is declared. */
function makeOrders({ declaration }: RunSight) {
  const columns = declaration.columns.filter(({ holds }) => holds === 'availability').map(({ name }) => name)
  let order: DateOrder | null = orderOf(declaration.language)
  let wrong: Tally['wrongOrder'] = null
  return {
    wrong: () => wrong,
    look({ code, cells }: Observation, stored: Item | undefined): void {
      for (const column of columns) {
        const text = cells[column] ?? ''
        // What a person has let pass once is not held against every later run.
        const met = text === stored?.texts[column] ? null : onlyOrderOf(text)
        if (met === null) continue
        order ??= met
        if (met !== order) wrong ??= { code, text }
      }
    },
  }
}

/** By how many days both ends of an expected interval moved alike; 0 where they did not. */
function shiftOf(before: Availability, after: Availability): number {
  if (before.kind !== 'expected' || after.kind !== 'expected') return 0
  const [from, to] = [
    numberOfDay(after.from) - numberOfDay(before.from),
    numberOfDay(after.to) - numberOfDay(before.to),
  ]
  return from === to ? from : 0
}
