import type { KeyObject } from 'node:crypto'
import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'
import { isAligned } from '#core/domain/mail-setup.ts'
import { fromFile } from './file-setting.ts'

/** Below this receivers take a signature for none (RFC 8301, 3.2). */
const leastBits = 1_024

/** How mails are signed, as settings of the notifier. */
export const dkimSettings = {
  DKIM_KEY_FILE: fromFile(signingKey)
    .optional()
    .describe('File (PEM) of the private RSA key that mails are signed with by DKIM; without it they are not signed'),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, { error: 'expected letters, digits and "-"' })
    .default('avizo')
    .describe('Under which name the public key is found, `avizo._domainkey.shop.cz`'),
  DKIM_DOMAIN: z.hostname().optional().describe('Domain that signs; where not given, that of `MAIL_FROM`'),
}

type DkimSettings = z.infer<z.ZodObject<typeof dkimSettings>>
export type Dkim = { domain: string; selector: string; key: KeyObject }

/** With what mails from this address are signed; undefined where they are not. */
export function dkimOf(settings: DkimSettings, fromDomain: string): Dkim | undefined {
  const { DKIM_KEY_FILE: key, DKIM_SELECTOR: selector, DKIM_DOMAIN: domain = fromDomain } = settings
  return key && { domain, selector, key }
}

/** What would have receivers find no signature of the sender's. */
export function checkDkim(settings: DkimSettings, fromDomain: string): [name: keyof DkimSettings, words: string][] {
  const { DKIM_DOMAIN: domain } = settings
  if (domain === undefined) return []
  if (settings.DKIM_KEY_FILE === undefined) return [['DKIM_KEY_FILE', 'DKIM_DOMAIN is given, but nothing signs']]
  if (isAligned(domain, fromDomain)) return []
  const words = `a signature of ${domain} says nothing of mails from ${fromDomain} (MAIL_FROM); leave it out`
  return [['DKIM_DOMAIN', words]]
}

/** A key that cannot sign would lead to mails without a signature, and to no error. */
function signingKey(text: string): KeyObject {
  const key = keyFrom(text)
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  const found =
    key.asymmetricKeyType === 'rsa' ? `RSA of ${modulusLength} bits` : `a key of kind ${key.asymmetricKeyType}`
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < leastBits)
    throw new Error(`${found} cannot sign; make one of RSA: ${howToMake}`)
  return key
}

function keyFrom(text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch (error) {
    const hint = text.includes('ENCRYPTED')
      ? 'it is encrypted; write it without a passphrase'
      : `make one: ${howToMake}`
    throw new Error(`no private key that can be read; ${hint}`, { cause: error })
  }
}

const howToMake = 'openssl genrsa -out dkim.pem 2048'
