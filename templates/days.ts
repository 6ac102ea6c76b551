import type { Day } from '#core/domain/availability.ts'
import type { Interval } from './calendar.ts'
import { partsOf } from './calendar.ts'

/** How a language writes a day: the months' names in the case that is wanted, and what follows the day's number. */
export type DayWords = { months: string[]; dot: '.' | '' }

/** "15. prosince 2026" */
export function sayDay(date: Day, { months, dot }: DayWords): string {
  return `${partsOf(date).day}${dot} ${sayMonth(date, months)}`
}

/** From one day to another, with month and year said once where they are the same: "5.–12. prosince 2026". */
export function sayDays({ from, to }: Interval, words: DayWords, link: string): string {
  const first = `${partsOf(from).day}${words.dot}`
  if (from.slice(0, 7) === to.slice(0, 7)) return `${first}${link}${sayDay(to, words)}`
  const start = sameYear(from, to) ? `${first} ${nameOf(from, words.months)}` : sayDay(from, words)
  return `${start}${wide(link)}${sayDay(to, words)}`
}

/** "prosinec 2026" */
export function sayMonth(date: Day, months: string[]): string {
  return `${nameOf(date, months)} ${partsOf(date).year}`
}

/** From one month to another, with the year said once where it is the same: "leden–duben 2027". */
export function sayMonths({ from, to }: Interval, months: string[], link: string): string {
  if (sameYear(from, to)) return `${nameOf(from, months)}${link}${sayMonth(to, months)}`
  return `${sayMonth(from, months)}${wide(link)}${sayMonth(to, months)}`
}

function nameOf(date: Day, months: string[]): string {
  return months[partsOf(date).month - 1] ?? ''
}

function sameYear(from: Day, to: Day): boolean {
  return from.slice(0, 4) === to.slice(0, 4)
}

/** A dash between words of more than one part takes spaces. */
function wide(link: string): string {
  return link === '–' ? ' – ' : link
}
