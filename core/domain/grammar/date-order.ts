import type { Language } from '../language.ts'
import { vocabularies } from './languages.ts'
import { isCalendarDay } from './calendar.ts'

export type DateOrder = 'day-first' | 'month-first'

/** The order in which this language writes day and month in digits; null where it has none (plain English). */
export function orderOf(language: Language): DateOrder | null {
  const { order } = vocabularies[language]
  return order === 'either' ? null : order
}

const threeNumbers = /(?<![\d.,/-])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?!\d|[./,-]\d)/g

/** The one order in which the dates of a text are possible; null where both are, none is, or there are no dates. */
export function onlyOrderOf(text: string): DateOrder | null {
  for (const [, a, b, c] of text.matchAll(threeNumbers)) {
    const [first, second, third] = [Number(a), Number(b), Number(c)]
    const year = third < 100 ? 2000 + third : third
    const dayFirst = isCalendarDay(year, second, first)
    const monthFirst = isCalendarDay(year, first, second)
    if (dayFirst !== monthFirst) return dayFirst ? 'day-first' : 'month-first'
  }
  return null
}
