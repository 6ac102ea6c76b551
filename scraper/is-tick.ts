import { nodeCron } from 'node-cron'

const minute = 60_000
/** Clocks are put forward at full hours and half hours only, by two hours at most. */
const changesAt = 30
const longestSkip = 120

/**
 * Whether the schedule names this minute in the supplier's time zone. A minute that summer time leaves out has its tick
 * at the first one after it, so that a daily run at half past two is not lost once a year.
 */
export function makeIsTick(cron: string, timeZone: string): (moment: Date) => boolean {
  const there = nodeCron.createTask(cron, () => {}, { timezone: timeZone })
  // In UTC every minute exists: it is asked for those that do not exist there.
  const anywhere = nodeCron.createTask(cron, () => {}, { timezone: 'UTC' })
  const wallClock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  const wallOf = (moment: Date) => Date.parse(`${wallClock.format(moment).replace(' ', 'T')}Z`)
  return (moment) => there.match(moment) || skippedBefore(moment, wallOf).some((skipped) => anywhere.match(skipped))
}

/** Minutes of the wall clock, as if they were UTC, that were left out just before this moment. */
function skippedBefore(moment: Date, wallOf: (moment: Date) => number): Date[] {
  if (moment.getUTCMinutes() % changesAt !== 0) return []
  const wall = wallOf(moment)
  const skipped = Math.round((wall - wallOf(new Date(moment.getTime() - minute))) / minute) - 1
  if (skipped <= 0 || skipped > longestSkip) return []
  return Array.from({ length: skipped }, (_, back) => new Date(wall - (back + 1) * minute))
}
