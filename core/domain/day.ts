import type { Day } from './availability.ts'

/** The calendar day of a moment in a time zone. */
export function dayOf(moment: Date, timeZone: string): Day {
  return formatterOf(timeZone).format(moment)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  // Swedish writes calendar days as YYYY-MM-DD.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formatters.set(timeZone, made)
  return made
}
