/**
 * A set of item codes in eight bytes each, however long they are: of a million codes a set of strings would take the memory
 * of all else together. Two codes are taken for one where all 53 bits of their hashes are the same: in a table of a million
 * that happens in one run of twenty thousand, and then one item that is gone counts as there until the next run.
 */
export class CodeSet {
  size = 0
  #slots = new Float64Array(1_024)

  add(code: string): void {
    if (this.size * 2 >= this.#slots.length) this.#grow()
    const hash = hashOf(code)
    const slot = slotOf(this.#slots, hash)
    if (this.#slots[slot] === hash) return
    this.#slots[slot] = hash
    this.size += 1
  }

  has(code: string): boolean {
    const hash = hashOf(code)
    return this.#slots[slotOf(this.#slots, hash)] === hash
  }

  #grow(): void {
    const wider = new Float64Array(this.#slots.length * 2)
    for (const hash of this.#slots) if (hash !== 0) wider[slotOf(wider, hash)] = hash
    this.#slots = wider
  }
}

/** Where a hash lies, or the free slot where it would. Lengths are powers of two. */
function slotOf(slots: Float64Array, hash: number): number {
  const mask = slots.length - 1
  let slot = hash % slots.length
  while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask
  return slot
}

/** 53 bits by multiplication and rotation (the public-domain cyrb53); never 0, which means a free slot. */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 2_654_435_761)
    low = Math.imul(low ^ unit, 1_597_334_677)
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0) || 1
}
