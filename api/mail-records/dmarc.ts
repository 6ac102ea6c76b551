import type { MailSetup } from '#core/domain/mail-setup.ts'
import { isAligned } from '#core/domain/mail-setup.ts'
import type { Look, MailRecord, Tags, Verdict } from './record.ts'
import { judge, ok, tagsOf, wrong } from './record.ts'

const policies = ['none', 'quarantine', 'reject']

/** What receivers do with mails of a domain that neither SPF nor DKIM speaks for (RFC 7489). */
export async function checkDmarc(setup: MailSetup, look: Look): Promise<MailRecord> {
  const { fromDomain } = setup
  const labels = fromDomain.split('.')
  const own = `_dmarc.${fromDomain}`
  const value = `v=DMARC1; p=none; rua=mailto:${setup.reportsTo}`
  // A domain without a record of its own has that of the nearest one above it.
  for (let above = 0; above <= Math.max(0, labels.length - 2); above++) {
    const name = `_dmarc.${labels.slice(above).join('.')}`
    const one = (text: string) => judgeDmarc(tagsOf(text), setup, name !== own)
    const judged = judge(await look(name), /^v\s*=\s*DMARC1(;|\s|$)/i, one)
    if (judged.state === 'skipped') return { what: 'DMARC', name, value, ...judged }
    if (judged.state !== 'missing') return { what: 'DMARC', name, value: null, ...judged }
  }
  return { what: 'DMARC', name: own, value, found: [], state: 'missing', words: howToCreate(setup) }
}

function howToCreate({ fromDomain, reportsTo }: MailSetup): string {
  const words = 'there is none: create it; once the reports show only mails of yours, p=quarantine'
  const readers = reportsTo.slice(reportsTo.lastIndexOf('@') + 1)
  if (isAligned(readers, fromDomain)) return words
  return `${words}; reports come to ${readers} only where ${fromDomain}._report._dmarc.${readers} says v=DMARC1`
}

/** `isAbove`: it was made for a domain above, and may say another policy for those below. */
function judgeDmarc({ v, p = '', sp, adkim, aspf, pct = '100' }: Tags, setup: MailSetup, isAbove: boolean): Verdict {
  if (v !== 'DMARC1') return wrong('v= must be DMARC1, in capitals')
  const [tag, said] = isAbove && sp !== undefined ? ['sp', sp] : ['p', p]
  for (const [name, policy] of [
    ['p', p],
    [tag, said],
  ] as const)
    // prettier-ignore
    if (!policies.includes(policy.toLowerCase())) return wrong(`${name}= must be none, quarantine or reject`)
  const spoken = judgeAligned({ adkim, aspf }, setup)
  if (spoken.state === 'wrong') return spoken
  const share = pct === '100' ? '' : `, ${pct} % of them`
  const outcome =
    said.toLowerCase() === 'none'
      ? `it only watches: ${tag}=none`
      : `mails of ${setup.fromDomain} that nothing speaks for are handled as ${tag}=${said}${share}`
  return ok([outcome, spoken.words].filter((words) => words !== '').join('; '))
}

/** Whether the signature, or where mails come back to, is of the sender as this record asks for it. */
function judgeAligned({ adkim, aspf }: Tags, { fromDomain, returnDomain, dkim }: MailSetup): Verdict {
  if (dkim !== null && speaksFor(dkim.domain, fromDomain, adkim)) return ok('')
  const advice = dkim === null ? 'set DKIM_KEY_FILE' : 'leave DKIM_DOMAIN out'
  if (!speaksFor(returnDomain, fromDomain, aspf))
    return wrong(`by it neither a signature nor ${returnDomain} speaks for ${fromDomain}: ${advice}`)
  return ok(`by it only the SPF record of ${returnDomain} speaks for them, which forwarded mails lose: ${advice}`)
}

function speaksFor(domain: string, from: string, mode: string | undefined): boolean {
  return mode?.toLowerCase() === 's' ? domain.toLowerCase() === from.toLowerCase() : isAligned(domain, from)
}
