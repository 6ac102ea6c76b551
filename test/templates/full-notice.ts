import type { MailLanguage } from '#core/domain/language.ts'
import type { NoticeContent } from '#core/domain/news.ts'
import { newsOf, notice, quarter4 } from '#templates/examples.ts'

/** A letter with all its parts. */
export function fullNotice(language: MailLanguage): NoticeContent {
  return notice({
    language,
    order: { number: '10042', url: 'https://shop.example/o/10042?t=1&x=2' },
    customer: { name: 'Jana Nováková' },
    news: [newsOf('delayed', { quantity: 2 })],
    others: [
      { line: '2', title: 'Artbook', quantity: 1, availability: quarter4 },
      { line: '3', title: 'Plakát', quantity: 3, availability: null },
    ],
  })
}
