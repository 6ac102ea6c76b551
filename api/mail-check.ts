import type { MailSetup } from '#core/domain/mail-setup.ts'
import { isAligned } from '#core/domain/mail-setup.ts'

/** The questions that are asked of name servers: those of `node:dns/promises`. */
export type NameServers = {
  resolveNs(name: string): Promise<string[]>
  resolveTxt(name: string): Promise<string[][]>
}

/** One record of the domain: what it should say, and what is there. */
export type MailRecord = {
  what: 'SPF' | 'DKIM' | 'DMARC'
  name: string
  /** As to be created; null where there is nothing to say yet. */
  value: string | null
  found: string[]
  state: 'ok' | 'missing' | 'wrong' | 'skipped'
  words: string
}

/** `hasNetwork`: whether name servers can be reached from here. */
export type MailSeen = { domain: string; toTester: boolean; hasNetwork: boolean; records: MailRecord[] }

/** Compares the records that let receivers trust the mails with those that there are; by the caller's name servers alone. */
export async function checkMail(setup: MailSetup, ask: NameServers): Promise<Pick<MailSeen, 'hasNetwork' | 'records'>> {
  const hasNetwork = await answers(ask)
  const look = hasNetwork ? (name: string) => textsOf(ask, name) : async () => noNetwork
  const records = await Promise.all([checkSpf(setup, look), checkDkim(setup, look), checkDmarc(setup, look)])
  return { hasNetwork, records }
}

type Seen = { texts: string[] } | { failed: string }
type Look = (name: string) => Promise<Seen>

const noNetwork: Seen = { failed: 'this machine reaches no name server, so nothing was looked at' }

/** Where there is no network every name looks as if there were no such record; the root's name servers are there always. */
async function answers({ resolveNs }: NameServers): Promise<boolean> {
  return resolveNs('.').then(
    (list) => list.length > 0,
    () => false,
  )
}

async function textsOf({ resolveTxt }: NameServers, name: string): Promise<Seen> {
  try {
    return { texts: (await resolveTxt(name)).map((parts) => parts.join('')) }
  } catch (error) {
    const { code = String(error) } = error as { code?: string }
    return code === 'ENOTFOUND' || code === 'ENODATA' ? { texts: [] } : { failed: `no answer came for it (${code})` }
  }
}

type Verdict = Pick<MailRecord, 'state' | 'words'>

/** Several records of a kind are taken for none by receivers. */
function judge(seen: Seen, begin: RegExp, one: (text: string) => Verdict): Verdict & { found: string[] } {
  if ('failed' in seen) return { found: [], state: 'skipped', words: seen.failed }
  const found = seen.texts.filter((text) => begin.test(text))
  const [text, ...more] = found
  if (text === undefined) return { found, state: 'missing', words: 'there is none: create it' }
  if (more.length > 0)
    return { found, state: 'wrong', words: `there are ${found.length}, which counts as none: leave one` }
  return { found, ...one(text) }
}

async function checkSpf({ returnDomain, server }: MailSetup, look: Look): Promise<MailRecord> {
  const sender = server === null ? 'ip4:<address of this machine>' : `a:${server}`
  const judged = judge(await look(returnDomain), /^v=spf1( |$)/i, (text) => judgeSpf(text, server))
  return { what: 'SPF', name: returnDomain, value: `v=spf1 ${sender} ~all`, ...judged }
}

function judgeSpf(text: string, server: string | null): Verdict {
  const terms = text.toLowerCase().split(/ +/).slice(1)
  if (terms.some((term) => /^\+?all$/.test(term))) return { state: 'wrong', words: 'it lets the whole world send: end it with ~all' } // prettier-ignore
  if (!terms.some((term) => /^[-~?]all$|^redirect=/.test(term)))
    return { state: 'wrong', words: 'it does not say what of others: end it with ~all' }
  if (server !== null && terms.includes(`a:${server.toLowerCase()}`))
    return { state: 'ok', words: `it names ${server}` }
  const from = server === null ? 'this machine' : server
  return { state: 'ok', words: `it is there; whether it covers ${from}, whose operator says what to include, is not known` } // prettier-ignore
}

async function checkDkim({ dkim, fromDomain }: MailSetup, look: Look): Promise<MailRecord> {
  if (dkim === null) {
    const words = 'mails are not signed: make a key (openssl genrsa -out dkim.pem 2048), and set DKIM_KEY_FILE'
    return { what: 'DKIM', name: `avizo._domainkey.${fromDomain}`, value: null, found: [], state: 'missing', words }
  }
  const { domain, selector, publicKey } = dkim
  const name = `${selector}._domainkey.${domain}`
  const judged = judge(await look(name), /(^|;)\s*p\s*=/i, (text) => judgeDkim(tagsOf(text), publicKey))
  return { what: 'DKIM', name, value: `v=DKIM1; k=rsa; p=${publicKey}`, ...judged }
}

function judgeDkim({ p = '', t = '' }: Tags, publicKey: string): Verdict {
  if (p === '') return { state: 'wrong', words: 'the key was withdrawn: p= is empty' }
  if (p !== publicKey) return { state: 'wrong', words: 'it is of another key than DKIM_KEY_FILE: no signature is good' }
  if (t.split(':').includes('y')) return { state: 'wrong', words: 't=y says that it is only a test: take it out' }
  return { state: 'ok', words: 'it is of the key that signs' }
}

/** A domain without a record of its own has that of the nearest one above it. */
async function checkDmarc(setup: MailSetup, look: Look): Promise<MailRecord> {
  const { fromDomain, reportsTo } = setup
  const value = `v=DMARC1; p=none; rua=mailto:${reportsTo}`
  const labels = fromDomain.split('.')
  for (let above = 0; above <= Math.max(0, labels.length - 2); above++) {
    const name = `_dmarc.${labels.slice(above).join('.')}`
    const judged = judge(await look(name), /^v\s*=\s*DMARC1(;|\s|$)/i, (text) => judgeDmarc(tagsOf(text), setup))
    if (judged.state !== 'missing') return { what: 'DMARC', name, value, ...judged }
  }
  const words = 'there is none: create it; once the reports show only mails of yours, p=quarantine'
  return { what: 'DMARC', name: `_dmarc.${fromDomain}`, value, found: [], state: 'missing', words }
}

function judgeDmarc({ p = '', adkim, aspf }: Tags, { fromDomain, returnDomain, dkim }: MailSetup): Verdict {
  if (!['none', 'quarantine', 'reject'].includes(p.toLowerCase()))
    return { state: 'wrong', words: 'p= must be none, quarantine or reject' }
  const isSigned = dkim !== null && speaksFor(dkim.domain, fromDomain, adkim)
  if (!isSigned && !speaksFor(returnDomain, fromDomain, aspf))
    return { state: 'wrong', words: `by it neither the signature nor ${returnDomain} speaks for ${fromDomain}` }
  if (p.toLowerCase() === 'none') return { state: 'ok', words: 'it only watches: p=none' }
  return { state: 'ok', words: `what is not from ${fromDomain} is handled as ${p}` }
}

function speaksFor(domain: string, from: string, mode: string | undefined): boolean {
  return mode?.toLowerCase() === 's' ? domain === from : isAligned(domain, from)
}

type Tags = Record<string, string | undefined>

function tagsOf(text: string): Tags {
  const tags = text.split(';').map((tag) => tag.split(/=(.*)/s))
  return Object.fromEntries(tags.map(([name = '', value = '']) => [name.trim(), value.replaceAll(/\s/g, '')]))
}
