import type { Day, Expected, Precision } from '#core/domain/availability.ts'
import { daysBetween, daysInMonth, weekdayOf } from '#core/domain/grammar/calendar.ts'

export type Interval = { from: Day; to: Day }
type DayParts = { year: number; month: number; day: number }

export function partsOf(day: Day): DayParts {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) }
}

/**
 * The precision that may be said: the given one where the days are just such a unit, else the bare range.
 * An availability can come from outside, and a quarter that is no quarter must not be called one.
 */
export function sayablePrecision({ from, to, precision }: Expected): Precision {
  if (from === to) return 'day'
  return fits[precision]({ from, to }) ? precision : 'range'
}

const fits: Record<Precision, (days: Interval) => boolean> = {
  day: () => false,
  week: ({ from, to }) => weekdayOf(from) === 1 && daysBetween(from, to) === 6,
  third: isThird,
  month: (days) => wholeMonths(days) === 1,
  quarter: (days) => wholeMonths(days) === 3 && partsOf(days.from).month % 3 === 1,
  half: (days) => wholeMonths(days) === 6 && partsOf(days.from).month % 6 === 1,
  season: (days) => wholeMonths(days) === 3 && partsOf(days.from).month % 3 === 0,
  year: (days) => wholeMonths(days) === 12 && partsOf(days.from).month === 1,
  range: () => true,
}

/** How many whole calendar months the days are, or 0 where they are none. */
export function wholeMonths({ from, to }: Interval): number {
  const [first, last] = [partsOf(from), partsOf(to)]
  if (first.day !== 1 || last.day !== daysInMonth(last.year, last.month)) return 0
  return (last.year - first.year) * 12 + last.month - first.month + 1
}

function isThird({ from, to }: Interval): boolean {
  const [first, last] = [partsOf(from), partsOf(to)]
  if (from.slice(0, 7) !== to.slice(0, 7) || ![1, 11, 21].includes(first.day)) return false
  return last.day === (first.day === 21 ? daysInMonth(last.year, last.month) : first.day + 9)
}

/** 0, 1 or 2: whether the day is in the first, middle or last third of its month. */
export function thirdOf(date: Day): 0 | 1 | 2 {
  const { day } = partsOf(date)
  return day < 11 ? 0 : day < 21 ? 1 : 2
}

export function halfOf(day: Day): 1 | 2 {
  return partsOf(day).month < 7 ? 1 : 2
}

const seasons = ['spring', 'summer', 'autumn', 'winter'] as const
export type Season = (typeof seasons)[number]

/** The season that begins on this day, with its year as people say it: a winter bears two. */
export function seasonOf(from: Day): { season: Season; years: string } {
  const { year, month } = partsOf(from)
  const season = seasons[Math.floor(month / 3) - 1] ?? 'winter'
  return { season, years: season === 'winter' ? `${year}/${year + 1}` : `${year}` }
}

/** The twelve names as the language's calendar knows them: alone ("leden") or beside a day ("ledna"). */
export function monthNames(locale: string, use: 'alone' | 'with-day'): string[] {
  const options: Intl.DateTimeFormatOptions = {
    month: 'long',
    timeZone: 'UTC',
    ...(use === 'with-day' && { day: 'numeric' }),
  }
  const format = new Intl.DateTimeFormat(locale, options)
  return Array.from({ length: 12 }, (_, month) => {
    const parts = format.formatToParts(Date.UTC(2026, month, 15))
    return parts.find(({ type }) => type === 'month')?.value ?? ''
  })
}
