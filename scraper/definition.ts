import { createHash } from 'node:crypto'
import { nodeCron } from 'node-cron'
import { z } from 'zod'
import { SupplierDeclaration } from '#core/domain/supplier.ts'
import { isTimeZone } from '#core/process/shared-settings.ts'
import type { Platform } from './robot.ts'
import { signInProblems } from './sign-in/check-sign-in.ts'
import { sourceProblems } from './sources/check-source.ts'

/** How gently a portal is read. */
export const Limits = z.strictObject({
  pagesInParallel: z.number().int().min(1).max(8).default(2),
  /** Least time between the starts of two page loads. */
  delayMs: z.number().int().min(0).max(60_000).default(500),
  /** Longest stay of one page load or one step. */
  pageSeconds: z.number().min(1).max(300).default(30),
  /** How long a page may take to become complete after it was loaded. */
  settleSeconds: z.number().min(0).max(60).default(5),
  /** Larger pages and files are not read to their end. */
  pageMegabytes: z.number().min(1).max(200).default(20),
  /** How often one page is loaded, at most, when it is down, slow or incomplete after the sign-in. */
  tries: z.number().int().min(1).max(5).default(3),
  /** Wait before the second try; it doubles with each further one. */
  tryAgainSeconds: z.number().min(0).max(60).default(2),
})
export type Limits = z.infer<typeof Limits>

/** What a supplier's folder says; what the notifier must know of it is declared from this. */
export const Definition = SupplierDeclaration.omit({ supplier: true, hash: true, grammar: true })
  .extend({
    timeZone: z.string().refine(isTimeZone, { error: 'expected a time zone such as Europe/Prague' }),
    schedule: z.strictObject({
      cron: z.string().refine(isCron, { error: 'expected five cron fields, such as "0 7,12,17 * * 1-5"' }),
      jitterSeconds: z.number().int().min(0).max(3600).default(120),
    }),
    /** Where the portal is; `SUPPLIER_<ID>_ADDRESS` in the settings goes before it. */
    address: z.url({ protocol: /^https?$/ }),
    /** What the settings must hold, each as `SUPPLIER_<ID>_<NAME>`. */
    credentials: z.array(z.string().regex(/^[a-z][a-z0-9_]*$/)).default(['username', 'password']),
    limits: Limits.prefault({}),
    platform: z.custom<Platform>(isPlatform, { error: 'expected a platform, made by definePlatform' }),
    /** Checked by the platform's own schema. */
    options: z.unknown(),
  })
  .strict()
  .superRefine((definition, context) => {
    const problems = [...signInProblems(definition), ...sourceProblems(definition)]
    for (const { path, message } of problems) context.addIssue({ code: 'custom', path, message })
  })
export type Definition = z.infer<typeof Definition>

/** Over what matters to readings, so that a definition that changed without a higher number is noticed. */
export function definitionHash(definition: Definition): string {
  const { language, timeZone, columns, words, blank, instant, relative, platform, options } = definition
  const matters = { language, timeZone, columns, words, blank, instant, relative, platform: platform.name, options }
  return createHash('sha256').update(stableJson(matters)).digest('hex').slice(0, 16)
}

/** JSON whose keys are in order, so that equal values are equal texts. */
export function stableJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sorted(part) : part))
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Seconds are refused: ticks are minutes, and so are the ids of runs. */
function isCron(expression: string): boolean {
  return expression.trim().split(/\s+/).length === 5 && nodeCron.validate(expression)
}

function isPlatform(value: unknown): boolean {
  return isRecord(value) && typeof value['name'] === 'string' && typeof value['robot'] === 'function'
}
