/**
 * Whether two titles may be of the same article: suppliers mend, shorten and lengthen titles, but a code that is given to
 * another article comes with other words. More than half of the shorter one's words must be in the other.
 */
export function resembles(a: string, b: string): boolean {
  const [shorter, longer] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.size - y.size) as [Set<string>, Set<string>]
  if (shorter.size === 0) return longer.size === 0
  const shared = [...shorter].filter((word) => longer.has(word) || [...longer].some((other) => alike(word, other)))
  return shared.length * 2 > shorter.size
}

/** A title without a word says nothing of the article. */
export function isBlankTitle(title: string): boolean {
  return wordsOf(title).size === 0
}

/** Numbers alone ("1/7", "2026") are shared by articles that have nothing else in common. */
function wordsOf(title: string): Set<string> {
  const plain = title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? []
  const named = words.filter((word) => /\p{L}/u.test(word))
  return new Set(named.length > 0 ? named : words)
}

/** The same word in another form, or cut short: "figurka" and "figurky", "Nightingale" and "Nighting". */
function alike(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  const stem = Math.max(4, length - 2)
  return length >= 4 && a.slice(0, stem) === b.slice(0, stem)
}
