import { X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { isLoopback } from '#core/process/shared-settings.ts'
import { checkDkim, dkimOf, dkimSettings } from './dkim-settings.ts'
import { fromFile } from './file-setting.ts'
import { addressOf, domainOf } from './mail-address.ts'
import type { MailServer } from './mail-connections.ts'
import type { Post } from './mailer.ts'

const count = (most: number) => z.coerce.number().int().min(1).max(most)
const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** How mails leave, as settings of the notifier. */
export const mailSettings = {
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .refine(isPlainAddress, {
      error: 'a "?", a path, or a "%" that stands for nothing; options are settings of their own',
    })
    .describe('Mail server, `smtp://user:password@host:587`; `smtps://` for TLS from the first byte'),
  SMTP_TLS: z
    .enum(['required', 'opportunistic', 'none'])
    .optional()
    .describe(
      'By `smtp://`: `required` demands STARTTLS with a valid certificate, `opportunistic` takes what is offered, ' +
        '`none` never asks. Where not given: opportunistic on loopback, else required',
    ),
  SMTP_CA: fromFile(certificates)
    .optional()
    .describe(
      "File (PEM) of the authorities that the mail server's certificate may come from, instead of the public ones",
    ),
  SMTP_NAME: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i, { error: 'expected the name of a host, such as avizo.shop.cz' })
    .optional()
    .describe("Name that the mail server is greeted with; where not given, the machine's"),
  SMTP_CONNECTIONS: count(50).default(5).describe('Connections to the mail server at the same time'),
  SMTP_PER_MINUTE: count(100_000)
    .optional()
    .describe(
      'Mails that a notifier hands over in a minute, at the most; without it, as many as the mail server takes',
    ),
  MAILS_PER_DAY: count(10_000_000)
    .optional()
    .describe("Mails to customers in a day of the shop's time zone, at the most; the rest waits for the next day"),
  MAIL_FROM: z
    .string()
    .refine(isSender, { error: 'expected an address such as "Shop <info@shop.cz>"' })
    .describe('Sender of the mails, `Shop <info@shop.cz>`'),
  MAIL_REPLY_TO: z
    .email()
    .optional()
    .describe(
      'Where answers of customers go; where not given, to `SHOP_CONTACT` if it is an address, else to the sender',
    ),
  MAIL_RETURN_PATH: z
    .email()
    .optional()
    .describe('Where mails that cannot be delivered come back to; where not given, to the address of `MAIL_FROM`'),
  PUBLIC_URL: z
    .url({ protocol: /^https$/ })
    .regex(/^[^?#]+$/, { error: 'expected no query' })
    .optional()
    .describe(
      'Where customers reach `/unsubscribe/` of the API, `https://shop.cz/avizo`; without it nobody can unsubscribe by mail',
    ),
  ...dkimSettings,
  MAIL_ONLY_TO: z
    .email()
    .optional()
    .describe(
      'To try out: every mail goes to this address instead, the true one in its subject. Customers get none, and hear ' +
        'nothing of it later either: what was sent counts as told',
    ),
}

export type MailSettings = z.infer<z.ZodObject<typeof mailSettings>>

/** What mails are sent with. */
export function postOf(settings: MailSettings): Post {
  const { MAIL_FROM: from, MAIL_RETURN_PATH: returnPath = addressOf(from) } = settings
  const dkim = dkimOf(settings, domainOf(from))
  return { server: mailServerOf(settings), returnPath, ...(dkim && { dkim }) }
}

/** The mail server, and how much it must prove before anything is said to it. */
function mailServerOf(settings: MailSettings): MailServer {
  const { SMTP_URL: url, SMTP_CA: ca, SMTP_NAME: name } = settings
  return { url, tls: tlsOf(settings), ...(ca !== undefined && { ca }), ...(name !== undefined && { name }) }
}

/** Whom answers of customers reach, if not the sender. */
export function replyToOf({ MAIL_REPLY_TO, SHOP_CONTACT }: MailSettings & { SHOP_CONTACT?: string | undefined }) {
  return MAIL_REPLY_TO ?? z.email().safeParse(SHOP_CONTACT).data
}

function tlsOf({ SMTP_URL, SMTP_TLS, SMTP_CA }: MailSettings): MailServer['tls'] {
  const { protocol, hostname } = new URL(SMTP_URL)
  if (SMTP_TLS !== undefined) return SMTP_TLS
  return protocol === 'smtps:' || SMTP_CA !== undefined || !isLoopback(hostname) ? 'required' : 'opportunistic'
}

/** What each of them allows and all together do not: for the schema of which these settings are a part. */
export function checkMail(settings: MailSettings): [name: keyof MailSettings, words: string][] {
  return [...checkTls(settings), ...checkDkim(settings, domainOf(settings.MAIL_FROM))]
}

function checkTls(settings: MailSettings): [name: keyof MailSettings, words: string][] {
  const { protocol, hostname, username } = new URL(settings.SMTP_URL)
  const tls = tlsOf(settings)
  if (tls === 'required') return []
  if (protocol === 'smtps:')
    return [['SMTP_TLS', `smtps:// is TLS always; leave SMTP_TLS=${tls} out, or write smtp://`]]
  if (username === '' || isLoopback(hostname)) return []
  return [['SMTP_TLS', `with ${tls} the password in SMTP_URL may cross the network unencrypted; set required`]]
}

/** The runtime takes a file without any certificate in silence, and then trusts nobody. */
function certificates(text: string): string {
  const found = text.match(pem) ?? []
  if (found.length === 0) throw new Error('no certificate in it; expected "-----BEGIN CERTIFICATE-----"')
  return found.map((one) => new X509Certificate(one).toString()).join('')
}

function isSender(from: string): boolean {
  return !/[\r\n]/.test(from) && z.email().safeParse(addressOf(from)).success
}

/** Options in the query would be read by nobody, and a password that cannot be decoded is known at once. */
function isPlainAddress(url: string): boolean {
  const { search, hash, pathname, username, password } = new URL(url)
  try {
    decodeURIComponent(username + password)
  } catch {
    return false
  }
  return search === '' && hash === '' && (pathname === '' || pathname === '/')
}
