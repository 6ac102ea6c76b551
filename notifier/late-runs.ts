/** For how long a run is seen late before it is called so: what it said may wait in a queue, or at a store that is away. */
const backlogMs = 20_000
/** Of the time between two looks no more counts: store and broker may have been away, or this process frozen. */
const mostBetweenLooksMs = 10_000

export type LateRuns = ReturnType<typeof makeLateRuns>
type Parts = { isConnected(): boolean; elapsedMs?: () => number }

/** Remembers since when this process sees runs late while it could have heard of them. */
export function makeLateRuns({ isConnected, elapsedMs = () => performance.now() }: Parts) {
  const seen = new Map<string, number>()
  let lastLook: number | null = null

  function forget(): void {
    seen.clear()
    lastLook = null
  }

  return {
    forget,

    /** Of the runs that are late now, those that were so for long enough. */
    ripe<T extends { id: string }>(late: T[]): T[] {
      if (!isConnected()) forget()
      const moment = elapsedMs()
      const watched = lastLook === null ? 0 : Math.min(moment - lastLook, mostBetweenLooksMs)
      lastLook = moment
      const known = new Map(seen)
      seen.clear()
      for (const { id } of late) {
        const before = known.get(id)
        seen.set(id, before === undefined ? 0 : before + watched)
      }
      return late.filter(({ id }) => (seen.get(id) ?? 0) >= backlogMs)
    },
  }
}
