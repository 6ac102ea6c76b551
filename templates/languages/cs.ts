import { isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Interval } from '../calendar.ts'
import { halfOf, monthNames, partsOf, seasonOf, thirdOf, wholeMonths } from '../calendar.ts'
import { sayDay, sayDays, sayMonth, sayMonths } from '../days.ts'
import type { CoreForms, DateForms, Opening, Phrases } from '../language.ts'
import { makePlural } from '../language.ts'

const nominative = monthNames('cs', 'alone')
const genitive = monthNames('cs', 'with-day')
// Intl knows only these two cases.
const locative = 'lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci'.split(' ')
const instrumental =
  'lednem únorem březnem dubnem květnem červnem červencem srpnem zářím říjnem listopadem prosincem'.split(' ')

const thirds = [
  { alone: 'začátek', since: 'začátku', when: 'na začátku' },
  { alone: 'polovina', since: 'poloviny', when: 'v polovině' },
  { alone: 'konec', since: 'konce', when: 'na konci' },
] as const

const seasons = {
  spring: { alone: 'jaro', since: 'jara', when: 'na jaře' },
  summer: { alone: 'léto', since: 'léta', when: 'v létě' },
  autumn: { alone: 'podzim', since: 'podzimu', when: 'na podzim' },
  winter: { alone: 'zima', since: 'zimy', when: 'v zimě' },
}

const days = { months: genitive, dot: '.' } as const
const plural = makePlural('cs')

export const cs: Phrases = {
  dates: {
    day({ from }) {
      const date = sayDay(from, days)
      return forms({ alone: date, since: `od ${date}`, when: date, near: `kolem ${date}` })
    },
    week(interval) {
      const { week, year } = isoWeekOf(interval.from)
      const named = `${week}. týden ${year}`
      const ofWeek = sayDays(interval, days, ' do ')
      return forms({
        alone: named,
        since: `od ${week}. týdne ${year}`,
        when: `v týdnu od ${ofWeek}`,
        circa: `přibližně ${named}`,
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
      return forms({
        alone: sayMonth(from, nominative),
        since: `od ${sayMonth(from, genitive)}`,
        when: `v ${sayMonth(from, locative)}`,
      })
    },
    quarter({ from }) {
      const quarter = quarterOf(from)
      const named = `${quarter}. čtvrtletí ${partsOf(from).year}`
      return forms({ alone: named, since: `od ${named}`, when: `${quarter === 1 ? 'v' : 've'} ${named}` })
    },
    half({ from }) {
      const half = halfOf(from)
      const named = `${half}. pololetí ${partsOf(from).year}`
      return forms({ alone: named, since: `od ${named}`, when: `${half === 1 ? 'v' : 've'} ${named}` })
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
      return forms({ alone: `rok ${year}`, since: `od roku ${year}`, when: `v roce ${year}` })
    },
    range,
  },
  states: {
    'in-stock': 'skladem u dodavatele',
    'on-request': 'termín zatím není znám',
    'sold-out': 'vyprodáno',
    discontinued: 'už se nedodává',
  },
  wasInStock: 'skladem',
  sentences: {
    expected: (when) => `U dodavatele má být zboží ${when}.`,
    'in-stock': 'Zboží už má náš dodavatel skladem, k nám zatím nedorazilo.',
    'on-request': 'Termín dodání zatím není znám.',
    'sold-out': 'Zboží je u dodavatele vyprodané.',
    discontinued: 'Zboží se už nedodává.',
  },
  kinds: {
    delayed: {
      headline: (now) => `nový termín – ${now}`,
      explain: (now) => `Dodání se bohužel zpozdí. ${now}`,
    },
    earlier: {
      headline: (now) => `dřívější termín – ${now}`,
      explain: (now) => `Dodavatel teď uvádí dřívější termín. ${now}`,
    },
    refined: {
      headline: (now) => `upřesněný termín – ${now}`,
      explain: (now) => `Termín dodání už známe přesněji. ${now}`,
    },
    widened: {
      headline: (now) => `nový termín – ${now}`,
      explain: (now) => `Dodavatel teď uvádí termín méně přesně než dosud. ${now}`,
    },
    dated: {
      headline: (now) => `už známe termín – ${now}`,
      explain: (now) => `Termín dodání už známe. ${now}`,
    },
    undated: {
      headline: () => 'nový termín zatím není znám',
      explain: () => 'Dosavadní údaj o dodání už neplatí a nový termín dodavatel zatím neuvádí.',
    },
    arrived: {
      headline: () => 'zboží je skladem u našeho dodavatele',
      explain: (now) => now,
    },
    back: {
      headline: (now) => `zboží se má znovu dodávat – ${now}`,
      explain: (now) => `Dodavatel má dodávky obnovit. ${now}`,
    },
    'sold-out': {
      headline: () => 'zboží je u dodavatele vyprodané',
      explain: (now) => `${now} Zda a kdy se bude znovu dodávat, nevíme.`,
    },
    discontinued: {
      headline: () => 'zboží se už nedodává',
      explain: () => 'Zboží se bohužel přestalo dodávat a nemůžeme ho pro vás získat.',
    },
    overdue: {
      headline: () => 'zboží má zpoždění, nový termín zatím neznáme',
      explain: () => 'Dosud uváděný termín už minul a nový nám dodavatel zatím nesdělil. Za zdržení se omlouváme.',
    },
    correction: {
      headline: (now) => `oprava – nyní platí: ${now}`,
      explain: (now) => `Údaj z naší dřívější zprávy neplatí, za zmatek se omlouváme. ${now}`,
    },
  },
  delayedAgain: {
    headline: (now) => `další posun termínu – ${now}`,
    explain: (now) => `Dodání se bohužel znovu zpozdí a mrzí nás, že vám o tom píšeme opakovaně. ${now}`,
  },
  untold: {
    dated: {
      headline: (now) => `aktuální termín – ${now}`,
      explain: (now) => `Toto je poslední údaj od dodavatele. ${now}`,
    },
    undated: {
      headline: () => 'termín zatím není znám',
      explain: () => 'Dodavatel teď termín dodání neuvádí.',
    },
  },
  backUndated: {
    headline: () => 'dodavatel zboží znovu nabízí',
    explain: () => 'Dodavatel zboží znovu nabízí, termín však zatím neuvádí.',
  },
  several: {
    back: plural({
      one: '# položku dodavatel znovu nabízí',
      few: '# položky dodavatel znovu nabízí',
      other: '# položek dodavatel znovu nabízí',
    }),
    dated: plural({ one: 'nový termín u # položky', other: 'nové termíny u # položek' }),
    arrived: plural({
      one: '# položka je skladem u našeho dodavatele',
      few: '# položky jsou skladem u našeho dodavatele',
      other: '# položek je skladem u našeho dodavatele',
    }),
    undated: plural({
      one: '# položka zatím nemá termín',
      few: '# položky zatím nemají termín',
      other: '# položek zatím nemá termín',
    }),
    overdue: plural({
      one: '# položka má zpoždění, nový termín zatím neznáme',
      few: '# položky mají zpoždění, nový termín zatím neznáme',
      other: '# položek má zpoždění, nový termín zatím neznáme',
    }),
    'sold-out': plural({
      one: '# položka je u dodavatele vyprodaná',
      few: '# položky jsou u dodavatele vyprodané',
      other: '# položek je u dodavatele vyprodaných',
    }),
    discontinued: plural({
      one: '# položka se už nedodává',
      few: '# položky se už nedodávají',
      other: '# položek se už nedodává',
    }),
    gone: plural({
      one: '# položka není k dostání',
      few: '# položky nejsou k dostání',
      other: '# položek není k dostání',
    }),
    correction: plural({ one: 'oprava u # položky', other: 'oprava u # položek' }),
    mixed: plural({ one: 'změna u # položky', other: 'změny u # položek' }),
  },
  noNewDate: 'nový termín zatím neznáme',
  ofOne: (order) => `${order} (jedna položka)`,
  subject: (order, headline) => `Objednávka ${order}: ${headline}`,
  // Addressing somebody takes the vocative, which can't be formed safely from a name: the opening names them instead.
  greeting: () => 'Dobrý den,',
  opening: {
    good: (about) => `k vaší objednávce ${orderOf(about)} máme dobrou zprávu.`,
    bad: (about) => `k vaší objednávce ${orderOf(about)} máme bohužel nepříznivou zprávu.`,
    mixed: (about) => `k vaší objednávce ${orderOf(about)} máme několik zpráv, dobrých i horších.`,
    neutral: (about) => `k vaší objednávce ${orderOf(about)} máme novou zprávu.`,
    correction: (about) => `opravujeme údaj z naší dřívější zprávy k vaší objednávce ${orderOf(about)}.`,
  },
  headings: { news: 'Co je nového', others: 'Ostatní položky', next: 'Co bude dál', ask: 'Máte otázku?' },
  labels: { told: 'Dosud', now: 'Nově', unchanged: 'beze změny' },
  next: {
    arrived: {
      label: 'Zboží skladem u dodavatele',
      text: 'Zboží teď musí dorazit od dodavatele k nám. Potom budeme objednávku dál vyřizovat, do té doby nemusíte nic dělat.',
    },
    dated: {
      label: 'Zboží s termínem',
      text: 'Jakmile zboží dorazí k nám, budeme objednávku dál vyřizovat. Kdyby se termín posunul, napíšeme vám.',
    },
    undated: {
      label: 'Zboží bez termínu',
      text: 'Jakmile budeme nový termín znát, napíšeme vám. Do té doby nemusíte nic dělat.',
    },
    'sold-out': {
      label: 'Vyprodané zboží',
      text: 'Dejte nám prosím vědět, jestli chcete počkat, vybrat si jiné zboží, nebo položku zrušit.',
    },
    discontinued: {
      label: 'Zboží, které se už nedodává',
      text: 'Dejte nám prosím vědět, jestli si chcete vybrat jiné zboží, nebo položku zrušit.',
    },
  },
  ask: {
    contact: 'Potřebujete poradit nebo vám změna nevyhovuje? Obraťte se na nás:',
    reply: 'Potřebujete poradit nebo vám změna nevyhovuje? Stačí odpovědět na tento e-mail.',
  },
  orderLink: 'Zobrazit objednávku',
  reason: (order, shop) => `Tuto zprávu dostáváte, protože máte v obchodě ${shop} objednávku ${order}.`,
  unsubscribe: 'Odhlásit zprávy, které nejsou nutné',
}

function forms({ alone, since, when, near = `přibližně ${when}`, circa = near }: CoreForms): DateForms {
  return { alone, since, circa, when, earliest: `nejdříve ${when}`, near }
}

function range(interval: Interval): DateForms {
  const { alone, when } = wholeMonths(interval) > 1 ? ofMonths(interval) : ofDays(interval)
  return forms({ alone, since: `nejdříve ${alone}`, when, circa: `přibližně ${alone}` })
}

function ofDays(interval: Interval): Pick<DateForms, 'alone' | 'when'> {
  const between = sayDays(interval, { months: instrumental, dot: '.' }, ' a ')
  return { alone: sayDays(interval, days, '–'), when: `mezi ${between}` }
}

function ofMonths(interval: Interval): Pick<DateForms, 'alone' | 'when'> {
  const when = `v období od ${sayMonths(interval, genitive, ' do ')}`
  return { alone: sayMonths(interval, nominative, '–'), when }
}

function orderOf({ order, name }: Opening): string {
  return name === null ? order : `${order} (na jméno ${name})`
}
