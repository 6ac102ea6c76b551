import type { Expected, Precision } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { LineNews, NewsKind } from '#core/domain/news.ts'
import { newsKinds } from '#core/domain/news.ts'
import {
  december15,
  discontinued,
  expected,
  inStock,
  newsOf,
  notice,
  onRequest,
  quarter4,
  soldOut,
} from '#templates/examples.ts'
import type { Phrases } from '#templates/language.ts'
import { phrasesOf } from '#templates/languages.ts'
import { sayAvailability, sentence } from '#templates/phrase.ts'
import { layOutText } from '#templates/text.ts'
import type { Shop } from '#templates/view.ts'
import { viewNotice } from '#templates/view.ts'
import { fullNotice } from './full-notice.ts'

/** Of each passage of a language's file in `letters/` its name and its text, as they are said today. */
export function lettersIn(language: MailLanguage): Map<string, string> {
  const passages = new Map([['a whole letter', wholeLetter(language)]])
  for (const [name, news] of Object.entries(newsInLetters)) passages.set(name, briefLetter(language, news))
  passages.set('the foot of what is not needed', foot(language))
  passages.set('headlines of several lines', headlines(phrasesOf[language]))
  passages.set('dates, alone and in a sentence', samples.map((date) => sayBoth(date, language)).join('\n'))
  return passages
}

const shop: Shop = { name: 'Figurkov', url: 'https://shop.example', contact: 'podpora@shop.example' }

function wholeLetter(language: MailLanguage): string {
  const view = viewNotice(fullNotice(language), shop)
  return `${view.subject}\n${view.preheader}\n\n${layOutText(view).trimEnd()}`
}

const fromDecember15 = expected('2026-12-15', '2026-12-15', 'day', 'from')
const about = expected('2026-12-28', '2027-01-08', 'range', 'about')
const newsInLetters: Record<string, LineNews[]> = {
  ...Object.fromEntries(newsKinds.map((kind) => [kind, [newsOf(kind)]])),
  'delayed once more': [newsOf('delayed', { again: true })],
  'delayed once more, to a range that is only about so': [newsOf('delayed', { again: true, now: about })],
  'delayed, what was told before cannot be named': [newsOf('delayed', { told: null })],
  'refined, what was told before cannot be named': [newsOf('refined', { told: null })],
  'undated, what was told before cannot be named': [newsOf('undated', { told: null })],
  'widened: a day that became an earliest one': [newsOf('widened', { told: december15, now: fromDecember15 })],
  'delayed, was in stock': [newsOf('delayed', { told: inStock })],
  'back without a date': [newsOf('back', { now: onRequest })],
  'correction to sold out': [newsOf('correction', { told: december15, now: soldOut })],
  'correction to discontinued': [newsOf('correction', { told: quarter4, now: discontinued })],
  'mixed news, each with what happens next': several('delayed', 'arrived', 'undated', 'sold-out', 'discontinued'),
  'two that are back': several('back', 'back'),
  'sold out and discontinued': several('sold-out', 'discontinued'),
  'two overdue': several('overdue', 'overdue'),
  'one overdue, one without a date': several('overdue', 'undated'),
  'two corrections': several('correction', 'correction'),
  'a delay and a correction': several('delayed', 'correction'),
}

function several(...kinds: NewsKind[]): LineNews[] {
  return kinds.map((kind, at) => newsOf(kind, { line: `${at + 1}`, title: `${'ABCDE'[at]}-${at + 1}` }))
}

/** Without greeting, headings and footer, which the whole letter has. */
function briefLetter(language: MailLanguage, news: LineNews[]): string {
  const view = viewNotice(notice({ language, news }), shop)
  const headings = Object.values(view.headings).map((heading) => heading.toUpperCase())
  const [, ...blocks] = layOutText(view).split('\n\n')
  const said = blocks.slice(0, blocks.indexOf(view.headings.ask.toUpperCase()))
  const words = said.filter((block) => !headings.includes(block))
  return [`${view.subject}\n${view.preheader}`, ...words].join('\n\n')
}

function foot(language: MailLanguage): string {
  const unsubscribeUrl = `https://shop.example/unsubscribe/${language}/token`
  const view = viewNotice(notice({ language, news: [newsOf('arrived')], unsubscribeUrl }), shop)
  return layOutText(view).trimEnd().split('\n\n').at(-1) ?? ''
}

function headlines({ several: groups, subject }: Phrases): string {
  return Object.values(groups)
    .flatMap((group) => [1, 2, 5, 22].map((count) => subject('10042', group(count))))
    .join('\n')
}

function sayBoth(date: Expected, language: MailLanguage): string {
  const named = [date.from, date.to, date.precision, date.mark].filter((part) => part !== undefined).join(' ')
  return `${named}: ${sayAvailability(date, language)} | ${sentence(date, language)}`
}

const units: [from: string, to: string, precision: Precision][] = [
  ['2026-12-03', '2026-12-03', 'day'],
  ['2026-11-23', '2026-11-29', 'week'],
  ['2026-12-28', '2027-01-03', 'week'],
  ['2026-12-01', '2026-12-10', 'third'],
  ['2027-01-11', '2027-01-20', 'third'],
  ['2026-12-21', '2026-12-31', 'third'],
  ['2026-12-01', '2026-12-31', 'month'],
  ['2027-01-01', '2027-03-31', 'quarter'],
  ['2027-04-01', '2027-06-30', 'quarter'],
  ['2027-07-01', '2027-09-30', 'quarter'],
  ['2026-10-01', '2026-12-31', 'quarter'],
  ['2027-01-01', '2027-06-30', 'half'],
  ['2027-07-01', '2027-12-31', 'half'],
  ['2027-03-01', '2027-05-31', 'season'],
  ['2027-06-01', '2027-08-31', 'season'],
  ['2027-09-01', '2027-11-30', 'season'],
  ['2026-12-01', '2027-02-28', 'season'],
  ['2027-01-01', '2027-12-31', 'year'],
  ['2026-12-05', '2026-12-12', 'range'],
  ['2026-11-30', '2026-12-06', 'range'],
  ['2026-12-28', '2027-01-08', 'range'],
  ['2027-01-01', '2027-04-30', 'range'],
  ['2026-11-01', '2027-02-28', 'range'],
]

/** Each unit as it is and with each mark; then all months, whole and in part, for their cases. */
const samples: Expected[] = [
  ...units.flatMap(([from, to, precision]) =>
    ([undefined, 'from', 'about'] as const).map((mark) => expected(from, to, precision, mark)),
  ),
  ...Array.from({ length: 12 }, (_, month) => month).flatMap((month) => {
    const from = dayOf(2027, month, 1)
    return [expected(from, dayOf(2027, month + 1, 0), 'month'), expected(from, dayOf(2027, month, 5), 'range')]
  }),
]

function dayOf(...parts: [year: number, month: number, day: number]): string {
  return new Date(Date.UTC(...parts)).toISOString().slice(0, 10)
}
