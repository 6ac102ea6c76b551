import { createPublicKey } from 'node:crypto'
import type { MailSetup } from '#core/domain/mail-setup.ts'
import { isLoopback } from '#core/process/shared-settings.ts'
import type { Dkim } from './dkim-settings.ts'
import { domainOf } from './mail-address.ts'
import { postOf } from './mail-settings.ts'
import type { Settings } from './settings.ts'

/** What `avizo mail check` must know of these settings: the API has none of them. */
export function mailSetupOf(settings: Settings): MailSetup {
  const { returnPath, server, dkim } = postOf(settings)
  const { hostname } = new URL(server.url)
  return {
    fromDomain: domainOf(settings.MAIL_FROM),
    returnDomain: domainOf(returnPath),
    // URLs write addresses of version 6 in brackets.
    server: isLoopback(hostname) ? null : hostname.replaceAll(/[[\]]/g, ''),
    reportsTo: settings.ADMIN_EMAIL,
    dkim: dkim ? publicOf(dkim) : null,
    toTester: settings.MAIL_ONLY_TO !== undefined,
  }
}

function publicOf({ domain, selector, key }: Dkim): MailSetup['dkim'] {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
  return { domain, selector, publicKey }
}
