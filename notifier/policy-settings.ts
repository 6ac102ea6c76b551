import { z } from 'zod'
import type { Precision } from '#core/domain/availability.ts'
import { Precision as KnownPrecision } from '#core/domain/availability.ts'
import type { ChangeKind } from '#core/domain/change.ts'
import { changeKinds } from '#core/domain/change.ts'
import { SupplierId } from '#core/domain/ids.ts'
import type { Policy } from '#core/domain/policy.ts'
import { defaultPolicy as standard, noTolerance } from '#core/domain/policy.ts'

const upToHours = (most: number) => z.coerce.number().min(0).max(most)

/** The shop's policy towards its customers, as settings of the notifier; `core/domain/policy.ts` has what they mean. */
export const policySettings = {
  NEWS_MAILED: z
    .string()
    .default(changeKinds.join(','))
    .transform(readKinds)
    .describe('Kinds of news that customers are mailed; what is left out stays in the history'),
  TOLERANCE_DAYS: z
    .string()
    .default('none')
    .transform(readTolerance)
    .describe(
      'Shifts by up to so many days that customers are not mailed, by precision, such as `day:2,week:1`; or `none`',
    ),
  GOOD_NEWS: z
    .enum(['at-once', 'digest'])
    .default(standard.goodNews)
    .describe('Whether arrived, earlier, back and dated wait for `DIGEST_HOURS` like other news'),
  DIGEST_HOURS: upToHours(168)
    .default(standard.digestHours)
    .describe("How long an order's news is collected for one mail, from the first of it on"),
  QUIET_HOURS: z
    .string()
    .default('20:00-08:00')
    .transform(readQuietHours)
    .describe('When no mail leaves, by the clock of `SHOP_TIME_ZONE`; or `none`'),
  MAIL_EVERY_HOURS: upToHours(720)
    .default(standard.mailEveryHours)
    .describe(
      'At most one mail per order in so many hours, unless it says arrived or corrects another; 0 for no limit',
    ),
  OVERDUE_NOTICE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('Customers hear that a date passed without a word after so many days; where not given, never'),
  SUPPLIERS_RANKING: z
    .string()
    .default('')
    .transform(readRanking)
    .describe('Suppliers by preference, `acme,other`: decides where several have an article with the same EAN'),
}

type PolicySettings = z.infer<z.ZodObject<typeof policySettings>>

export function policyOf(settings: PolicySettings): Policy {
  return {
    mailed: settings.NEWS_MAILED,
    toleranceDays: settings.TOLERANCE_DAYS,
    goodNews: settings.GOOD_NEWS,
    digestHours: settings.DIGEST_HOURS,
    quiet: settings.QUIET_HOURS,
    mailEveryHours: settings.MAIL_EVERY_HOURS,
    overdueAfterDays: settings.OVERDUE_NOTICE_DAYS ?? null,
  }
}

type Problems = { addIssue(message: string): void }

/** Kinds of news whose mails name a date to come. */
const withDate: ChangeKind[] = ['back', 'dated', 'earlier', 'widened', 'refined']

/** A correction is always mailed: what a mail of ours said wrongly is not left standing. */
function readKinds(text: string, problems: Problems): Policy['mailed'] {
  const wanted = partsOf(text)
  for (const kind of wanted) {
    if (!(changeKinds as readonly string[]).includes(kind))
      problems.addIssue(`"${kind}" is no kind of news; there are ${changeKinds.join(', ')}`)
  }
  if (withDate.some((kind) => wanted.includes(kind)) && !wanted.includes('delayed'))
    problems.addIssue('mails that name a date promise to tell should it slip: add "delayed"')
  if (wanted.includes('undated') && !wanted.includes('dated'))
    problems.addIssue('"undated" promises to tell the new date once it is known: add "dated", or leave both out')
  const mailed = Object.fromEntries(changeKinds.map((kind) => [kind, wanted.includes(kind)]))
  return { ...(mailed as Policy['mailed']), correction: true }
}

function readTolerance(text: string, problems: Problems): Policy['toleranceDays'] {
  const days = { ...noTolerance }
  for (const part of text === 'none' ? [] : partsOf(text)) {
    const [, precision, number] = /^([a-z]+):(\d{1,3})$/.exec(part) ?? []
    if (isPrecision(precision)) days[precision] = Number(number)
    else
      problems.addIssue(
        `"${part}" is no precision with its days, such as day:2; there are ${KnownPrecision.options.join(', ')}`,
      )
  }
  return days
}

function readQuietHours(text: string, problems: Problems): Policy['quiet'] {
  if (text === 'none') return null
  const [, from, to] = /^([\d:]+)\s*[-–]\s*([\d:]+)$/.exec(text) ?? []
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  if (begin === null || end === null) problems.addIssue(`"${text}" are no quiet hours; expected 20:00-08:00, or none`)
  else if (begin === end) problems.addIssue(`"${text}" begins and ends at the same time; expected 20:00-08:00, or none`)
  else return { from: begin, to: end }
  return null
}

function minutesOf(clock: string | undefined): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock ?? '') ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

function readRanking(text: string, problems: Problems): string[] {
  const ranking = partsOf(text)
  for (const id of ranking) if (!SupplierId.safeParse(id).success) problems.addIssue(`"${id}" is no supplier's id`)
  if (new Set(ranking).size < ranking.length) problems.addIssue('a supplier is named twice')
  return ranking
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isPrecision(name: string | undefined): name is Precision {
  return KnownPrecision.safeParse(name).success
}
