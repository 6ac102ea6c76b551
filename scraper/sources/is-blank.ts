/** Only spaces, dashes or dots: it says nothing, or nothing yet. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Pd}.…]*$/u.test(text)
}
