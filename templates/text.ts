import type { MailView, NewsView, OtherView } from './view.ts'

/** The text part, laid out to be read, for people and programs that show no html. */
export function layOutText(view: MailView): string {
  const blocks = [
    view.greeting,
    view.opening,
    view.delayText,
    section(
      view.headings.news,
      view.news.map((line) => layOutNews(line, view)),
    ),
    section(view.headings.others, layOutOthers(view)),
    section(
      view.headings.next,
      view.next.map(({ label, text }) => (label === null ? text : `${label}: ${text}`)),
    ),
    section(view.headings.ask, [layOutAsk(view)]),
    view.orderLink && `${view.orderLink.label}: ${view.orderLink.url}`,
    layOutFooter(view),
  ]
  return `${blocks.filter((block) => block !== null).join('\n\n')}\n`
}

function section(heading: string, paragraphs: string[]): string | null {
  return paragraphs.length === 0 ? null : [heading.toUpperCase(), ...paragraphs].join('\n\n')
}

function layOutNews({ title, told, now, explanation }: NewsView, { labels }: MailView): string {
  const old = told === null ? [] : [`  ${labels.told}: ${told}`]
  return [`* ${title}`, ...old, `  ${labels.now}: ${now}`, `  ${explanation}`].join('\n')
}

function layOutOthers({ others, labels }: MailView): string[] {
  const say = ({ title, availability }: OtherView) =>
    availability === null ? `* ${title}` : `* ${title}\n  ${labels.unchanged}: ${availability}`
  return others.length === 0 ? [] : [others.map(say).join('\n')]
}

function layOutAsk({ ask }: MailView): string {
  return ask.contact === null ? ask.text : `${ask.text} ${ask.contact}`
}

function layOutFooter({ shop, reason, unsubscribe }: MailView): string {
  const { name, url, footer, legal } = shop
  const optOut = unsubscribe && `${unsubscribe.label}: ${unsubscribe.url}`
  return ['-- ', name, url, footer, reason, optOut, legal].filter((line) => line !== null).join('\n')
}
