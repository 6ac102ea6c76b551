type Watched = {
  declaration: { schedule: { longestGapSeconds?: number | undefined } }
  lastAccepted: { requestedAt: Date } | null
  knownSince: Date
}

/** How long a supplier may go without an accepted run: twice the longest gap of its schedule; null where it has none. */
export function silenceLimitSeconds({ declaration }: Pick<Watched, 'declaration'>): number | null {
  const gap = declaration.schedule.longestGapSeconds
  return gap === undefined ? null : 2 * gap
}

/** The request of the last accepted run; where there was none yet, since when the supplier is known. */
export function lastHeard({ lastAccepted, knownSince }: Omit<Watched, 'declaration'>): Date {
  return lastAccepted?.requestedAt ?? knownSince
}

/** A stale supplier says nothing about now (RULES section 2). */
export function isStale(supplier: Watched, now: Date): boolean {
  const limit = silenceLimitSeconds(supplier)
  return limit !== null && now.getTime() - lastHeard(supplier).getTime() > limit * 1000
}
