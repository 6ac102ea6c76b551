import { createHash } from 'node:crypto'

const minute = 60_000
const mostMinutes = 8 * 24 * 60

/** The last minute, up to now, that the schedule names; null where there was none for eight days. */
export function lastTick(isTick: (moment: Date) => boolean, now: Date): Date | null {
  const first = Math.floor(now.getTime() / minute) * minute
  for (let back = 0; back <= mostMinutes; back++) {
    const moment = new Date(first - back * minute)
    if (isTick(moment)) return moment
  }
  return null
}

/** How long after its tick a run is proposed: not the same for all suppliers, the same on all scrapers. */
export function jitterMs(id: string, jitterSeconds: number): number {
  const dice = createHash('sha256').update(id).digest().readUInt32BE()
  return Math.floor((dice / 2 ** 32) * jitterSeconds * 1000)
}
