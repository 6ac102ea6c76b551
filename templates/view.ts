import type { Availability } from '#core/domain/availability.ts'
import type { MailLanguage } from '#core/domain/language.ts'
import type { LineNews, NoticeContent, OtherLine } from '#core/domain/news.ts'
import type { ShopColours } from './colours.ts'
import type { KindWords, Phrases } from './language.ts'
import { phrasesOf } from './languages.ts'
import { groupOf, moodOf, outcomesOf, tellsOfDelay } from './mood.ts'
import { contactLink, isolate, oneLine, shorten, webAddress } from './outside.ts'
import { sayAvailability, sentence } from './phrase.ts'

/** What a mail needs to know of the shop that sends it; `contact` is an address, a phone number, a page or a few words. */
export type Shop = {
  name: string
  url?: string | undefined
  contact?: string | undefined
  logo?: Logo | undefined
  colours?: ShopColours | undefined
  footer?: string | undefined
  legal?: string | undefined
  delayTexts?: DelayTexts | undefined
}
/** A picture somewhere on the web, so many pixels wide; `alt` is the shop's name where it is not given. */
export type Logo = { url: string; width: number; alt?: string | undefined }

/** The shop's own words on a delay, in the languages that it gives them in. */
export type DelayTexts = { [language in MailLanguage]?: string | undefined }

export type NewsView = { title: string; told: string | null; now: string; explanation: string }
export type OtherView = { title: string; availability: string | null }

type Link = { label: string; url: string }

export type ShopView = {
  name: string
  url: string | null
  logo: { url: string; alt: string } | null
  footer: string | null
  legal: string | null
}

/** A mail in words, before its form: html and text print the same view. */
export type MailView = {
  language: MailLanguage
  subject: string
  preheader: string
  heading: string
  greeting: string
  opening: string
  delayText: string | null
  headings: Phrases['headings']
  labels: Phrases['labels']
  news: NewsView[]
  others: OtherView[]
  next: { label: string | null; text: string }[]
  /** Without a contact, `text` says all. */
  ask: { text: string; contact: string | null; link: string | null }
  orderLink: Link | null
  shop: ShopView
  reason: string
  unsubscribe: Link | null
}

/** Words a notice. Whatever comes from outside is one clean line from here on; escaping is the layout's part. */
export function viewNotice(content: NoticeContent, shop: Shop): MailView {
  const { language } = content
  const phrases = phrasesOf[language]
  const order = isolate(oneLine(content.order.number, 'order'))
  const name = isolate(oneLine(content.customer.name ?? '', 'name')) || null
  const shopSeen = viewShop(shop)
  const room = titleRoom(content.news.length + content.others.length)
  const news = content.news.map((line) => viewNews(line, { language, room }))
  const headline = sayHeadline(content)
  const isOfOne = content.news.length === 1 && content.others.length > 0
  return {
    language,
    subject: phrases.subject(isOfOne ? phrases.ofOne(order) : order, headline),
    preheader: sayPreheader(news),
    heading: capitalise(headline, language),
    greeting: phrases.greeting(name),
    opening: phrases.opening[moodOf(content.news)]({ order, name }),
    delayText: sayDelayText(content, shop),
    headings: phrases.headings,
    labels: phrases.labels,
    news,
    others: content.others.map((line) => viewOther(line, { language, room })),
    next: viewNext(content.news, phrases),
    ask: viewAsk(shop, phrases),
    orderLink: linkTo(content.order.url, phrases.orderLink),
    shop: shopSeen,
    reason: phrases.reason(order, shopSeen.name),
    unsubscribe: linkTo(content.unsubscribeUrl, phrases.unsubscribe),
  }
}

function viewShop({ name, url, logo, footer, legal }: Shop): ShopView {
  const shown = isolate(oneLine(name, 'name'))
  const picture = webAddress(logo?.url)
  return {
    name: shown,
    url: webAddress(url),
    logo: picture === null ? null : { url: picture, alt: oneLine(logo?.alt ?? '', 'name') || shown },
    footer: oneLine(footer ?? '', 'foot') || null,
    legal: oneLine(legal ?? '', 'foot') || null,
  }
}

type Frame = { language: MailLanguage; room: number }

/** How long titles may be: Gmail clips a mail of more than 102 kB, and would show its foot to nobody. */
function titleRoom(lines: number): number {
  return lines > 20 ? 80 : 400
}

/** Only in the mail's own language: a letter that changes its language midway is not trusted. */
function sayDelayText({ news, language }: NoticeContent, { delayTexts }: Shop): string | null {
  return tellsOfDelay(news) ? oneLine(delayTexts?.[language] ?? '', 'delay') || null : null
}

function viewNews(line: LineNews, { language, room }: Frame): NewsView {
  const { kind, now } = line
  const { explain } = wordsOf(line, phrasesOf[language])
  return {
    title: sayTitle(line, room),
    told: sayTold(line.told, language),
    // A date that has passed is never mailed as the date to come.
    now: kind === 'overdue' ? phrasesOf[language].noNewDate : sayAvailability(now, language),
    explanation: explain(sentence(now, language)),
  }
}

function wordsOf(
  { kind, again, told, now }: LineNews,
  { kinds, delayedAgain, backUndated, untold }: Phrases,
): KindWords {
  if (again) return delayedAgain
  if (kind === 'back' && now.kind === 'on-request') return backUndated
  if (told !== null) return kinds[kind]
  if (kind === 'undated') return untold.undated
  return kind === 'earlier' || kind === 'refined' || kind === 'widened' ? untold.dated : kinds[kind]
}

/** Null where the customer never saw the old value: then it is not named. */
function sayTold(told: Availability | null, language: MailLanguage): string | null {
  if (told === null) return null
  return told.kind === 'in-stock' ? phrasesOf[language].wasInStock : sayAvailability(told, language)
}

function viewOther(line: OtherLine, { language, room }: Frame): OtherView {
  const { availability } = line
  return {
    title: sayTitle(line, room),
    availability: availability === null ? null : sayAvailability(availability, language),
  }
}

function sayTitle({ line, title, quantity }: OtherLine | LineNews, room: number): string {
  const named = isolate(shorten(oneLine(title, 'title') || oneLine(line, 'title'), room))
  return quantity === 1 ? named : `${quantity}× ${named}`
}

function sayHeadline({ news, language }: NoticeContent): string {
  const phrases = phrasesOf[language]
  const [first, ...rest] = news
  if (first === undefined) throw new Error('A notice without news cannot be worded: it should not have been planned')
  if (rest.length > 0) return phrases.several[groupOf(news)](news.length)
  return wordsOf(first, phrases).headline(sayAvailability(first.now, language))
}

function sayPreheader(news: NewsView[]): string {
  const [first, ...rest] = news
  if (first && rest.length === 0) return `${shorten(first.title, 60)}: ${sayMove(first)}`
  let said = ''
  for (const { title, now } of news) {
    said += `${said && ' · '}${shorten(title, 40)}: ${now}`
    if (said.length > longestPreheader) break
  }
  return shorten(said, longestPreheader)
}

/** More than this no list of mails shows. */
const longestPreheader = 200

function sayMove({ told, now }: NewsView): string {
  return told === null ? now : `${told} → ${now}`
}

function viewNext(news: LineNews[], phrases: Phrases): MailView['next'] {
  const found = outcomesOf(news)
  return found.map((outcome) => {
    const { label, text } = phrases.next[outcome]
    return { label: found.length > 1 ? label : null, text }
  })
}

function linkTo(address: string | undefined, label: string): Link | null {
  const url = webAddress(address)
  return url === null ? null : { label, url }
}

function viewAsk(shop: Shop, { ask }: Phrases): MailView['ask'] {
  const contact = oneLine(shop.contact ?? '', 'contact')
  if (contact === '') return { text: ask.reply, contact: null, link: null }
  return { text: ask.contact, contact, link: contactLink(contact) }
}

function capitalise(text: string, language: MailLanguage): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}
