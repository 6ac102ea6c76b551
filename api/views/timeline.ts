import { z } from 'zod'
import { inShort } from '#core/domain/availability.ts'
import type { Item } from '#core/domain/item.ts'
import type { LineState, Past, StoredOrder } from '#core/domain/line-state.ts'
import { pastOf } from '#core/domain/line-state.ts'
import type { Notice } from '#core/domain/notice.ts'
import { isUncertain } from '#core/domain/notice.ts'
import type { Change } from '#core/store/changes.ts'
import type { ItemHold } from '#core/store/holds.ts'
import { Moment, moment } from './moment.ts'

const happenings = ['placed', 'put', 'told', 'supplier', 'mark', 'waived', 'hold', 'mail'] as const

export const Happening = z
  .object({
    at: Moment,
    what: z.enum(happenings),
    line: z.string().nullable(),
    words: z.string().meta({ description: 'In words, for the desk' }),
    run: z.string().nullable().meta({ description: 'The run that brought it' }),
    notice: z.string().nullable(),
  })
  .meta({ id: 'Happening', description: 'One thing that happened to an order' })
export type Happening = z.infer<typeof Happening>

/** Before it is put into words for the API. */
type Event = Pick<Happening, 'what' | 'words'> & { at: Date; line?: string; run?: string; notice?: string }
type Known = {
  items: ReadonlyMap<string, Item>
  holds: ReadonlyMap<string, ItemHold>
  notices: Notice[]
  /** Of each item, oldest first. */
  changes: ReadonlyMap<string, Change[]>
}

/** Everything that is known to have happened to an order, oldest first. */
export function viewTimeline(order: StoredOrder, known: Known): Happening[] {
  const lines = order.shop.lines.flatMap(({ id }) => {
    const state = order.lines[id]
    return state === undefined ? [] : eventsOfLine(id, state, known)
  })
  const events: Event[] = [...eventsOfShop(order), ...lines, ...known.notices.flatMap(eventsOfNotice)]
  return events
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, what, words, line = null, run = null, notice = null }) => ({ at: moment(at), what, line, words, run, notice })) // prettier-ignore
}

function eventsOfShop({ shop, looked }: StoredOrder): Event[] {
  const taken = looked === shop.rev ? '' : ', not looked at yet'
  const how = shop.single ? '' : ' in bulk: what it brings along is not mailed'
  return [
    { at: new Date(shop.placedAt), what: 'placed', words: 'the customer placed the order' },
    { at: shop.putAt, what: 'put', words: `the shop put it${how} (rev ${shop.rev}${taken})` },
  ]
}

function eventsOfLine(line: string, state: LineState, { items, holds, changes }: Known): Event[] {
  const { item: id } = state
  const events = pastOfLine(line, state)
  if (id === null) return events
  const hold = holds.get(id)
  if (hold !== undefined)
    events.push({ at: hold.openedAt, what: 'hold', line, words: `${inShort(hold.value)} waits for a person (${hold.because}): ${hold.state}`, run: hold.run }) // prettier-ignore
  const item = items.get(id)
  return [...events, ...(changes.get(id) ?? []).map((change) => eventOfChange(line, change)), ...marksOf(line, item)]
}

/** With what is so now, as of lines that were looked at before their past was kept; what was noted twice was so once. */
function pastOfLine(line: string, state: LineState): Event[] {
  const last = new Map<string, string>()
  return [...(state.past ?? []), ...pastOf(state)].flatMap((past) => {
    const event = eventOfPast(line, past)
    if (last.get(event.what) === event.words) return []
    last.set(event.what, event.words)
    return [event]
  })
}

function eventOfPast(line: string, past: Past): Event {
  const { at } = past
  if ('waived' in past)
    return { at, what: 'waived', line, words: `${inShort(past.waived)} is not told: ${past.reason}` }
  const words = past.source === 'shop' ? 'the shop told the customer' : 'counts as told, from what was known'
  return { at, what: 'told', line, words: `${words}: ${inShort(past.told)}` }
}

function eventOfChange(line: string, { at, before, after, run, kind }: Change): Event {
  const from = before === null ? '' : `${inShort(before.availability)} → `
  const said = Object.values(after.texts).filter((text) => text.trim() !== '')
  const words = `the supplier says ${from}${inShort(after.availability)}${kind ? ` (${kind})` : ''}: "${said.join('", "')}"`
  return { at, what: 'supplier', line, words, run }
}

function marksOf(line: string, item: Item | undefined): Event[] {
  const { pending, marks: { unreadable, missing, retitled } = {} } = item ?? {}
  const events: (Event | undefined)[] = [
    pending && { at: pending.since, what: 'mark', line, words: `pending: ${inShort(pending.availability)} was read once`, run: pending.run }, // prettier-ignore
    unreadable && { at: unreadable.since, what: 'mark', line, words: `unreadable: "${unreadable.said}"`, run: unreadable.run }, // prettier-ignore
    missing && { at: missing.since, what: 'mark', line, words: `not in the table, ${missing.runs} runs of the schedule`, run: missing.run }, // prettier-ignore
    retitled && { at: retitled.since, what: 'mark', line, words: `another title than "${retitled.was}"`, run: retitled.run }, // prettier-ignore
  ]
  return events.filter((event) => event !== undefined)
}

function eventsOfNotice(notice: Notice): Event[] {
  const { id, since, state, tries, endedAt, heldAt, reason, handedAt, yes } = notice
  const said = (notice.message?.news ?? notice.news).map(
    ({ line, kind, told, now }) => `line ${line} ${kind}: ${inShort(told)} → ${inShort(now)}`,
  )
  const because = reason === undefined ? '' : `: ${reason}`
  const toWhom = state === 'sent' && notice.message?.onlyTo !== undefined ? ' to a tester, not to the customer' : ''
  const met = isUncertain(notice) ? ' · nobody knows whether it arrived' : ' · it may have gone twice, as the same mail'
  const allowed = yes === undefined ? '' : ` · a person said yes to ${yes}`
  const ended = `${state}${toWhom}${because}${allowed}${notice.window ? met : ''}`
  const events: Event[] = [{ at: since, what: 'mail', words: `a difference to be told · ${said.join(' · ')}` }]
  for (const { at, outcome, words } of tries) events.push({ at, what: 'mail', words: `${outcome}: ${words}` })
  if (state === 'held' && heldAt !== undefined) events.push({ at: heldAt, what: 'mail', words: `held${because}` })
  if (endedAt !== undefined) events.push({ at: endedAt, what: 'mail', words: state === 'sent' ? `${ended} · ${said.join(' · ')}` : ended }) // prettier-ignore
  else if (state === 'failed' || state === 'suppressed') events.push({ at: tries.at(-1)?.at ?? handedAt ?? since, what: 'mail', words: ended }) // prettier-ignore
  return events.map((event) => ({ ...event, notice: id }))
}
