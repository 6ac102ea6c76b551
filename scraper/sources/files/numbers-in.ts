/** Whole numbers in a text, thousands grouped by a space, a point or a comma. */
export function numbersIn(text: string): number[] {
  const found = text.match(/\d+(?:[ \u00a0\u202f.,]\d{3}(?!\d))*/g) ?? []
  return found.map((digits) => Number(digits.replaceAll(/\D/g, '')))
}
