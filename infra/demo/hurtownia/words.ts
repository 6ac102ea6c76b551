import type { Day } from '#core/domain/availability.ts'
import { quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Notices } from '../portal/answers.ts'
import { dotted, partsOf } from '../portal/calendar.ts'
import { makeDateChanges } from '../portal/numeric-dates.ts'
import type { Tongue } from '../portal/tongue.ts'

const months = 'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień'.split(
  ' ',
)
const roman = ['I', 'II', 'III', 'IV']

/** "marzec 2027" */
export function month(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `${months[m - 1]} ${year}`
}

/** "I kwartał 2027" */
export function quarter(day: Day): string {
  return `${roman[quarterOf(day) - 1]} kwartał ${partsOf(day).year}`
}

export const tongue: Tongue = {
  day: dotted,
  month,
  quarter,
  ...makeDateChanges({
    find: /(?<![-–\d.])(?<d>\d\d)\.(?<m>\d\d)\.(?<y>\d{4})\b/g,
    write: ({ year, month: m, date }) => [date, m, year].map((n) => String(n).padStart(2, '0')).join('.'),
  }),
  relative: ['w ciągu 14 dni', 'za 3 tygodnie', '2-3 tygodnie'],
  unreadable: ['termin podamy wkrótce', 'już niedługo', 'prosimy o telefon'],
  onlyLikeDates: ['figurka w skali 1/7', 'do 14', 'karton 12/24'],
  unknownStatus: 'w odprawie celnej',
  discontinued: 'wycofany z oferty',
  otherTitle: 'Miś pluszowy Bobik 40 cm',
  otherCompany: 'Zabawki Nowak s.c.',
  renamed: 'Termin',
  added: 'Data premiery',
  second: 'Stan',
  heading: 'Nowości tego miesiąca',
  loading: 'Wczytywanie…',
  offer: 'Nowa kolekcja 10 % taniej',
  newPassword: 'Zmiana hasła',
}

export const notices: Notices = {
  down: { title: 'Serwis chwilowo niedostępny', said: 'Trwają prace techniczne. Prosimy spróbować za chwilę.' },
  'friendly-down': {
    title: 'Dziś mamy inwentaryzację',
    said: 'Drodzy Partnerzy, oferta wróci jutro rano. Dziękujemy!',
  },
  captcha: { title: 'Weryfikacja', said: 'Potwierdź, że nie jesteś robotem, aby przejść dalej.' },
  'too-many': { title: 'Zbyt wiele żądań', said: 'Prosimy zwolnić i spróbować ponownie za 30 sekund.' },
  forbidden: { title: 'Dostęp zabroniony', said: 'Twoje żądanie zostało zablokowane przez ochronę serwisu.' },
  'waiting-room': {
    title: 'Poczekalnia',
    said: 'W serwisie jest teraz tłok. Jesteś 214. w kolejce, strona odświeży się sama.',
  },
  'maintenance-table': { title: 'Planowana przerwa', said: 'W tych godzinach serwis będzie wyłączony:' },
}
