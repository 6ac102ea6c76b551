import type { MailSetup } from '#core/domain/mail-setup.ts'
import type { Look, MailRecord, Tags, Verdict } from './record.ts'
import { judge, ok, tagsOf, wrong } from './record.ts'

/** The key that receivers look at the signature with (RFC 6376). */
export async function checkDkim({ dkim, fromDomain, server }: MailSetup, look: Look): Promise<MailRecord> {
  if (dkim === null) {
    const todo = 'make a key (openssl genrsa -out dkim.pem 2048), and set DKIM_KEY_FILE'
    const unknown = { what: 'DKIM' as const, name: `avizo._domainkey.${fromDomain}`, value: null, found: [] }
    if (server === null) return { ...unknown, state: 'missing', words: `mails are not signed: ${todo}` }
    // Many a server signs what it relays, and by which key only its operator knows.
    return {
      ...unknown,
      state: 'skipped',
      words: `whether ${server} signs mails is not known; if it does not, ${todo}`,
    }
  }
  const { domain, selector, publicKey } = dkim
  const name = `${selector}._domainkey.${domain}`
  const judged = judge(await look(name), /(^|;)\s*p\s*=/, (text) => judgeDkim(tagsOf(text), publicKey))
  return { what: 'DKIM', name, value: `v=DKIM1; k=rsa; p=${publicKey}`, ...judged }
}

function judgeDkim({ v = 'DKIM1', k = 'rsa', p, h, s = '*', t = '' }: Tags, publicKey: string): Verdict {
  const services = s.split(':')
  if (v !== 'DKIM1') return wrong(`v= must be DKIM1, and is ${v}`)
  if (p === '') return wrong('the key was withdrawn: p= is empty')
  if (p !== publicKey || k !== 'rsa') return wrong('it is of another key than DKIM_KEY_FILE: no signature is good')
  if (h !== undefined && !h.split(':').includes('sha256'))
    return wrong(`h=${h} leaves out sha256, which mails are signed with: take it out`)
  if (!services.includes('*') && !services.includes('email')) return wrong(`s=${s} is not for mail: take it out`)
  if (t.split(':').includes('y')) return wrong('t=y says that it is only a test: take it out')
  return ok('it is of the key that signs')
}
