import { isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Interval } from '../calendar.ts'
import { halfOf, monthNames, partsOf, seasonOf, thirdOf, wholeMonths } from '../calendar.ts'
import { sayDay, sayDays, sayMonth, sayMonths } from '../days.ts'
import type { CoreForms, DateForms, Opening, Phrases } from '../language.ts'
import { makePlural } from '../language.ts'

const nominative = monthNames('pl', 'alone')
const genitive = monthNames('pl', 'with-day')
// Intl knows only these two cases. Between two days the month stays in the genitive ("między 5 a 12 grudnia").
const locative =
  'styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu'.split(' ')

const thirds = [
  { alone: 'początek', since: 'początku', when: 'na początku' },
  { alone: 'połowa', since: 'połowy', when: 'w połowie' },
  { alone: 'koniec', since: 'końca', when: 'pod koniec' },
] as const

const seasons = {
  spring: { alone: 'wiosna', since: 'wiosny', when: 'wiosną' },
  summer: { alone: 'lato', since: 'lata', when: 'latem' },
  autumn: { alone: 'jesień', since: 'jesieni', when: 'jesienią' },
  winter: { alone: 'zima', since: 'zimy', when: 'zimą' },
}

const days = { months: genitive, dot: '' } as const
const plural = makePlural('pl')

export const pl: Phrases = {
  dates: {
    day({ from }) {
      const date = sayDay(from, days)
      return forms({ alone: date, since: `od ${date}`, when: date, near: `około ${date}` })
    },
    week(interval) {
      const { week, year } = isoWeekOf(interval.from)
      const named = `${week}. tydzień ${year}`
      const ofWeek = sayDays(interval, days, ' do ')
      return forms({
        alone: named,
        since: `od ${week}. tygodnia ${year}`,
        when: `w tygodniu od ${ofWeek}`,
        circa: `mniej więcej ${named}`,
      })
    },
    third({ from }) {
      const part = thirds[thirdOf(from)]
      const month = sayMonth(from, genitive)
      return forms({
        alone: `${part.alone} ${month}`,
        since: `od ${part.since} ${month}`,
        when: `${part.when} ${month}`,
      })
    },
    month({ from }) {
      const september = partsOf(from).month === 9
      return forms({
        alone: sayMonth(from, nominative),
        since: `od ${sayMonth(from, genitive)}`,
        when: `${september ? 'we' : 'w'} ${sayMonth(from, locative)}`,
      })
    },
    quarter({ from }) {
      const { year } = partsOf(from)
      const quarter = quarterOf(from)
      return forms({
        alone: `${quarter}. kwartał ${year}`,
        since: `od ${quarter}. kwartału ${year}`,
        when: `w ${quarter}. kwartale ${year} roku`,
      })
    },
    half({ from }) {
      const { year } = partsOf(from)
      const half = halfOf(from)
      return forms({
        alone: `${half}. półrocze ${year}`,
        since: `od ${half}. półrocza ${year}`,
        when: `w ${half}. półroczu ${year} roku`,
      })
    },
    season({ from }) {
      const { season, years } = seasonOf(from)
      const words = seasons[season]
      return forms({
        alone: `${words.alone} ${years}`,
        since: `od ${words.since} ${years}`,
        when: `${words.when} ${years}`,
      })
    },
    year({ from }) {
      const { year } = partsOf(from)
      return forms({ alone: `rok ${year}`, since: `od ${year} roku`, when: `w ${year} roku` })
    },
    range,
  },
  states: {
    'in-stock': 'w magazynie dostawcy',
    'on-request': 'termin jeszcze nieznany',
    'sold-out': 'wyprzedane',
    discontinued: 'wycofane z oferty',
  },
  wasInStock: 'w magazynie',
  sentences: {
    expected: (when) => `Produkt ma być dostępny u dostawcy ${when}.`,
    'in-stock': 'Nasz dostawca ma już ten produkt w magazynie, ale produkt jeszcze do nas nie dotarł.',
    'on-request': 'Termin dostawy nie jest jeszcze znany.',
    'sold-out': 'Ten produkt jest u dostawcy wyprzedany.',
    discontinued: 'Dostawca wycofał ten produkt z oferty.',
  },
  kinds: {
    delayed: {
      headline: (now) => `nowy termin – ${now}`,
      explain: (now) => `Niestety termin się przesuwa. ${now}`,
    },
    earlier: {
      headline: (now) => `wcześniejszy termin – ${now}`,
      explain: (now) => `Dostawca podaje teraz wcześniejszy termin. ${now}`,
    },
    refined: {
      headline: (now) => `dokładniejszy termin – ${now}`,
      explain: (now) => `Znamy już dokładniejszy termin. ${now}`,
    },
    widened: {
      headline: (now) => `nowy termin – ${now}`,
      explain: (now) => `Dostawca podaje teraz termin mniej dokładnie niż dotychczas. ${now}`,
    },
    dated: {
      headline: (now) => `znamy już termin – ${now}`,
      explain: (now) => `Znamy już termin. ${now}`,
    },
    undated: {
      headline: () => 'nowy termin nie jest jeszcze znany',
      explain: () =>
        'Dotychczasowa informacja o dostawie jest nieaktualna, a dostawca nie podał jeszcze nowego terminu.',
    },
    arrived: {
      headline: () => 'produkt jest w magazynie naszego dostawcy',
      explain: (now) => now,
    },
    back: {
      headline: (now) => `produkt znów w ofercie – ${now}`,
      explain: (now) => `Dostawca ma wznowić dostawy. ${now}`,
    },
    'sold-out': {
      headline: () => 'produkt jest u dostawcy wyprzedany',
      explain: (now) => `${now} Nie wiemy, czy i kiedy będzie znów dostępny.`,
    },
    discontinued: {
      headline: () => 'produkt wycofany z oferty dostawcy',
      explain: () => 'Niestety dostawca wycofał ten produkt z oferty i nie możemy go dla Państwa sprowadzić.',
    },
    overdue: {
      headline: () => 'dostawa się opóźnia, nowego terminu jeszcze nie znamy',
      explain: () =>
        'Podany dotychczas termin minął, a dostawca nie podał nam jeszcze nowego. Przepraszamy za opóźnienie.',
    },
    correction: {
      headline: (now) => `sprostowanie – teraz: ${now}`,
      explain: (now) =>
        `Informacja z naszej wcześniejszej wiadomości jest nieaktualna, przepraszamy za zamieszanie. ${now}`,
    },
  },
  delayedAgain: {
    headline: (now) => `kolejne opóźnienie – ${now}`,
    explain: (now) => `Niestety termin znów się przesuwa i przykro nam, że piszemy o tym po raz kolejny. ${now}`,
  },
  untold: {
    dated: {
      headline: (now) => `aktualny termin – ${now}`,
      explain: (now) => `To najnowsza informacja od dostawcy. ${now}`,
    },
    undated: {
      headline: () => 'termin nie jest jeszcze znany',
      explain: () => 'Dostawca nie podaje teraz terminu dostawy.',
    },
  },
  backUndated: {
    headline: () => 'dostawca znów oferuje produkt',
    explain: () => 'Dostawca znów oferuje ten produkt, ale nie podaje jeszcze terminu.',
  },
  several: {
    back: plural({
      one: '# pozycję dostawca znów oferuje',
      few: '# pozycje dostawca znów oferuje',
      other: '# pozycji dostawca znów oferuje',
    }),
    dated: plural({ one: 'nowy termin dla # pozycji', other: 'nowe terminy dla # pozycji' }),
    arrived: plural({
      one: '# pozycja jest w magazynie naszego dostawcy',
      few: '# pozycje są w magazynie naszego dostawcy',
      other: '# pozycji jest w magazynie naszego dostawcy',
    }),
    undated: plural({
      one: '# pozycja nie ma jeszcze terminu',
      few: '# pozycje nie mają jeszcze terminu',
      other: '# pozycji nie ma jeszcze terminu',
    }),
    overdue: plural({ other: 'dostawa # pozycji się opóźnia, nowego terminu jeszcze nie znamy' }),
    'sold-out': plural({
      one: '# pozycja jest u dostawcy wyprzedana',
      few: '# pozycje są u dostawcy wyprzedane',
      other: '# pozycji jest u dostawcy wyprzedanych',
    }),
    discontinued: plural({
      one: '# pozycja została wycofana z oferty dostawcy',
      few: '# pozycje zostały wycofane z oferty dostawcy',
      other: '# pozycji zostało wycofanych z oferty dostawcy',
    }),
    gone: plural({
      one: '# pozycja jest niedostępna',
      few: '# pozycje są niedostępne',
      other: '# pozycji jest niedostępnych',
    }),
    correction: plural({ other: 'sprostowanie dotyczące # pozycji' }),
    mixed: plural({ one: 'zmiana dotycząca # pozycji', other: 'zmiany dotyczące # pozycji' }),
  },
  noNewDate: 'nowego terminu jeszcze nie znamy',
  ofOne: (order) => `${order} (jedna pozycja)`,
  subject: (order, headline) => `Zamówienie ${order}: ${headline}`,
  // Addressing somebody takes a title and the vocative, which can't be formed safely from a name.
  greeting: () => 'Dzień dobry,',
  opening: {
    good: (about) => `mamy dobrą wiadomość w sprawie Państwa zamówienia ${orderOf(about)}.`,
    bad: (about) => `mamy niestety niekorzystną wiadomość w sprawie Państwa zamówienia ${orderOf(about)}.`,
    mixed: (about) => `w sprawie Państwa zamówienia ${orderOf(about)} mamy kilka wiadomości, dobrych i gorszych.`,
    neutral: (about) => `mamy nową wiadomość w sprawie Państwa zamówienia ${orderOf(about)}.`,
    correction: (about) =>
      `prostujemy informację z naszej wcześniejszej wiadomości w sprawie Państwa zamówienia ${orderOf(about)}.`,
  },
  headings: { news: 'Co nowego', others: 'Pozostałe pozycje', next: 'Co dalej', ask: 'Mają Państwo pytania?' },
  labels: { told: 'Dotychczas', now: 'Teraz', unchanged: 'bez zmian' },
  next: {
    arrived: {
      label: 'Produkty w magazynie dostawcy',
      text: 'Produkt musi teraz dotrzeć od dostawcy do nas. Potem będziemy dalej realizować zamówienie, do tego czasu nie muszą Państwo nic robić.',
    },
    dated: {
      label: 'Produkty z terminem',
      text: 'Gdy produkt do nas dotrze, będziemy dalej realizować zamówienie. Jeśli termin się przesunie, napiszemy do Państwa.',
    },
    undated: {
      label: 'Produkty bez terminu',
      text: 'Gdy tylko poznamy nowy termin, napiszemy do Państwa. Do tego czasu nie muszą Państwo nic robić.',
    },
    'sold-out': {
      label: 'Produkty wyprzedane',
      text: 'Prosimy o informację, czy chcą Państwo poczekać, wybrać inny produkt, czy anulować tę pozycję.',
    },
    discontinued: {
      label: 'Produkty wycofane z oferty',
      text: 'Prosimy o informację, czy chcą Państwo wybrać inny produkt, czy anulować tę pozycję.',
    },
  },
  ask: {
    contact: 'Potrzebują Państwo pomocy lub zmiana Państwu nie odpowiada? Prosimy o kontakt:',
    reply: 'Potrzebują Państwo pomocy lub zmiana Państwu nie odpowiada? Wystarczy odpowiedzieć na tę wiadomość.',
  },
  orderLink: 'Zobacz zamówienie',
  reason: (order, shop) => `Otrzymują Państwo tę wiadomość w związku z zamówieniem ${order} w sklepie ${shop}.`,
  unsubscribe: 'Rezygnacja z wiadomości, które nie są konieczne',
}

function forms({ alone, since, when, near = `mniej więcej ${when}`, circa = near }: CoreForms): DateForms {
  return { alone, since, circa, when, earliest: `najwcześniej ${when}`, near }
}

function range(interval: Interval): DateForms {
  const { alone, when, circa } = wholeMonths(interval) > 1 ? ofMonths(interval) : ofDays(interval)
  return forms({ alone, since: `najwcześniej ${alone}`, when, circa })
}

// "Około" takes the genitive, in which the months stand beside days only.
function ofDays(interval: Interval): Pick<DateForms, 'alone' | 'when' | 'circa'> {
  const alone = sayDays(interval, days, '–')
  return { alone, when: `między ${sayDays(interval, days, ' a ')}`, circa: `około ${alone}` }
}

function ofMonths(interval: Interval): Pick<DateForms, 'alone' | 'when' | 'circa'> {
  const alone = sayMonths(interval, nominative, '–')
  const when = `w okresie od ${sayMonths(interval, genitive, ' do ')}`
  return { alone, when, circa: `mniej więcej ${alone}` }
}

function orderOf({ order, name }: Opening): string {
  return name === null ? order : `${order} (na nazwisko ${name})`
}
