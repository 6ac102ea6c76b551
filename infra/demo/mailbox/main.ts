import { live } from '#core/process/life.ts'
import { makeLogger } from '#core/process/log.ts'
import { readSettings } from '#core/process/settings.ts'
import { serveMailbox } from './app.ts'
import { settings } from './settings.ts'

const { MAILBOX_PORT, MAILBOX_SMTP_PORT, MAILBOX_STATE, LOG_FORMAT, LOG_LEVEL } = readSettings(settings)
const log = makeLogger({ name: 'mailbox', format: LOG_FORMAT, level: LOG_LEVEL })

await live(log, async (stack) => {
  const ports = { smtpPort: MAILBOX_SMTP_PORT, webPort: MAILBOX_PORT }
  const mailbox = await serveMailbox({ ...ports, folder: MAILBOX_STATE })
  stack.defer(() => mailbox.close())
  log.info(`the mailbox takes mails at ${mailbox.smtpUrl} and shows them at ${mailbox.url}`)
})
