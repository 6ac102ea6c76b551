import { z } from 'zod'
import { defaultHourlyLimit as limit } from '#core/domain/hourly-limit.ts'
import * as shared from '#core/process/shared-settings.ts'
import { delayTextSettings } from './delay-texts.ts'
import { lookSettings } from './look-settings.ts'
import { checkMail, mailSettings } from './mail-settings.ts'
import { policySettings } from './policy-settings.ts'

const count = (most: number) => z.coerce.number().int().min(1).max(most)

export const settings = z
  .object({
    MODE: shared.mode,
    AMQP_URL: shared.amqpUrl,
    AMQP_NAMESPACE: shared.amqpNamespace,
    MONGODB_URL: shared.mongodbUrl,
    ...mailSettings,
    SENDING_AT_START: z
      .enum(['hold', 'off'])
      .optional()
      .describe('Whether sending stands still after every start, whatever was said before: for a restored backup'),
    ADMIN_EMAIL: z
      .email()
      .describe('The admin, who is mailed of each trouble when it opens, daily while it stands, and when it is over'),
    SHOP_NAME: shared.shopName,
    SHOP_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("The shop's address, shown in mails"),
    SHOP_CONTACT: z.string().max(200).optional().describe('Whom customers ask: an address or a phone number'),
    ...lookSettings,
    ...delayTextSettings,
    SHOP_LANGUAGE: shared.shopLanguage,
    SHOP_TIME_ZONE: shared.shopTimeZone,
    HOURLY_CUSTOMERS: count(1_000_000)
      .default(limit.customers)
      .describe('More customers than this are not mailed within an hour without a person’s yes'),
    HOURLY_SHARE: z.coerce
      .number()
      .min(0)
      .max(1)
      .default(limit.share)
      .describe('The same as a share of the open orders, where it is more than `HOURLY_FLOOR`; 1 for no such share'),
    HOURLY_FLOOR: count(1_000_000).default(limit.floor).describe('So many customers are never too large a share'),
    ...policySettings,
    RUN_BEGIN_SECONDS: z.coerce
      .number()
      .int()
      .min(20)
      .max(1_800)
      .default(120)
      .describe('After how long a run that no scraper began has failed'),
    LEASE_SECONDS: count(600).default(30).describe('After how long another notifier takes over from one that died'),
    SWEEP_SECONDS: count(60).default(15).describe('How often the notifier looks for what was left in the middle'),
    KEEP_EVIDENCE_DAYS: count(365)
      .default(30)
      .describe('For how long picture and page of a run are kept that was not accepted'),
    KEEP_PARTS_DAYS: count(365)
      .default(30)
      .describe(
        'For how long what a run read is kept while it waits for a person; after that it cannot be approved any more',
      ),
    KEEP_RUNS_DAYS: count(3_650).default(365).describe('For how long runs and closed incidents are kept'),
    KEEP_CLOSED_ORDERS_DAYS: count(3_650)
      .default(180)
      .describe(
        'For how long an order is kept after its last change, with its notices and address, once no line of it is open',
      ),
    LOG_FORMAT: shared.logFormat,
    LOG_LEVEL: shared.logLevel,
  })
  .refine(({ MODE, SMTP_URL }) => MODE !== 'demo' || shared.isLoopback(new URL(SMTP_URL).hostname), {
    path: ['SMTP_URL'],
    error: 'in the demo only a mail server on this machine (127.0.0.1) is taken; set MODE=shop for a real one',
  })
  .superRefine((given, context) => {
    for (const [name, message] of checkMail(given)) context.addIssue({ code: 'custom', path: [name], message })
  })
export type Settings = z.infer<typeof settings>
