import { hostname } from 'node:os'
import type { Store } from '#core/store/store.ts'
import type { Incidents } from './incidents.ts'

/** By so much a machine's clock may differ from the store's before somebody is to look at it. */
const troubleMs = 60_000
/** Less than this is the way there and back. */
const noticeableMs = 1_000

export type Clock = {
  now(): Date
  /** Asks the store anew what time it is. */
  set(): Promise<void>
}

/**
 * The store's clock, as a process keeps it: notifiers on machines whose clocks differ agree on what time it is, and what
 * one of them writes is due when the others think so.
 */
export function makeClock(store: Pick<Store, 'time'>, incidents: Pick<Incidents, 'open' | 'recovered'>): Clock {
  let ahead = 0
  // Whoever runs on one machine goes by one clock.
  const subject = `machine ${hostname()}`

  return {
    now: () => new Date(Date.now() - ahead),
    async set() {
      const asked = Date.now()
      const time = (await store.time()).getTime()
      const difference = (asked + Date.now()) / 2 - time
      ahead = Math.abs(difference) < noticeableMs ? 0 : difference
      if (Math.abs(difference) < troubleMs) return incidents.recovered('clock', subject)
      const words = `the clock of this notifier's machine is ${sayMinutes(difference)} the store's, which counts`
      await incidents.open({
        kind: 'clock',
        subject,
        words,
        hint: 'Set the clocks of both machines, by NTP',
      })
    },
  }
}

function sayMinutes(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000)
  return `${minutes} min ${milliseconds > 0 ? 'ahead of' : 'behind'}`
}
