import { anchorsOf } from './anchors.ts'
import { grammarNumber } from './grammar/number.ts'
import type { Item, Pending, Said, Saying, Value } from './item.ts'
import { countsAlike, sameToOrders } from './order-day.ts'
import type { TextsRead } from './read-texts.ts'
import { readTexts } from './read-texts.ts'
import type { SupplierDeclaration } from './supplier.ts'

/** A reading anew: by which id history knows it, and when it is. */
export type Rereading = { id: string; at: Date; declaration: SupplierDeclaration }

/**
 * What an item is when its stored texts are read anew, each by its own anchor; null where nothing becomes different. The
 * value keeps what it was before, for by a re-reading nobody is told who was not to be told before it (P7).
 */
export function rereadItem(item: Item, rereading: Rereading): Item | null {
  const reread = item.pending === undefined ? rereadNow(item, rereading) : rereadPending(item, item.pending, rereading)
  return reread && { ...reread, sayings: numbered(item.sayings) }
}

function rereadNow(item: Item, rereading: Rereading): Item | null {
  const { texts, sayings } = item
  const reading = readAnew({ texts, anchors: anchorsOf(sayings, texts) }, rereading)
  if (reading === null) return null
  const { unreadable, ...marks } = item.marks
  if (reading.kind === 'unreadable') {
    if (unreadable?.said === reading.said) return null
    const mark = { said: reading.said, since: unreadable?.since ?? rereading.at, run: rereading.id }
    return { ...item, marks: { ...marks, unreadable: mark } }
  }
  const isSame = item.now !== null && sameInAll(item.now, reading.said)
  if (isSame) return unreadable === undefined ? null : { ...item, marks }
  return { ...item, marks, now: valueOf(reading.said, item, rereading), previous: item.now }
}

/** *Now* and what is pending have texts of their own; what is no longer told apart, or cannot be read, is not pending. */
function rereadPending(item: Item, pending: Pending, rereading: Rereading): Item | null {
  const ofNow = item.now && readAnew(item.now, rereading)
  const ofPending = readAnew(pending, rereading)
  const isOther = item.now && ofNow && ofNow.kind !== 'unreadable' && !sameInAll(item.now, ofNow.said)
  const now = isOther ? valueOf(ofNow.said, item, rereading) : item.now
  const still = ofPending === null ? pending : pendingAs(pending, ofPending, now)
  if (!isOther && still !== null && sameInAll(still, pending)) return null
  const { pending: _before, ...rest } = item
  const reread = { ...rest, now, ...(isOther && { previous: item.now }) }
  if (still !== null) return { ...reread, pending: still }
  // The texts that were seen last are no longer looked at because something is pending, but as any others.
  return rereadNow(reread, rereading) ?? reread
}

function pendingAs({ byOrder: _byOrder, ...pending }: Pending, reading: TextsRead, now: Value | null): Pending | null {
  if (reading.kind === 'unreadable' || (now !== null && sameToOrders(now, reading.said))) return null
  return { ...pending, ...reading.said }
}

function valueOf(said: Said, { now }: Item, { at, id }: Rereading): Value {
  const value = { ...said, since: at, run: id, reread: now }
  return { ...value, ...(now?.unconfirmed !== undefined && { unconfirmed: now.unconfirmed }) }
}

/** Each text by its own anchor; null where only another run can tell: a column that no run has read yet. */
function readAnew({ texts, anchors }: Pick<Said, 'texts' | 'anchors'>, { declaration }: Rereading): TextsRead | null {
  const isRead = declaration.columns.every(
    ({ name, holds }) => texts[name] !== undefined && (holds !== 'availability' || anchors[name] !== undefined),
  )
  return isRead ? readTexts(texts, { anchors, declaration }) : null
}

/** Of each saying that stands it is noted by which grammar it was read. */
function numbered(sayings: Item['sayings']): Item['sayings'] {
  return Object.fromEntries(Object.entries(sayings).map(([column, list]) => [column, renumbered(list)]))
}

function renumbered([present, ...older]: Saying[]): Saying[] {
  return present === undefined ? [] : [{ ...present, grammar: grammarNumber }, ...older]
}

/** The same in every respect, and counted from the same day. */
function sameInAll(a: Said, b: Said): boolean {
  return countsAlike(a.byOrder, b.byOrder) && isEqual(a.availability, b.availability)
}

function isEqual(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([name, value]) => right.get(name) === value)
}
