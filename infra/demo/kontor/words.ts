import type { Day } from '#core/domain/availability.ts'
import { quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Notices } from '../portal/answers.ts'
import { partsOf } from '../portal/calendar.ts'
import { makeDateChanges } from '../portal/numeric-dates.ts'
import type { Tongue } from '../portal/tongue.ts'

const months = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ')

/** "15. 1. 2027" */
export function spaced(day: Day): string {
  const { year, month: m, date } = partsOf(day)
  return `${date}. ${m}. ${year}`
}

/** "Januar 2027" */
export function month(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `${months[m - 1]} ${year}`
}

/** "1. Quartal 2027" */
export function quarter(day: Day): string {
  return `${quarterOf(day)}. Quartal ${partsOf(day).year}`
}

export const tongue: Tongue = {
  day: spaced,
  month,
  quarter,
  ...makeDateChanges({
    find: /(?<![-–\d])(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})\b/g,
    write: ({ year, month: m, date }) => `${date}. ${m}. ${year}`,
  }),
  relative: ['innerhalb von 14 Tagen', 'in 3 Wochen', '2-3 Wochen'],
  unreadable: ['Termin folgt in Kürze', 'schon bald', 'bitte anrufen'],
  onlyLikeDates: ['Figur im Maßstab 1/7', 'bis 14', 'Karton 12/24'],
  unknownStatus: 'beim Zoll',
  discontinued: 'nicht mehr lieferbar',
  otherTitle: 'Plüschbär Bobik 40 cm',
  otherCompany: 'Spielwaren Neumann OHG',
  renamed: 'Termin',
  added: 'Erscheinungsdatum',
  second: 'Status',
  heading: 'Neuheiten des Monats',
  loading: 'Wird geladen…',
  offer: 'Neue Kollektion, 10 % Rabatt',
  newPassword: 'Passwort ändern',
}

export const notices: Notices = {
  down: {
    title: 'Portal zurzeit nicht erreichbar',
    said: 'Wegen Wartungsarbeiten. Bitte versuchen Sie es später erneut.',
  },
  'friendly-down': {
    title: 'Heute ist Inventur',
    said: 'Liebe Händler, morgen früh sind wir wieder für Sie da. Danke!',
  },
  captcha: { title: 'Sicherheitsprüfung', said: 'Bitte bestätigen Sie, dass Sie kein Roboter sind.' },
  'too-many': { title: 'Zu viele Anfragen', said: 'Bitte langsamer. Versuchen Sie es in 30 Sekunden erneut.' },
  forbidden: { title: 'Zugriff verweigert', said: 'Ihre Anfrage wurde von unserer Firewall blockiert.' },
  'waiting-room': {
    title: 'Warteraum',
    said: 'Zurzeit ist viel los. Sie sind auf Platz 214, die Seite lädt sich neu.',
  },
  'maintenance-table': { title: 'Geplante Wartung', said: 'Zu diesen Zeiten ist das Portal abgeschaltet:' },
}
