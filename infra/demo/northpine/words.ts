import type { Day } from '#core/domain/availability.ts'
import { quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Notices } from '../portal/answers.ts'
import { partsOf } from '../portal/calendar.ts'
import { makeDateChanges } from '../portal/numeric-dates.ts'
import type { Tongue } from '../portal/tongue.ts'

const months = 'January February March April May June July August September October November December'.split(' ')

/** "03/15/2027" */
export function monthFirst(day: Day): string {
  const [year, m, date] = day.split('-')
  return [m, date, year].join('/')
}

/** "March 2027" */
export function month(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `${months[m - 1]} ${year}`
}

/** "Q1 2027" */
export function quarter(day: Day): string {
  return `Q${quarterOf(day)} ${partsOf(day).year}`
}

/** Names of columns are paths in the data. */
export const tongue: Tongue = {
  day: monthFirst,
  month,
  quarter,
  ...makeDateChanges({
    find: /(?<![-–\d])(?<m>\d\d)\/(?<d>\d\d)\/(?<y>\d{4})\b/g,
    write: ({ year, month: m, date }) => [m, date, year].map((n) => String(n).padStart(2, '0')).join('/'),
  }),
  relative: ['within 14 days', 'in 3 weeks', '2-3 weeks'],
  unreadable: ['date to follow', 'coming soon', 'please call us'],
  onlyLikeDates: ['Figure scale 1/7', 'ages 14', 'Case of 12/24'],
  unknownStatus: 'Held at customs',
  discontinued: 'Discontinued',
  otherTitle: 'Bobik the Teddy Bear 16 in',
  otherCompany: 'Newman Toys LLC',
  renamed: 'stock.expectedDate',
  added: 'stock.releaseDate',
  second: 'stock.state',
  heading: 'New this month',
  loading: 'Loading…',
  offer: 'New collection, 10% off',
  newPassword: 'Change password',
}

export const notices: Notices = {
  down: { title: 'Service unavailable', said: 'We are doing maintenance. Please try again in a little while.' },
  'friendly-down': {
    title: 'Inventory day!',
    said: 'Dear partners, we will be back tomorrow morning. Thanks for waiting!',
  },
  captcha: { title: 'Just a moment…', said: 'Please verify that you are not a robot to continue.' },
  'too-many': { title: 'Too Many Requests', said: 'Please slow down and try again in 30 seconds.' },
  forbidden: { title: 'Access Denied', said: 'Your request was blocked by our security service.' },
  'waiting-room': {
    title: 'You are in line',
    said: 'The site is busy. You are number 214; this page refreshes by itself.',
  },
  'maintenance-table': { title: 'Scheduled maintenance', said: 'The site will be off at these times:' },
}
