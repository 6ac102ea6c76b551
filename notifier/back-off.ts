import type { BlockedBy, Supplier } from '#core/store/suppliers.ts'

const firstMinutes = 30
const mostMinutes = 12 * 60

/** What this run adds to a row of runs that a portal kept out: half an hour, then twice as long each time, to 12 hours. */
export function backOff(before: BlockedBy | null, run: string, now: Date): BlockedBy {
  if (before?.run === run) return before
  const times = (before?.times ?? 0) + 1
  const minutes = Math.min(firstMinutes * 2 ** Math.min(times - 1, 10), mostMinutes)
  return { times, run, until: new Date(now.getTime() + minutes * 60_000) }
}

/** Until when the schedule asks for no run of this supplier; null where nothing keeps it back. A person may ask all the same. */
export function blockedUntil({ blocked }: Pick<Supplier, 'blocked'>, now: Date): Date | null {
  return blocked !== null && now < blocked.until ? blocked.until : null
}

/** "14:30", with its day where that is another than today's. */
export function sayTime(moment: Date, { timeZone, now }: { timeZone: string; now: Date }): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(moment)
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' })
  return day.format(moment) === day.format(now) ? time : `${time} on ${day.format(moment)}`
}
