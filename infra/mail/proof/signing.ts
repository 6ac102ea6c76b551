import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { domainOf } from '#notifier/mail-address.ts'
import type { Environment } from '../../environment.ts'
import { orExample } from '../shop.ts'
import type { PublicKey } from './opendkim.ts'

/** What a shop's settings say of its mails, apart from the way that they leave by. */
const kept = ['MAIL_FROM', 'MAIL_REPLY_TO', 'MAIL_RETURN_PATH', 'SHOP_CONTACT', 'PUBLIC_URL']
const selector = 'proof'

/** The settings of the notifier with a key made for this once, which gives the public half, and with our own mail server. */
export function settingsWithKey(environment: Environment, { folder, port }: { folder: string; port: number }) {
  const given = orExample(environment)
  const file = join(folder, 'dkim.pem')
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
  const name = `${selector}._domainkey.${domainOf(given['MAIL_FROM'] ?? '')}`
  const settings: Environment = {
    PUBLIC_URL: 'https://shop.example/avizo',
    ...Object.fromEntries(kept.flatMap((one) => (given[one] ? [[one, given[one]]] : []))),
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    DKIM_KEY_FILE: file,
    DKIM_SELECTOR: selector,
  }
  return { settings, publicKey: { name, record } satisfies PublicKey }
}
