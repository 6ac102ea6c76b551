import type { Day } from '#core/domain/availability.ts'
import { addDays, civilOf, numberOfDay, weekdayOf } from '#core/domain/grammar/calendar.ts'

export function partsOf(day: Day): { year: number; month: number; date: number } {
  const { year, month, day: date } = civilOf(numberOfDay(day))
  return { year, month, date }
}

/** Saturday and Sunday become the Monday after them: nobody delivers at weekends. */
export function workday(day: Day): Day {
  const weekday = weekdayOf(day)
  return weekday > 5 ? addDays(day, 8 - weekday) : day
}

/** "15.03.2027" */
export function dotted(day: Day): string {
  return day.split('-').toReversed().join('.')
}
