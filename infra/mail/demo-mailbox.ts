import type { Environment } from '../environment.ts'
import { placesIn } from '../places.ts'
import { readStarted } from '../started.ts'
import { orExample } from './shop.ts'

/** Where no mail server is set, the mailbox of the demo that was started here: mails can be seen before anything is set up. */
export function orDemoMailbox(environment: Environment): Environment {
  if (environment['SMTP_URL']) return environment
  const started = readStarted(placesIn(environment['VAR_DIR'] ?? 'var'))
  if (started?.mode !== 'demo') return environment
  return { ...orExample(environment), SMTP_URL: `smtp://127.0.0.1:${started.addresses.smtpPort}` }
}
