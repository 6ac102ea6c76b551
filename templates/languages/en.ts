import { isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Interval } from '../calendar.ts'
import { halfOf, monthNames, partsOf, seasonOf, thirdOf, wholeMonths } from '../calendar.ts'
import { sayDay, sayDays, sayMonth, sayMonths } from '../days.ts'
import type { DateForms, Phrases } from '../language.ts'
import { makePlural } from '../language.ts'

const months = monthNames('en-GB', 'alone')
const thirds = ['early ', 'mid-', 'late '] as const
const ordinals = ['', '1st', '2nd', '3rd', '4th'] as const
const days = { months, dot: '' } as const
const plural = makePlural('en-GB')

export const en: Phrases = {
  dates: {
    day: ({ from }) => forms(sayDay(from, days), 'on'),
    week(interval) {
      const { week, year } = isoWeekOf(interval.from)
      const alone = `week ${week}, ${year}`
      const ofWeek = `the week of ${sayDays(interval, days, ' to ')}`
      return { ...forms(ofWeek, 'in'), alone, since: `from ${alone}`, circa: `around ${alone}` }
    },
    third: ({ from }) => forms(`${thirds[thirdOf(from)]}${sayMonth(from, months)}`, 'in'),
    month: ({ from }) => forms(sayMonth(from, months), 'in'),
    quarter: ({ from }) => numbered(`${ordinals[quarterOf(from)]} quarter`, from),
    half: ({ from }) => numbered(`${ordinals[halfOf(from)]} half`, from),
    season({ from }) {
      const { season, years } = seasonOf(from)
      return forms(`${season} ${years}`, 'in')
    },
    year: ({ from }) => forms(`${partsOf(from).year}`, 'in'),
    range,
  },
  states: {
    'in-stock': 'in stock at our supplier',
    'on-request': 'date not known yet',
    'sold-out': 'sold out',
    discontinued: 'discontinued',
  },
  wasInStock: 'in stock',
  sentences: {
    expected: (when) => `Our supplier expects this item ${when}.`,
    'in-stock': 'Our supplier has this item in stock; it has not reached us yet.',
    'on-request': 'The delivery date is not known yet.',
    'sold-out': 'This item is sold out at our supplier.',
    discontinued: 'This item has been discontinued.',
  },
  kinds: {
    delayed: {
      headline: (now) => `new date – ${now}`,
      explain: (now) => `Unfortunately the delivery is delayed. ${now}`,
    },
    earlier: {
      headline: (now) => `earlier date – ${now}`,
      explain: (now) => `There is an earlier date now. ${now}`,
    },
    refined: {
      headline: (now) => `more precise date – ${now}`,
      explain: (now) => `The date is more precise now. ${now}`,
    },
    widened: {
      headline: (now) => `new date – ${now}`,
      explain: (now) => `The date is less precise than before. ${now}`,
    },
    dated: {
      headline: (now) => `we have a date – ${now}`,
      explain: (now) => `There is a date now. ${now}`,
    },
    undated: {
      headline: () => 'new date not known yet',
      explain: () => 'What we told you before no longer applies, and our supplier has not given a new date yet.',
    },
    arrived: {
      headline: () => 'item in stock at our supplier',
      explain: (now) => now,
    },
    back: {
      headline: (now) => `item expected again – ${now}`,
      explain: (now) => `Deliveries are to resume. ${now}`,
    },
    'sold-out': {
      headline: () => 'item sold out at our supplier',
      explain: (now) => `${now} We do not know if or when it will be available again.`,
    },
    discontinued: {
      headline: () => 'item discontinued',
      explain: () => 'This item has been discontinued, and unfortunately we cannot get it for you.',
    },
    overdue: {
      headline: () => 'item running late, no new date yet',
      explain: () =>
        'The date given so far has passed, and our supplier has not given us a new one yet. We are sorry for the wait.',
    },
    correction: {
      headline: (now) => `correction – now: ${now}`,
      explain: (now) => `What an earlier message of ours said no longer holds; we are sorry for the confusion. ${now}`,
    },
  },
  delayedAgain: {
    headline: (now) => `delayed again – ${now}`,
    explain: (now) =>
      `Unfortunately the delivery is delayed once more; we are sorry to have to write to you about this again. ${now}`,
  },
  untold: {
    dated: {
      headline: (now) => `current date – ${now}`,
      explain: (now) => `This is our supplier's latest word. ${now}`,
    },
    undated: {
      headline: () => 'date not known yet',
      explain: () => 'Our supplier gives no delivery date at the moment.',
    },
  },
  backUndated: {
    headline: () => 'item on offer again at our supplier',
    explain: () => 'Our supplier offers this item again, but gives no date yet.',
  },
  several: {
    back: plural({ one: '# item on offer again at our supplier', other: '# items on offer again at our supplier' }),
    dated: plural({ one: 'new date for # item', other: 'new dates for # items' }),
    arrived: plural({ one: '# item in stock at our supplier', other: '# items in stock at our supplier' }),
    undated: plural({ one: 'no date yet for # item', other: 'no date yet for # items' }),
    overdue: plural({
      one: '# item running late, no new date yet',
      other: '# items running late, no new date yet',
    }),
    'sold-out': plural({ one: '# item sold out at our supplier', other: '# items sold out at our supplier' }),
    discontinued: plural({ one: '# item discontinued', other: '# items discontinued' }),
    gone: plural({ one: '# item not available', other: '# items not available' }),
    correction: plural({ one: 'correction for # item', other: 'correction for # items' }),
    mixed: plural({ one: 'news on # item', other: 'news on # items' }),
  },
  noNewDate: 'no new date yet',
  ofOne: (order) => `${order} (one item)`,
  subject: (order, headline) => `Order ${order}: ${headline}`,
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  opening: {
    good: ({ order }) => `We have good news about your order ${order}.`,
    bad: ({ order }) => `Unfortunately we have no good news about your order ${order}.`,
    mixed: ({ order }) => `We have news about your order ${order}, some of it good and some less so.`,
    neutral: ({ order }) => `We have news about your order ${order}.`,
    correction: ({ order }) => `We need to correct what an earlier message said about your order ${order}.`,
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
      text: 'The goods now have to travel from our supplier to us. Then we will carry on with your order; until then there is nothing you need to do.',
    },
    dated: {
      label: 'Items with a date',
      text: 'As soon as the goods reach us, we will carry on with your order. Should the date slip, we will write to you.',
    },
    undated: {
      label: 'Items without a date',
      text: 'As soon as we know a new date, we will write to you. Until then there is nothing you need to do.',
    },
    'sold-out': {
      label: 'Sold-out items',
      text: 'Please let us know whether you want to wait, choose something else, or cancel the item.',
    },
    discontinued: {
      label: 'Discontinued items',
      text: 'Please let us know whether you want to choose something else or cancel the item.',
    },
  },
  ask: {
    contact: 'If you have any questions, or the change does not suit you, please contact us:',
    reply: 'If you have any questions, or the change does not suit you, simply reply to this email.',
  },
  orderLink: 'View your order',
  reason: (order, shop) => `You are receiving this message because of your order ${order} at ${shop}.`,
  unsubscribe: 'Unsubscribe from messages that are not necessary',
}

function forms(named: string, preposition: 'on' | 'in'): DateForms {
  const [when, near] = [`${preposition} ${named}`, `around ${named}`]
  return { alone: named, since: `from ${named}`, circa: near, when, earliest: `${when} at the earliest`, near }
}

function numbered(part: string, from: string): DateForms {
  const alone = `${part} of ${partsOf(from).year}`
  return { ...forms(`the ${alone}`, 'in'), alone }
}

function range(interval: Interval): DateForms {
  const said = (link: string) =>
    wholeMonths(interval) > 1 ? sayMonths(interval, months, link) : sayDays(interval, days, link)
  const [alone, when] = [said('–'), `between ${said(' and ')}`]
  return {
    alone,
    since: `no earlier than ${alone}`,
    circa: `around ${alone}`,
    when,
    earliest: `${when} at the earliest`,
    near: `roughly ${when}`,
  }
}
