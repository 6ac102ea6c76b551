/** The bare address of a sender, be it written with a name or without. */
export function addressOf(from: string): string {
  return (/<([^<>]*)>\s*$/.exec(from)?.[1] ?? from).trim()
}

/** What comes after the `@` of a sender. */
export function domainOf(from: string): string {
  const address = addressOf(from)
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}
