import { many } from '#core/domain/many.ts'
import type { Item } from './read-items.ts'
import { sayReading } from './read-items.ts'
import { textTable } from './text-table.ts'

/** One thing that is read otherwise than it was. */
export type Difference = { code: string; what: string; was: string; is: string }

/** Both by code; the order of rows is no difference. */
export function compareItems(expected: Item[], met: Item[]): Difference[] {
  const before = new Map(expected.map((item) => [item.code, item]))
  const now = new Map(met.map((item) => [item.code, item]))
  const gone = expected.filter(({ code }) => !now.has(code)).map((item) => absent(item, 'gone'))
  const fresh = met.filter(({ code }) => !before.has(code)).map((item) => absent(item, 'new'))
  const changed = expected.flatMap((item) => {
    const other = now.get(item.code)
    return other === undefined ? [] : compareItem(item, other)
  })
  return [...gone, ...fresh, ...changed]
}

function absent(item: Item, how: 'gone' | 'new'): Difference {
  const said = `${item.title} (${sayReading(item.reading)})`
  return {
    code: item.code,
    what: 'item',
    was: how === 'gone' ? said : 'not there',
    is: how === 'new' ? said : 'not there',
  }
}

function compareItem(was: Item, is: Item): Difference[] {
  const columns = [...new Set([...Object.keys(was.cells), ...Object.keys(is.cells)])]
  const pairs: [string, string, string][] = [
    ['title', was.title, is.title],
    ['ean', was.ean ?? '', is.ean ?? ''],
    ...columns.map((name): [string, string, string] => [name, was.cells[name] ?? '', is.cells[name] ?? '']),
    ['reading', meaning(was), meaning(is)],
  ]
  const differing = pairs.filter(([, before, now]) => before !== now)
  return differing.map(([what, before, now]) => ({ code: was.code, what, was: before, is: now }))
}

/** Every part of a reading counts; what was said is in the cells already. */
function meaning({ reading }: Item): string {
  return reading.kind === 'unreadable' ? 'UNREADABLE' : sayReading(reading)
}

const shown = 20

export function differenceLines(differences: Difference[]): string[] {
  const rows = differences.slice(0, shown).map(({ code, what, was, is }) => [code, what, was, is])
  const more = differences.length - shown
  const table = textTable(['code', 'what', 'expected', 'read now'], rows)
  return [...table, ...(more > 0 ? [`… and ${many(more, 'difference')} more`] : [])]
}
