import { z } from 'zod'
import * as shared from '#core/process/shared-settings.ts'

export const settings = z.object({
  AMQP_URL: shared.amqpUrl,
  AMQP_NAMESPACE: shared.amqpNamespace,
  MONGODB_URL: shared.mongodbUrl,
  API_HOST: z.string().default('127.0.0.1').describe('Address that the API listens on'),
  API_PORT: shared.port.default(3000).describe('Port of the API'),
  API_KEY: z.string().min(20).describe('Key that clients of the API send as bearer, at least 20 characters'),
  SHOP_LANGUAGE: shared.shopLanguage,
  SHOP_TIME_ZONE: shared.shopTimeZone,
  LOG_FORMAT: shared.logFormat,
  LOG_LEVEL: shared.logLevel,
})
export type Settings = z.infer<typeof settings>
