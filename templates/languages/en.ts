import { isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Interval } from '../calendar.ts'
import { halfOf, monthNames, partsOf, seasonOf, thirdOf, wholeMonths } from '../calendar.ts'
import type { DateForms, Phrases } from '../language.ts'
import { makePlural } from '../language.ts'

const names = monthNames('en-GB', 'alone')
const thirds = ['early ', 'mid-', 'late '] as const
const ordinals = ['', '1st', '2nd', '3rd', '4th'] as const
const plural = makePlural('en-GB')

export const en: Phrases = {
  dates: {
    day: ({ from }) => forms(day(from), 'on'),
    week(interval) {
      const { week, year } = isoWeekOf(interval.from)
      const days = `the week of ${span(interval, '–')}`
      return { ...forms(days, 'in'), alone: `week ${week} ${year}`, since: `from week ${week} ${year}` }
    },
    third: ({ from }) => forms(`${thirds[thirdOf(from)]}${monthOf(from)}`, 'in'),
    month: ({ from }) => forms(monthOf(from), 'in'),
    quarter: ({ from }) => numbered(`${ordinals[quarterOf(from)]} quarter`, from),
    half: ({ from }) => numbered(`${ordinals[halfOf(from)]} half`, from),
    season({ from }) {
      const { season, years } = seasonOf(from)
      return forms(`${season} ${years}`, 'in')
    },
    year: ({ from }) => forms(`${partsOf(from).year}`, 'in'),
    range,
  },
  marks: {
    from: { alone: (date) => date.since, when: (date) => `${date.when} at the earliest` },
    about: { alone: (date) => `about ${date.alone}`, when: (date) => date.near },
  },
  states: {
    'in-stock': 'in stock at our supplier',
    'on-request': 'date not known yet',
    'sold-out': 'sold out',
    discontinued: 'discontinued',
  },
  wasInStock: 'in stock',
  sentences: {
    expected: (when) => `We expect this item ${when}.`,
    'in-stock': 'Our supplier has this item in stock; it has not reached us yet.',
    'on-request': 'The delivery date is not known yet.',
    'sold-out': 'This item is sold out at our supplier.',
    discontinued: 'This item is no longer supplied.',
  },
  kinds: {
    delayed: {
      headline: (now) => `new date – ${now}`,
      explain: (now) => `Unfortunately the delivery is delayed. ${now}`,
    },
    earlier: {
      headline: (now) => `earlier date – ${now}`,
      explain: (now) => `The delivery should come earlier than we thought. ${now}`,
    },
    refined: {
      headline: (now) => `more precise date – ${now}`,
      explain: (now) => `We now know the delivery date more precisely. ${now}`,
    },
    widened: {
      headline: (now) => `new date – ${now}`,
      explain: (now) => `Our supplier's date is now less precise than before. ${now}`,
    },
    dated: {
      headline: (now) => `we have a date – ${now}`,
      explain: (now) => `We now have a delivery date. ${now}`,
    },
    undated: {
      headline: () => 'new date not known yet',
      explain: () => 'What we told you before no longer holds, and our supplier has not given a new date yet.',
    },
    arrived: {
      headline: () => 'in stock at our supplier',
      explain: (now) => now,
    },
    back: {
      headline: (now) => `supplied again – ${now}`,
      explain: (now) => `Our supplier intends to deliver again. ${now}`,
    },
    'sold-out': {
      headline: () => 'sold out at our supplier',
      explain: (now) => `${now} We do not know whether or when it will be supplied again.`,
    },
    discontinued: {
      headline: () => 'item no longer supplied',
      explain: () => 'Unfortunately this item is no longer supplied, and we cannot get it for you.',
    },
    overdue: {
      headline: () => 'running late, no new date yet',
      explain: () =>
        'The expected date has passed, and our supplier has not given us a new one yet. We are sorry for the wait.',
    },
    correction: {
      headline: (now) => `correction – ${now}`,
      explain: (now) => `What our last message said does not hold; we are sorry for the confusion. Correct is: ${now}`,
    },
  },
  delayedAgain: {
    headline: (now) => `delayed again – ${now}`,
    explain: (now) =>
      `Unfortunately the delivery is delayed once more; we are sorry to write to you about it again. ${now}`,
  },
  several: {
    dated: plural({ one: 'new date for # item', other: 'new dates for # items' }),
    arrived: plural({ one: '# item in stock at our supplier', other: '# items in stock at our supplier' }),
    undated: plural({ one: 'no date yet for # item', other: 'no date yet for # items' }),
    gone: plural({ one: '# item can no longer be had', other: '# items can no longer be had' }),
    correction: plural({ one: 'correction for # item', other: 'correction for # items' }),
    mixed: plural({ one: 'news on # item', other: 'news on # items' }),
  },
  noNewDate: 'no new date yet',
  subject: (order, headline) => `Order ${order}: ${headline}`,
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  opening: {
    good: ({ order }) => `We have good news about your order ${order}.`,
    bad: ({ order }) => `We are sorry to have unwelcome news about your order ${order}.`,
    mixed: ({ order }) => `We have news about your order ${order}, some of it good and some less so.`,
    neutral: ({ order }) => `We have news about your order ${order}.`,
    correction: ({ order }) => `We must correct our last message about your order ${order}.`,
  },
  headings: {
    news: 'What is new',
    others: 'The rest of your order',
    next: 'What happens next',
    ask: 'Any questions?',
  },
  labels: { told: 'Before', now: 'Now', unchanged: 'unchanged' },
  next: {
    arrived: {
      label: 'Items in stock at our supplier',
      text: 'The goods now have to travel from our supplier to us. Then we will complete your order; until then there is nothing you need to do.',
    },
    dated: {
      label: 'Items with a date',
      text: 'As soon as the goods reach us, we will complete your order. Should the date change again, we will write to you.',
    },
    undated: {
      label: 'Items without a date',
      text: 'As soon as we know a new date, we will write to you. Until then there is nothing you need to do.',
    },
    gone: {
      label: 'Items that can no longer be had',
      text: 'Please let us know whether you want to wait, choose something else, or cancel the item.',
    },
  },
  ask: {
    contact: 'If you would like to know more, or the change does not suit you, please contact us:',
    reply: 'If you would like to know more, or the change does not suit you, simply reply to this email.',
  },
  orderLink: 'View your order',
  reason: (order, shop) => `You receive this message because of your order ${order} at ${shop}.`,
}

function forms(named: string, preposition: 'on' | 'in'): DateForms {
  return { alone: named, since: `from ${named}`, when: `${preposition} ${named}`, near: `around ${named}` }
}

function numbered(part: string, from: string): DateForms {
  const alone = `${part} ${partsOf(from).year}`
  return { ...forms(`the ${part} of ${partsOf(from).year}`, 'in'), alone, since: `from ${alone}` }
}

function range(interval: Interval): DateForms {
  const between = wholeMonths(interval) > 1 ? months : span
  const alone = between(interval, '–')
  const when = `between ${between(interval, ' and ')}`
  return { alone, since: `earliest ${alone}`, when, near: `roughly ${when}` }
}

/** From one day to another, with month and year said once where they are the same. */
function span({ from, to }: Interval, link: string): string {
  const [first, last] = [partsOf(from), partsOf(to)]
  if (first.year !== last.year) return `${day(from)}${wide(link)}${day(to)}`
  if (first.month !== last.month) return `${first.day} ${monthName(from)}${wide(link)}${day(to)}`
  return `${first.day}${link}${day(to)}`
}

function months({ from, to }: Interval, link: string): string {
  if (partsOf(from).year !== partsOf(to).year) return `${monthOf(from)}${wide(link)}${monthOf(to)}`
  return `${monthName(from)}${link}${monthOf(to)}`
}

/** A dash between words of more than one part takes spaces. */
function wide(link: string): string {
  return link === '–' ? ' – ' : link
}

function day(date: string): string {
  return `${partsOf(date).day} ${monthOf(date)}`
}

function monthOf(date: string): string {
  return `${monthName(date)} ${partsOf(date).year}`
}

function monthName(date: string): string {
  return names[partsOf(date).month - 1] ?? ''
}
