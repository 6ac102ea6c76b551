import { z } from 'zod'
import type { MailLanguage } from '#core/domain/language.ts'
import { newsKinds } from '#core/domain/news.ts'
import type { Notice } from '#core/domain/notice.ts'
import { noticeStates } from '#core/domain/notice.ts'
import { sentence } from '#templates/phrase.ts'
import { Availability, Sentence } from './availability.ts'
import { Moment, moment, momentOrNull } from './moment.ts'

const Said = z.object({ availability: Availability, sentence: Sentence })

export const NoticeView = z
  .object({
    id: z.string(),
    state: z.enum(noticeStates),
    since: Moment.meta({ description: 'Time of its first unresolved difference' }),
    dueAt: Moment,
    sentAt: Moment.nullable(),
    endedAt: Moment.nullable(),
    reason: z.string().nullable().meta({
      description: 'Why it was held, superseded, suppressed or failed, or counts as sent though nobody knows',
    }),
    subject: z.string().nullable(),
    text: z.string().nullable().meta({ description: 'The mail as text; null before it was made up' }),
    messageId: z.string().nullable(),
    toTester: z.boolean().meta({ description: 'Made up for MAIL_ONLY_TO: it goes there, and not to the customer' }),
    window: z.boolean().meta({
      description:
        'The same mail, with the same Message-ID, may have gone twice; sent with a reason, perhaps not at all',
    }),
    tries: z.array(z.object({ at: Moment, outcome: z.enum(['refused', 'not-handed', 'unknown']), words: z.string() })),
    news: z.array(
      z.object({
        line: z.string(),
        kind: z.enum(newsKinds),
        told: Said,
        now: Said,
        run: z.string().meta({ description: 'The run that brought it' }),
      }),
    ),
  })
  .meta({ id: 'Notice', description: 'One mail to the customer about this order' })
export type NoticeView = z.infer<typeof NoticeView>

export function viewNotice(notice: Notice, language: MailLanguage): NoticeView {
  const { id, state, message } = notice
  return {
    id,
    state,
    since: moment(notice.since),
    dueAt: moment(notice.dueAt),
    sentAt: state === 'sent' ? momentOrNull(notice.endedAt) : null,
    endedAt: momentOrNull(notice.endedAt),
    reason: notice.reason ?? null,
    subject: message?.subject ?? null,
    text: message?.text ?? null,
    messageId: message?.messageId ?? null,
    toTester: message?.onlyTo !== undefined,
    window: notice.window ?? false,
    tries: notice.tries.map((attempt) => ({ ...attempt, at: moment(attempt.at) })),
    news: notice.news.map((news) => viewNews(news, language)),
  }
}

function viewNews({ line, kind, told, now, run }: Notice['news'][number], language: MailLanguage) {
  const say = (availability: typeof told) => ({ availability, sentence: sentence(availability, language) })
  return { line, kind, told: say(told), now: say(now), run }
}
