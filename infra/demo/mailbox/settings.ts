import { z } from 'zod'
import { logFormat, logLevel, port } from '#core/process/shared-settings.ts'

export const settings = z.object({
  MAILBOX_PORT: port.default(8025).describe("Port of the demo mailbox's page and API"),
  MAILBOX_SMTP_PORT: port.default(1025).describe('Port that the demo mailbox takes mails at'),
  MAILBOX_STATE: z.string().default('var/demo/mailbox').describe('Folder that keeps the mails of the demo mailbox'),
  LOG_FORMAT: logFormat,
  LOG_LEVEL: logLevel,
})
export type Settings = z.infer<typeof settings>
