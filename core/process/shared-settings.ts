import { z } from 'zod'
import { MailLanguage, mailLanguages } from '#core/domain/language.ts'

/** Settings that several processes take, each described where README's table and `.env.example` take it from. */
export const mode = z
  .enum(['demo', 'shop'])
  .default('demo')
  .describe('`demo` runs on embedded defaults; `shop` is the real thing')
export const amqpUrl = z.url({ protocol: /^amqps?$/ }).describe('RabbitMQ, `amqp://user:password@host:5672/vhost`')
export const amqpNamespace = z
  .string()
  .regex(/^([a-z0-9-]+\.)?$/, { error: 'lower-case letters, digits and "-", ending in "."' })
  .default('')
  .describe('Put before the names of exchange and queues, where several installations share a broker')
export const mongodbUrl = z
  .url({ protocol: /^mongodb(\+srv)?$/ })
  .describe('MongoDB, a replica set, with the database in the path')
export const logFormat = z.enum(['text', 'json']).default('text').describe('`text` for people, `json` for machines')
export const logLevel = z
  .enum(['debug', 'info', 'warn', 'error'])
  .default('info')
  .describe('Least level that is logged')
export const suppliersDir = z
  .string()
  .default('scraper/suppliers')
  .describe('Folder that holds one folder for each supplier')
export const shopName = z
  .string()
  .min(1)
  .optional()
  .describe("Name of the shop, as customers know it; the sender's name where it is not given")
export const shopLanguage = MailLanguage.default('cs').describe(
  `Language of mails to customers whose own is not known: ${mailLanguages.join(', ')}`,
)
export const shopTimeZone = z
  .string()
  .refine(isTimeZone, { error: 'expected a time zone such as Europe/Prague' })
  .default('Europe/Prague')
  .describe('Time zone of the shop: days of orders, quiet hours')
export const port = z.coerce.number().int().min(1).max(65_535)

/** Whether a host, as URLs write it, can only be this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Whether the runtime knows a time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
