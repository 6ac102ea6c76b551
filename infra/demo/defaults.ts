import { isLoopback } from '#core/process/shared-settings.ts'
import type { Environment } from '../environment.ts'
import { account as hurtownia } from './hurtownia/account.ts'
import { account as kontor } from './kontor/account.ts'
import { account as northpine } from './northpine/account.ts'
import { account } from './portal/account.ts'
import type { Settings as PortalSettings } from './portal/settings.ts'
import { demoState } from './processes.ts'
import type { Places } from '../places.ts'

export const demoSuppliers = 'infra/demo/suppliers'

export type PortalPorts = Pick<PortalSettings, 'PORTAL_PORT' | 'HURTOWNIA_PORT' | 'KONTOR_PORT' | 'NORTHPINE_PORT'>
/** Who tries the demo wants to see the mail now. */
export const noWaiting = { QUIET_HOURS: 'none', DIGEST_HOURS: '0', MAIL_EVERY_HOURS: '0' }

type World = { places: Places; key: string; portals: PortalPorts; smtpPort: number }

/** Settings that the demo fills in where they are not given: its own portal, mailbox, key and addresses. */
export function demoDefaults({ places, key, portals, smtpPort }: World): Environment {
  return {
    ...demoState(places),
    SCRAPER_SESSIONS_DIR: places.sessions,
    SCRAPER_SESSION_KEY: `sessions of ${key}`,
    SUPPLIERS_DIR: demoSuppliers,
    ...supplier('DEMO', portals.PORTAL_PORT, account),
    ...supplier('HURTOWNIA', portals.HURTOWNIA_PORT, hurtownia),
    ...supplier('KONTOR', portals.KONTOR_PORT, kontor),
    ...supplier('NORTHPINE', portals.NORTHPINE_PORT, northpine),
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: 'Avizo demo <avizo@demo.example>',
    ADMIN_EMAIL: 'admin@demo.example',
    // Of sixty orders a fifth is nothing to somebody who plays with the portal.
    HOURLY_SHARE: '1',
    SHOP_NAME: 'Avizo demo',
    API_KEY: key,
    ...noWaiting,
  }
}

type Account = { username: string; password: string; totp?: string }

function supplier(id: string, port: number, { username, password, totp }: Account): Environment {
  const own = {
    ADDRESS: `http://127.0.0.1:${port}`,
    USERNAME: username,
    PASSWORD: password,
    ...(totp && { TOTP: totp }),
  }
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [`SUPPLIER_${id}_${name}`, value]))
}

/** The demo invents its customers: a mail server that could reach anybody is refused. */
export function mailServerProblem(smtpUrl: string | undefined): string[] {
  if (!smtpUrl || !URL.canParse(smtpUrl) || isLoopback(new URL(smtpUrl).hostname)) return []
  return [
    'SMTP_URL: the demo sends to its own mailbox only, so a host off loopback is refused; leave it out or set MODE=shop',
  ]
}
