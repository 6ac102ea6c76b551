import { nodeCron } from 'node-cron'

const dayMs = 86_400_000
const minutesOfDay = 1440
/** Two years, one of them a leap year, and a day, so that a yearly or seasonal schedule meets itself again. */
const daysLooked = 2 * 366 + 1
/** Every declaration asks for the same few schedules, and the days are many. */
const known = new Map<string, number | null>()

/**
 * The longest time between two ticks of a schedule, in seconds; null where it ticks less than once a year. Days are
 * taken as 24 hours: an hour more or less by summer time is nothing beside twice the gap that this is for.
 */
export function longestGapSeconds(cron: string): number | null {
  const found = known.get(cron)
  if (found !== undefined) return found
  const gap = findLongestGap(cron)
  known.set(cron, gap)
  return gap
}

/**
 * The shortest time between two ticks, in seconds, as if they came every day: how long a tick may be put off and still
 * come before the next.
 */
export function shortestGapSeconds(cron: string): number {
  const minutes = minutesThatMatch(cron)
  const overnight = minutesOfDay - (minutes.at(-1) ?? 0) + (minutes[0] ?? 0)
  return Math.min(overnight, ...stepsOf(minutes)) * 60
}

function findLongestGap(cron: string): number | null {
  const minutes = minutesThatMatch(cron)
  const [first] = minutes
  const last = minutes.at(-1)
  if (first === undefined || last === undefined) return null
  const days = daysThatMatch(cron, first)
  const betweenDays = Math.max(0, ...stepsOf(days)) * minutesOfDay - (last - first)
  return days.length < 2 ? null : Math.max(betweenDays, ...stepsOf(minutes)) * 60
}

function minutesThatMatch(cron: string): number[] {
  const { hour, minute } = nodeCron.parse(cron)
  return hour.flatMap((h) => minute.map((m) => h * 60 + m)).sort((a, b) => a - b)
}

/** Asks node-cron itself, in UTC, so that days of month and of week mean here what they mean to the schedule. */
function daysThatMatch(cron: string, minute: number): number[] {
  const task = nodeCron.createTask(cron, () => {}, { timezone: 'UTC' })
  const start = Date.UTC(2027, 0, 1) + minute * 60_000
  try {
    return Array.from({ length: daysLooked }, (_, day) => day).filter((day) =>
      task.match(new Date(start + day * dayMs)),
    )
  } finally {
    void task.destroy()
  }
}

function stepsOf(sorted: number[]): number[] {
  return sorted.slice(1).map((value, i) => value - (sorted[i] ?? value))
}
