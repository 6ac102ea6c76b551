/** What the domain's records must say of the mails, as the notifier sends them; nothing of it is secret. */
export type MailSetup = {
  /** Domain of the sender, and of where undeliverable mails come back to. */
  fromDomain: string
  returnDomain: string
  /** Host that mails are handed to; null where it is this machine. */
  server: string | null
  /** Who may be told by receivers what they saw of the domain. */
  reportsTo: string
  /** Null where mails are not signed. */
  dkim: { domain: string; selector: string; publicKey: string } | null
  /** Every mail goes to a tester instead (MAIL_ONLY_TO): customers get none, and what is sent counts as told. */
  toTester: boolean
}

/**
 * Whether two domains may speak for each other where nothing stricter is asked for: one within the other, or both within a
 * third. Without a list of public suffixes that is taken to have two labels.
 */
export function isAligned(domain: string, other: string): boolean {
  const [a, b] = [domain, other].map((one) => one.toLowerCase().split('.').slice(-2).join('.'))
  return a === b
}
