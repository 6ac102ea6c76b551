import type { Environment } from '../environment.ts'
import { isForDemo, placesOf } from '../settings.ts'
import { readStarted } from '../started.ts'
import { orExample } from './shop.ts'

type Post = { environment: Environment; mailbox?: string }

/**
 * The settings that test mails go by: as given, or where the demo is meant and no mail server is set, those of its mailbox,
 * at the address of its page. Mails can be seen before anything is set up.
 */
export function orDemoMailbox(environment: Environment): Post {
  if (environment['SMTP_URL'] || !isForDemo(environment)) return { environment }
  const started = readStarted(placesOf(environment))
  if (started?.mode !== 'demo') {
    throw new Error(
      'No mail server is set, and no demo runs here. Set SMTP_URL and MAIL_FROM, or npm start: the mailbox of the demo takes such mails.',
    )
  }
  const { smtpPort, mailbox } = started.addresses
  return { environment: { ...orExample(environment), SMTP_URL: `smtp://127.0.0.1:${smtpPort}` }, mailbox }
}
