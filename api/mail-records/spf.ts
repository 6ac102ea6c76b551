import { isIP, isIPv4, isIPv6 } from 'node:net'
import type { MailSetup } from '#core/domain/mail-setup.ts'
import type { Look, MailRecord, Verdict } from './record.ts'
import { judge, ok, wrong } from './record.ts'

/** Receivers that had to ask for more than so many terms give up (RFC 7208, 4.6.4). */
const mostAsked = 10

/** Who may send mails that come back to this domain (RFC 7208). */
export async function checkSpf({ returnDomain, server }: MailSetup, look: Look): Promise<MailRecord> {
  const host = server !== null && isReached(server) ? server : null
  const sender = senderOf(host)
  const judged = judge(await look(returnDomain), /^v=spf1( |$)/i, (text) => judgeSpf(text, { returnDomain, host }))
  const record = { what: 'SPF' as const, name: returnDomain, ...judged }
  if (judged.state === 'ok' || judged.state === 'wrong') return { ...record, value: null }
  const words = [judged.words, ...whatElse(host, returnDomain)].join('; ')
  return { ...record, value: `v=spf1 ${sender} ~all`, words }
}

function whatElse(host: string | null, returnDomain: string): string[] {
  const ofHost = `the operator of ${host} usually says what to write instead of ${senderOf(host)} (an include:)`
  return [...(host === null ? [] : [ofHost]), `whoever else sends mails of ${returnDomain} must be in it too`]
}

/** How a record names where mails leave from; a host within a network leaves by an address that is not known here. */
function senderOf(host: string | null): string {
  if (host === null) return 'ip4:<address that mails leave from>'
  return isIP(host) === 0 ? `a:${host}` : `ip${isIP(host)}:${host}`
}

const inside =
  /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|^f[cd][\da-f]{2}:|^fe80:|\.(local|internal|lan|home\.arpa)$/i

/** Whether receivers see that very host: neither a name nor an address of a network of one's own. */
function isReached(server: string): boolean {
  return /[.:]/.test(server) && !inside.test(server)
}

type Sender = { returnDomain: string; host: string | null }

function judgeSpf(text: string, { returnDomain, host }: Sender): Verdict {
  const terms = text.toLowerCase().split(/ +/).slice(1).filter((term) => term !== '') // prettier-ignore
  const unknown = terms.find((term) => !isTerm(term))
  if (unknown !== undefined) return wrong(`"${unknown}" is no term of SPF, which spoils the whole record`)
  const end = terms.findIndex((term) => /^[-+~?]?all$/.test(term))
  const all = terms[end]
  if (all === 'all' || all === '+all') return wrong('it lets the whole world send: end it with ~all')
  const isElsewhere = all === undefined && terms.some((term) => term.startsWith('redirect='))
  if (all === undefined && !isElsewhere) return wrong('it does not say what of others: end it with ~all')
  // What stands after "all" is not read.
  const read = all === undefined ? terms : terms.slice(0, end)
  const asked = read.filter((term) => /^([-+~?]?(a|mx|ptr|exists|include)([:/]|$)|redirect=)/.test(term)).length
  if (asked > mostAsked)
    return wrong(`${asked} of its terms have name servers asked, and receivers stop at ${mostAsked}`)
  return judgeSenders(read.filter(isYes), { all, isElsewhere, returnDomain, host })
}

type Read = Sender & { all: string | undefined; isElsewhere: boolean }

function judgeSenders(senders: string[], { all, isElsewhere, returnDomain, host }: Read): Verdict {
  const from = host ?? 'where mails leave from'
  if (senders.length === 0 && !isElsewhere) {
    const said = host === null ? '' : ', or what its operator says,'
    return wrong(`by it nobody may send mails of ${returnDomain}: put ${senderOf(host)}${said} before ${all}`)
  }
  const named = senders.map((term) => term.replace(/^\+/, ''))
  const isNamed = named.includes(senderOf(host).toLowerCase()) || (named.includes('a') && host === returnDomain)
  if (host !== null && isNamed) return ok(`it names ${host}: good where mails leave from there, and from no other host`)
  const saying = host === null ? '' : ', whose operator says what to include,'
  return ok(`it is there; whether it covers ${from}${saying} cannot be seen from here`)
}

/** By this term somebody may send. */
function isYes(term: string): boolean {
  return /^\+?(a|mx|ptr|ip4|ip6|exists|include)([:/]|$)/.test(term)
}

function isTerm(term: string): boolean {
  if (/^[a-z][a-z0-9._-]*=/.test(term)) return true
  const [, name, value] = /^[-+~?]?([a-z0-9]+)(?::(%.*|[^/]+))?(?:\/[\d/]+)?$/.exec(term) ?? []
  switch (name) {
    case 'all':
      return value === undefined
    case 'ip4':
      return isIPv4(value ?? '')
    case 'ip6':
      return isIPv6(value ?? '')
    case 'include':
    case 'exists':
      return value !== undefined && isName(value)
    case 'a':
    case 'mx':
    case 'ptr':
      return value === undefined || isName(value)
    default:
      return false
  }
}

/** A name with macros may come to anything; another has dots, and does not end like an address. */
function isName(value: string): boolean {
  return value.includes('%') || /^[^.].*\.[a-z\d-]*[a-z-][a-z\d-]*\.?$/.test(value)
}
