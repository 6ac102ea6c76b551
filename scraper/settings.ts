import { z } from 'zod'
import { amqpNamespace, amqpUrl, logFormat, logLevel, suppliersDir } from '#core/process/shared-settings.ts'

/** Credentials of suppliers come besides, as `SUPPLIER_<ID>_USERNAME` and the like. */
export const settings = z.object({
  AMQP_URL: amqpUrl,
  AMQP_NAMESPACE: amqpNamespace,
  SUPPLIERS_DIR: suppliersDir,
  CHROMIUM_PATH: z.string().describe('Chromium to read portals with; found or installed where not given'),
  SCRAPER_PARALLEL_RUNS: z.coerce.number().int().min(1).max(20).default(2).describe('Portals read at the same time'),
  SCRAPER_SESSION_KEY: z
    .string()
    .min(32)
    .optional()
    .describe('Encrypts the sessions remembered between runs, at least 32 characters; without it none is remembered'),
  SCRAPER_SESSIONS_DIR: z.string().default('var/sessions').describe('Folder of the remembered sessions'),
  LOG_FORMAT: logFormat,
  LOG_LEVEL: logLevel,
})
export type Settings = z.infer<typeof settings>
