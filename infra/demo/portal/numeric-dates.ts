import type { Day } from '#core/domain/availability.ts'
import { addDays, isCalendarDay } from '#core/domain/grammar/calendar.ts'

type Parts = { year: number; month: number; date: number }

/**
 * How a portal writes whole dates in numbers. `find` has the three parts as named groups `y`, `m`, `d`; `write` puts
 * them together again.
 */
type Writing = { find: RegExp; write(parts: Parts): string }

/** Moves or turns about the numeric dates in a text. */
export function makeDateChanges(writing: Writing) {
  return {
    shift: (text: string, days: number) =>
      [iso, writing].reduce((said, way) => each(said, way, (parts) => partsOfIso(addDays(isoOf(parts), days))), text),
    /** ISO dates have but one order. */
    flip: (text: string) => each(text, writing, ({ year, month, date }) => ({ year, month: date, date: month })),
  }
}

const iso: Writing = { find: /^(?<y>\d{4})-(?<m>\d\d)-(?<d>\d\d)$/g, write: isoOf }

function each(text: string, { find, write }: Writing, change: (parts: Parts) => Parts): string {
  return text.replaceAll(find, (whole: string, ...rest: unknown[]) => {
    const { y, m, d } = rest.at(-1) as { y: string; m: string; d: string }
    const parts = { year: Number(y), month: Number(m), date: Number(d) }
    return isCalendarDay(parts.year, parts.month, parts.date) ? write(change(parts)) : whole
  })
}

function isoOf({ year, month, date }: Parts): Day {
  return [year, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')
}

function partsOfIso(day: Day): Parts {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return { year, month, date }
}
