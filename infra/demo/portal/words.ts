import { quarterOf } from '#core/domain/grammar/calendar.ts'
import { partsOf } from './calendar.ts'
import type { Notices } from './answers.ts'
import { month, spaced } from './deliveries.ts'
import { makeDateChanges } from './numeric-dates.ts'
import type { Tongue } from './tongue.ts'

export const tongue: Tongue = {
  day: spaced,
  month,
  quarter: (day) => `Q${quarterOf(day)} ${partsOf(day).year}`,
  ...makeDateChanges({
    find: /(?<![-–\d])(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})\b/g,
    write: ({ year, month: m, date }) => `${date}. ${m}. ${year}`,
  }),
  relative: ['do 14 dnů', 'za 3 týdny', '2-3 týdny'],
  unreadable: ['sledujte naše novinky', 'již brzy', 'volejte prodejnu'],
  onlyLikeDates: ['figurka v měřítku 1/7', 'do 14', 'balení 12/24'],
  unknownStatus: 'na cestě k celnici',
  discontinued: 'výroba ukončena',
  otherTitle: 'Plyšový medvěd Bobík 40 cm',
  otherCompany: 'Hračky Novák v.o.s.',
  renamed: 'Termín',
  added: 'Datum vydání',
  second: 'Stav',
  heading: 'Novinky tohoto měsíce',
  loading: 'Načítám…',
  offer: 'Nová kolekce se slevou 10 %',
  newPassword: 'Změna hesla',
}

export const notices: Notices = {
  down: {
    title: 'Portál je dočasně mimo provoz',
    said: 'Na portálu právě probíhá údržba. Omlouváme se, zkuste to prosím za chvíli.',
  },
  'friendly-down': {
    title: 'Dnes máme inventuru',
    said: 'Milí partneři, katalog bude opět k dispozici zítra ráno. Děkujeme za trpělivost!',
  },
  captcha: { title: 'Ověření', said: 'Potvrďte prosím, že nejste robot, a pokračujte.' },
  'too-many': { title: 'Příliš mnoho požadavků', said: 'Zpomalte prosím. Zkuste to znovu za 30 sekund.' },
  forbidden: { title: 'Přístup odepřen', said: 'Váš požadavek byl zablokován ochranou webu.' },
  'waiting-room': { title: 'Čekárna', said: 'Na portálu je teď plno. Jste 214. v pořadí, stránka se obnoví sama.' },
  'maintenance-table': { title: 'Plánovaná údržba', said: 'V těchto časech bude portál vypnutý:' },
}
