/** An EAN with its check digit. Those that begin with 2 are for use inside a company and belong to no real article. */
export function ean13(twelveDigits: number): string {
  return withCheckDigit(String(twelveDigits))
}

/** The same for a UPC of twelve digits; those that begin with 4 are for use inside a company. */
export function upc12(elevenDigits: number): string {
  return withCheckDigit(String(elevenDigits))
}

/** Every second digit counts three times, the last before the check digit among them. */
function withCheckDigit(body: string): string {
  const sum = Array.from(body)
    .toReversed()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}
