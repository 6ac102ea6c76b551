import type { DemoItem } from '../items.ts'
import type { Fault } from './fault.ts'
import { everywhere } from './fault.ts'

/** Items that lose their identity (F11). */
export const keyFaults = {
  'order-random': {
    about: 'the rows stand in another order at every request, over all pages',
    failures: ['F11'],
    portals: everywhere,
    items: (items, { request }) => shuffled(items, request),
  },
  'duplicate-key': {
    about: 'two rows have the same code',
    failures: ['F11'],
    portals: everywhere,
    items: (items, { isOne }) => items.map((item, i) => ({ ...item, code: codeBefore(items, i, isOne) ?? item.code })),
  },
  'key-reused': {
    about: 'the code of one item now belongs to quite another',
    failures: ['F11'],
    portals: everywhere,
    items: (items, { isOne, tongue, start }) =>
      items.map((item) => (isOne(item) ? { ...item, title: tongue.otherTitle, delivery: tongue.month(start) } : item)),
  },
  'key-renamed': {
    about: 'the code of one item is gone, and a new one has its title',
    failures: ['F11'],
    portals: everywhere,
    items: (items, { isOne }) => items.map((item) => (isOne(item) ? { ...item, code: `${item.code}-N` } : item)),
  },
  'key-gone': {
    about: 'one item is gone, and the total fits what is left',
    failures: ['F11'],
    portals: everywhere,
    items: (items, { isOne }) => items.filter((item) => !isOne(item)),
  },
} satisfies Record<string, Fault>

function codeBefore(items: DemoItem[], i: number, isOne: (item: DemoItem) => boolean): string | undefined {
  const before = items[i - 1]
  return before && isOne(before) ? before.code : undefined
}

/** The same seed gives the same order; the generator is mulberry32. */
function shuffled(items: DemoItem[], seed: number): DemoItem[] {
  let state = seed * 7919
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
