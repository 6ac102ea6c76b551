import { z } from 'zod'
import { inShort } from '#core/domain/availability.ts'
import type { WaivedReason } from '#core/domain/line-state.ts'
import type { Notice } from '#core/domain/notice.ts'
import type { LineOutcome, QuietRule } from '#core/domain/plan-line.ts'
import type { SendingMode } from '#core/store/shop-settings.ts'
import { itemHoldId } from '#core/store/holds.ts'
import { becauseWords } from './hold.ts'
import { Moment, moment } from './moment.ts'

export const Outlook = z
  .object({
    line: z.string(),
    outcome: z
      .enum(['due', 'held', 'waived', 'quiet', 'assume'])
      .meta({ description: 'What the notifier would make of the line if it looked now' }),
    rule: z.string().meta({ description: 'The kind of news, or the rule by which there is none', example: 'delayed' }),
    words: z.string().meta({ description: 'What happens next, and why' }),
    until: Moment.nullable().meta({ description: 'When it happens, where that is known' }),
    hold: z.string().nullable().meta({ description: 'What waits for a person' }),
    notice: z.string().nullable().meta({ description: 'The open notice that says it' }),
  })
  .meta({ id: 'Outlook', description: 'What would happen next to a line, and why' })
export type Outlook = z.infer<typeof Outlook>

type Sight = { line: { id: string; status: string; item: string | null }; notice: Notice | undefined } & {
  mode: SendingMode
  now: Date
}

export function viewOutlook(outcome: LineOutcome, sight: Sight): Outlook {
  const { line, notice } = sight
  const says = notice?.news.some((news) => news.line === line.id) ? notice : undefined
  const about = { line: line.id, outcome: outcome.kind, until: null, hold: null, notice: says?.id ?? null }
  switch (outcome.kind) {
    case 'due':
      return { ...about, rule: outcome.news.kind, ...sayDue(outcome, says, sight) }
    case 'held': {
      const hold = line.item === null ? null : itemHoldId(line.item)
      return {
        ...about,
        rule: outcome.held.because,
        words: `a person decides first: ${becauseWords[outcome.held.because]}`,
        hold,
      }
    }
    case 'waived':
      return { ...about, rule: outcome.reason, words: `it is not mailed: ${waivedWords[outcome.reason]}` }
    case 'assume':
      return { ...about, rule: 'assume', words: 'what the supplier says now will count as told, silently' }
    case 'quiet':
      return { ...about, rule: outcome.rule, words: quietWords[outcome.rule], until: outcome.until ? moment(outcome.until) : null } // prettier-ignore
    default:
      return outcome satisfies never
  }
}

type Due = Extract<LineOutcome, { kind: 'due' }>

function sayDue(
  { news }: Due,
  notice: Notice | undefined,
  { mode, now }: Sight,
): Pick<Outlook, 'words' | 'until' | 'hold'> {
  const what = `${news.kind}: ${inShort(news.told)} → ${inShort(news.now)}`
  const say = (words: string, more: { until?: Date; hold?: string } = {}) => ({
    words: `${what} · ${words}`,
    until: more.until ? moment(more.until) : null,
    hold: more.hold ?? null,
  })
  if (notice === undefined) return say('the notifier is about to plan a mail')
  const { state, dueAt, reason } = notice
  if (state === 'held') return say('it waits for a person', notice.hold === undefined ? {} : { hold: notice.hold })
  if (state === 'suppressed') return say(`nothing is mailed to the address: ${reason ?? 'it was refused'}`)
  if (state === 'failed') return say(`the mail failed: ${reason ?? 'unknown'}; it goes again by a person's resend`)
  if (mode !== 'live') return say(`sending stands on ${mode}: nothing leaves before a person lets it go live`)
  if (state === 'sending') return say('it is being sent')
  const tried = notice.tries.at(-1)
  if (tried !== undefined)
    return say(`the mail server did not take it (${tried.words}); it is tried again`, { until: dueAt })
  return dueAt > now ? say('it is mailed then, by what the shop has set', { until: dueAt }) : say('it is mailed now')
}

const waivedWords: Record<WaivedReason, string> = {
  'at-intake': 'the difference came along with the order, as it was put',
  baseline: "it is what the supplier's first run brought",
  overdue: 'the date has passed without a word; it is on the list of what is overdue',
  're-read': 'the same text was read anew, and nobody is told of that',
  silent: 'a person approved the run without mailing',
  hold: 'a person decided so',
  'too-few': 'a person waived it, until there are enough pieces for all that wait',
}

const quietWords: Record<QuietRule, string> = {
  'not-looked-at': 'the notifier has not looked at it yet',
  'not-open': 'the line is not open any more: nothing is mailed',
  muted: 'the order is muted: nothing is mailed',
  unmatched: 'no item is known for it: link it, or wait for the run that brings it',
  'nothing-known': 'no run has read anything of it yet',
  pending: 'something else was read once: it counts when it is read again',
  unconfirmed: 'it was read once while nobody waited for it: another run is to read it again first',
  same: 'the customer knows it: nothing is to be told',
  'told-arrived': 'the customer was told that it has arrived, and hears no more of the supplier’s shelf',
  'within-tolerance': 'the shift is smaller than what the shop wants told',
  'not-mailed': 'the shop does not have this kind of news mailed',
  'opted-out': 'the customer wants no mail of what is not needed: good news, and that there is no word',
  retired: 'the supplier is retired: nothing more is told of it; link the product to another, or resume the supplier',
}
