import type { Day } from '#core/domain/availability.ts'
import { addDays, addMonths } from '#core/domain/grammar/calendar.ts'
import { pick } from '../../pick.ts'
import { partsOf } from '../calendar.ts'
import type { DemoItem } from '../items.ts'
import type { Fault, World } from './fault.ts'
import { everywhere } from './fault.ts'

/** Texts that mislead whoever reads them (F12, F13, F16–F23): of one item, of some, or of all. */
export const textFaults = {
  'locale-flipped': {
    about: 'from the middle of the table on, day and month of every date have changed places',
    failures: ['F12', 'F16'],
    portals: everywhere,
    items: (items, { tongue }) =>
      items.map((item, i) => (i < items.length / 2 ? item : { ...item, delivery: tongue.flip(item.delivery) })),
  },
  'impossible-dates': {
    about: 'some items say "12/31/2026" and "15/03/2027"',
    failures: ['F12', 'F16'],
    portals: everywhere,
    items: some((_, i, { start }) => {
      const { year } = partsOf(start)
      return pick([`12/31/${year}`, `15/03/${year + 1}`], i)
    }),
  },
  'all-shifted': {
    about: 'every date of a day is later by the same week',
    failures: ['F12'],
    portals: everywhere,
    items: (items, { tongue }) => items.map((item) => ({ ...item, delivery: tongue.shift(item.delivery, 7) })),
  },
  'formatting-only': {
    about: 'the texts have hard spaces, capitals, more spaces and entities, and say the same',
    failures: ['F13'],
    portals: everywhere,
    items: (items) => items.map((item, i) => ({ ...item, delivery: reformatted(item.delivery, i) })),
    page: (text) => (text.includes('<') ? text.replaceAll('\u00A0', '&nbsp;') : text),
  },
  'month-given': {
    about: 'one item names a month',
    failures: ['F17'],
    portals: everywhere,
    items: one((_, { tongue, start }) => tongue.month(monthOf(start))),
  },
  'quarter-given': {
    about: 'one item names a quarter',
    failures: ['F17'],
    portals: everywhere,
    items: one((_, { tongue, start }) => tongue.quarter(monthOf(start))),
  },
  'refined-within': {
    about: 'the item that names a month under month-given names its 15th day',
    failures: ['F21'],
    portals: everywhere,
    items: one((_, { tongue, start }) => tongue.day(`${monthOf(start).slice(0, 8)}15`)),
  },
  'looks-like-date': {
    about: 'some items hold texts that only look like dates',
    failures: ['F18'],
    portals: everywhere,
    items: some((_, i, { tongue }) => pick(tongue.onlyLikeDates, i)),
  },
  'unreadable-some': {
    about: 'some items hold texts that nobody can read as an availability',
    failures: ['F19'],
    portals: everywhere,
    items: some((_, i, { tongue }) => pick(tongue.unreadable, i)),
  },
  'unreadable-all': {
    about: 'all items hold texts that nobody can read as an availability',
    failures: ['F19'],
    portals: everywhere,
    items: (items, { tongue }) => items.map((item, i) => ({ ...item, delivery: pick(tongue.unreadable, i) })),
  },
  'relative-texts': {
    about: 'some items count from the day on which they are read',
    failures: ['F20'],
    portals: everywhere,
    items: some((_, i, { tongue }) => pick(tongue.relative, i)),
  },
  'sentinel-dates': {
    about: 'some items name 1 January 1970 or 31 December 2099',
    failures: ['F22'],
    portals: everywhere,
    items: some((_, i, { tongue }) => tongue.day(pick<Day>(['1970-01-01', '2099-12-31'], i))),
  },
  'past-dates': {
    about: 'some items name a day of last month',
    failures: ['F22'],
    portals: everywhere,
    items: some((_, i, { tongue, start }) => tongue.day(addDays(start, -30 - i))),
  },
  'unknown-status': {
    about: 'some items have a status that was never seen',
    failures: ['F23'],
    portals: everywhere,
    items: (items, world) => items.map((item) => (world.isSome(item) ? unknownStatus(item, world) : item)),
  },
} satisfies Record<string, Fault>

type Says<R extends unknown[]> = (item: DemoItem, ...rest: R) => string

function one(says: Says<[World]>): NonNullable<Fault['items']> {
  return (items, world) => items.map((item) => (world.isOne(item) ? { ...item, delivery: says(item, world) } : item))
}

function some(says: Says<[number, World]>): NonNullable<Fault['items']> {
  return (items, world) => {
    let n = 0
    return items.map((item) => (world.isSome(item) ? { ...item, delivery: says(item, n++, world) } : item))
  }
}

/** A status stands in a column of its own, where the portal has one. */
function unknownStatus(item: DemoItem, { tongue }: World): DemoItem {
  return item.status === undefined
    ? { ...item, delivery: tongue.unknownStatus }
    : { ...item, status: tongue.unknownStatus }
}

/** Three months on, so that neither it nor its quarter is nearly over. */
function monthOf(start: Day): Day {
  return addMonths(start, 3)
}

function reformatted(text: string, i: number): string {
  const ways = [
    text.replaceAll(' ', '\u00A0'),
    text.toUpperCase(),
    `  ${text.replaceAll(' ', '   ')} `,
    text.replaceAll(' ', '\u202F'),
  ] as const
  return pick(ways, i)
}
