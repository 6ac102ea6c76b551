import { hostname } from 'node:os'
import type { Logger } from '#core/process/log.ts'
import type { Store } from '#core/store/store.ts'
import type { Incidents } from './incidents.ts'

/** By so much a machine's clock may differ from the store's before somebody is to look at it. */
const troubleMs = 60_000
/** Less than this is the way there and back. */
const noticeableMs = 1_000

/** An answer that took longer says nothing: this process may have been frozen on the way there or on the way back. */
const longestAnswerMs = 2_000
const mostTries = 3

export type Clock = {
  now(): Date
  /** Asks the store anew what time it is; false where it took too long to say. */
  set(): Promise<boolean>
}
type Parts = {
  store: Pick<Store, 'time'>
  incidents: Pick<Incidents, 'open' | 'recovered'>
  log: Pick<Logger, 'warn'>
  elapsedMs?: () => number
  wallMs?: () => number
}

/**
 * The store's clock, as a process keeps it: notifiers on machines whose clocks differ agree on what time it is, and what
 * one of them writes is due when the others think so.
 */
export function makeClock({
  store,
  incidents,
  log,
  elapsedMs = () => performance.now(),
  wallMs = Date.now,
}: Parts): Clock {
  let ahead = 0
  // Whoever runs on one machine goes by one clock.
  const subject = `machine ${hostname()}`

  /** By how much this machine's clock is ahead of the store's; null where the answer took too long by either clock. */
  async function measure(): Promise<number | null> {
    const [began, asked] = [elapsedMs(), wallMs()]
    const time = (await store.time()).getTime()
    const [took, answered] = [elapsedMs() - began, wallMs()]
    // A machine that slept, or whose clock was set meanwhile, shows by the wall only.
    if (Math.max(took, Math.abs(answered - asked)) > longestAnswerMs) return null
    return (asked + answered) / 2 - time
  }

  async function measureInTime(): Promise<number | null> {
    for (let tries = 0; tries < mostTries; tries++) {
      const difference = await measure()
      if (difference !== null) return difference
    }
    return null
  }

  return {
    now: () => new Date(wallMs() - ahead),
    async set() {
      const difference = await measureInTime()
      if (difference === null) {
        log.warn(
          { ahead },
          `the store took too long to say what time it is, ${mostTries} times; what it said before stands`,
        )
        return false
      }
      ahead = Math.abs(difference) < noticeableMs ? 0 : difference
      if (Math.abs(difference) < troubleMs) {
        await incidents.recovered('clock', subject)
        return true
      }
      const words = `the clock of this notifier's machine is ${sayMinutes(difference)} the store's, which counts`
      await incidents.open({
        kind: 'clock',
        subject,
        words,
        hint: 'Set the clocks of both machines, by NTP',
      })
      return true
    },
  }
}

function sayMinutes(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000)
  return `${minutes} min ${milliseconds > 0 ? 'ahead of' : 'behind'}`
}
