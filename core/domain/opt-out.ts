import type { Availability } from './availability.ts'
import type { NewsKind } from './news.ts'

/**
 * What a customer may do without: what they hold stays true, turns out better, or there is no word of it. What makes it
 * wrong to their harm is needed, and nobody can opt out of it.
 */
const needed: Record<NewsKind, boolean> = {
  discontinued: true,
  'sold-out': true,
  back: true,
  undated: true,
  // Who was told that there is no date was promised to hear of one.
  dated: true,
  delayed: true,
  widened: true,
  correction: true,
  arrived: false,
  earlier: false,
  refined: false,
  overdue: false,
}

/** Who was told that it is gone may have bought it elsewhere by now: that it comes after all is needed, however it comes. */
export function isNeeded({ kind, told }: { kind: NewsKind; told: Availability }): boolean {
  return needed[kind] || told.kind === 'sold-out' || told.kind === 'discontinued'
}
