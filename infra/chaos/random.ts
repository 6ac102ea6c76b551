import { createHash } from 'node:crypto'

export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number below the given one. */
  below(most: number): number
  pick<T>(list: readonly T[]): T
  chance(share: number): boolean
}

/** The same row of numbers for the same names, in whatever process it is asked for. */
export function randomOf(...names: (string | number)[]): Random {
  let state = createHash('sha256').update(names.join('/')).digest().readUInt32LE()
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return {
    next,
    below,
    pick<T>(list: readonly T[]): T {
      const picked = list[below(list.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    chance: (share) => next() < share,
  }
}

export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((one) => ({ one, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
}
