import { grammarNumber } from './grammar/number.ts'
import { readItem } from './grammar/read-item.ts'
import type { Item, Saying, Value } from './item.ts'
import type { SupplierDeclaration } from './supplier.ts'

/** A reading anew: by which id history knows it, and when it is. */
export type Rereading = { id: string; at: Date; declaration: SupplierDeclaration }

/**
 * What an item is when its stored texts are read anew, each by its own anchor; null where nothing becomes different. The
 * value keeps what it was before, for by a re-reading nobody is told who was not to be told before it (P7).
 */
export function rereadItem(item: Item, { id, at, declaration }: Rereading): Item | null {
  const { columns, language, words, instant, timeZone, blank } = declaration
  // Its texts are not yet those of *now*: the run that confirms it, or reads another value, reads by the new number.
  if (item.pending !== undefined) return null
  // A row whose cells could not be told apart, or a column that no run has read yet: only another run can tell.
  if (columns.some(({ name }) => item.texts[name] === undefined)) return null
  const anchors = Object.fromEntries(Object.entries(item.sayings).map(([name, list]) => [name, list[0]?.anchor ?? '']))
  if (columns.some(({ name, holds }) => holds === 'availability' && !anchors[name])) return null
  const reading = readItem(item.texts, {
    columns,
    language,
    words,
    instant,
    timeZone,
    anchors,
    ...(blank && { blank }),
  })
  const { unreadable, ...marks } = item.marks
  const sayings = numbered(item.sayings)
  if (reading.kind === 'unreadable') {
    if (unreadable?.said === reading.said) return null
    const mark = { said: reading.said, since: unreadable?.since ?? at, run: id }
    return { ...item, sayings, marks: { ...marks, unreadable: mark } }
  }
  const isSame = item.now !== null && sameInAll(item.now.availability, reading)
  if (isSame && unreadable === undefined) return null
  if (isSame) return { ...item, sayings, marks }
  const unconfirmed = item.now?.unconfirmed
  const value = { availability: reading, texts: item.texts, since: at, run: id, reread: item.now }
  const now: Value = { ...value, ...(unconfirmed !== undefined && { unconfirmed }) }
  return { ...item, sayings, marks, now, previous: item.now }
}

/** Of each saying that stands it is noted by which grammar it was read. */
function numbered(sayings: Item['sayings']): Item['sayings'] {
  return Object.fromEntries(Object.entries(sayings).map(([column, list]) => [column, renumbered(list)]))
}

function renumbered([present, ...older]: Saying[]): Saying[] {
  return present === undefined ? [] : [{ ...present, grammar: grammarNumber }, ...older]
}

function sameInAll(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([name, value]) => right.get(name) === value)
}
