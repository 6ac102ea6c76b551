/** A part of the day in minutes from midnight, `to` not included; it may reach over midnight, and is never all day. */
export type QuietHours = { from: number; to: number }

const minuteMs = 60_000
const dayMinutes = 1_440

/** The first moment, not before this one, at which mails may leave; by the wall clock of a time zone. */
export function outOfQuiet(moment: Date, quiet: QuietHours | null, timeZone: string): Date {
  if (quiet === null || !isQuiet(moment, quiet, timeZone)) return moment
  const begun = Math.floor(moment.getTime() / minuteMs) * minuteMs
  const end = begun + minutesLeft(moment, quiet, timeZone) * minuteMs
  if (minutesOf(new Date(end), timeZone) === quiet.to) return new Date(end)
  // The clock is put forward or back on the way: the end comes earlier, or later, or twice.
  let at = begun
  while (isQuiet(new Date(at), quiet, timeZone)) at += minuteMs
  return new Date(at)
}

export function isQuiet(moment: Date, { from, to }: QuietHours, timeZone: string): boolean {
  const minutes = minutesOf(moment, timeZone)
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to
}

function minutesLeft(moment: Date, { to }: QuietHours, timeZone: string): number {
  return (to - minutesOf(moment, timeZone) + dayMinutes) % dayMinutes
}

function minutesOf(moment: Date, timeZone: string): number {
  const [hours = 0, minutes = 0] = clockOf(timeZone).format(moment).split(':').map(Number)
  return hours * 60 + minutes
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  clocks.set(timeZone, made)
  return made
}
