import type { MailSetup } from '#core/domain/mail-setup.ts'
import { checkDkim } from './mail-records/dkim.ts'
import { checkDmarc } from './mail-records/dmarc.ts'
import type { MailRecord, Texts } from './mail-records/record.ts'
import { checkSpf } from './mail-records/spf.ts'

/** The questions that are asked of name servers: those of `node:dns/promises`. */
export type NameServers = {
  resolveNs(name: string): Promise<string[]>
  resolveTxt(name: string): Promise<string[][]>
}

/** `hasNetwork`: whether name servers can be reached from here. */
export type MailSeen = { domain: string; toTester: boolean; hasNetwork: boolean; records: MailRecord[] }

/** Compares the records by which receivers know the mails with those that there are; by the caller's name servers alone. */
export async function checkMail(setup: MailSetup, ask: NameServers): Promise<Pick<MailSeen, 'hasNetwork' | 'records'>> {
  const hasNetwork = await answers(ask)
  const look = hasNetwork ? (name: string) => textsOf(ask, name) : async () => noNetwork
  const records = await Promise.all([checkSpf(setup, look), checkDkim(setup, look), checkDmarc(setup, look)])
  return { hasNetwork, records }
}

const noNetwork: Texts = { failed: 'this machine reaches no name server, so nothing was looked at' }

/** Where there is no network every name looks as if there were no such record; the root's name servers are there always. */
async function answers({ resolveNs }: NameServers): Promise<boolean> {
  return resolveNs('.').then(
    (list) => list.length > 0,
    () => false,
  )
}

async function textsOf({ resolveTxt }: NameServers, name: string): Promise<Texts> {
  try {
    return { texts: (await resolveTxt(name)).map((parts) => parts.join('')) }
  } catch (error) {
    const { code = String(error) } = error as { code?: string }
    return code === 'ENOTFOUND' || code === 'ENODATA' ? { texts: [] } : { failed: `no answer came for it (${code})` }
  }
}
