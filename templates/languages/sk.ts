import { isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Interval } from '../calendar.ts'
import { halfOf, monthNames, partsOf, seasonOf, thirdOf, wholeMonths } from '../calendar.ts'
import { sayDay, sayDays, sayMonth, sayMonths } from '../days.ts'
import type { CoreForms, DateForms, Opening, Phrases } from '../language.ts'
import { makePlural } from '../language.ts'

const nominative = monthNames('sk', 'alone')
const genitive = monthNames('sk', 'with-day')
// Intl knows only these two cases.
const locative = 'januári februári marci apríli máji júni júli auguste septembri októbri novembri decembri'.split(' ')
const instrumental =
  'januárom februárom marcom aprílom májom júnom júlom augustom septembrom októbrom novembrom decembrom'.split(' ')

const thirds = [
  { alone: 'začiatok', since: 'začiatku', when: 'na začiatku' },
  { alone: 'polovica', since: 'polovice', when: 'v polovici' },
  { alone: 'koniec', since: 'konca', when: 'na konci' },
] as const

const seasons = {
  spring: { alone: 'jar', since: 'jari', when: 'na jar' },
  summer: { alone: 'leto', since: 'leta', when: 'v lete' },
  autumn: { alone: 'jeseň', since: 'jesene', when: 'na jeseň' },
  winter: { alone: 'zima', since: 'zimy', when: 'v zime' },
}

const days = { months: genitive, dot: '.' } as const
const plural = makePlural('sk')

export const sk: Phrases = {
  dates: {
    day({ from }) {
      const date = sayDay(from, days)
      return forms({ alone: date, since: `od ${date}`, when: date, near: `okolo ${date}` })
    },
    week(interval) {
      const { week, year } = isoWeekOf(interval.from)
      const named = `${week}. týždeň ${year}`
      const ofWeek = sayDays(interval, days, ' do ')
      return forms({
        alone: named,
        since: `od ${week}. týždňa ${year}`,
        when: `v týždni od ${ofWeek}`,
        circa: `približne ${named}`,
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
        when: `${partsOf(from).month === 2 ? 'vo' : 'v'} ${sayMonth(from, locative)}`,
      })
    },
    quarter({ from }) {
      const { year } = partsOf(from)
      const quarter = quarterOf(from)
      return forms({
        alone: `${quarter}. štvrťrok ${year}`,
        since: `od ${quarter}. štvrťroka ${year}`,
        when: `${quarter === 4 ? 'vo' : 'v'} ${quarter}. štvrťroku ${year}`,
      })
    },
    half({ from }) {
      const { year } = partsOf(from)
      const half = halfOf(from)
      return forms({
        alone: `${half}. polrok ${year}`,
        since: `od ${half}. polroka ${year}`,
        when: `v ${half}. polroku ${year}`,
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
      return forms({ alone: `rok ${year}`, since: `od roku ${year}`, when: `v roku ${year}` })
    },
    range,
  },
  states: {
    'in-stock': 'skladom u dodávateľa',
    'on-request': 'termín zatiaľ nie je známy',
    'sold-out': 'vypredané',
    discontinued: 'už sa nedodáva',
  },
  wasInStock: 'skladom',
  sentences: {
    expected: (when) => `U dodávateľa má byť tovar ${when}.`,
    'in-stock': 'Náš dodávateľ už má tovar na sklade, k nám tovar zatiaľ nedorazil.',
    'on-request': 'Termín dodania zatiaľ nie je známy.',
    'sold-out': 'Tovar je u dodávateľa vypredaný.',
    discontinued: 'Tovar sa už nedodáva.',
  },
  kinds: {
    delayed: {
      headline: (now) => `nový termín – ${now}`,
      explain: (now) => `Dodanie sa, žiaľ, oneskorí. ${now}`,
    },
    earlier: {
      headline: (now) => `skorší termín – ${now}`,
      explain: (now) => `Dodávateľ teraz uvádza skorší termín. ${now}`,
    },
    refined: {
      headline: (now) => `spresnený termín – ${now}`,
      explain: (now) => `Termín dodania už poznáme presnejšie. ${now}`,
    },
    widened: {
      headline: (now) => `nový termín – ${now}`,
      explain: (now) => `Dodávateľ teraz uvádza termín menej presne než doteraz. ${now}`,
    },
    dated: {
      headline: (now) => `už poznáme termín – ${now}`,
      explain: (now) => `Termín dodania už poznáme. ${now}`,
    },
    undated: {
      headline: () => 'nový termín zatiaľ nie je známy',
      explain: () => 'Doterajší údaj o dodaní už neplatí a nový termín dodávateľ zatiaľ neuvádza.',
    },
    arrived: {
      headline: () => 'tovar je na sklade u nášho dodávateľa',
      explain: (now) => now,
    },
    back: {
      headline: (now) => `tovar znova v ponuke – ${now}`,
      explain: (now) => `Dodávateľ má dodávky obnoviť. ${now}`,
    },
    'sold-out': {
      headline: () => 'tovar je u dodávateľa vypredaný',
      explain: (now) => `${now} Či a kedy sa bude znova dodávať, nevieme.`,
    },
    discontinued: {
      headline: () => 'tovar sa už nedodáva',
      explain: () => 'Tovar sa, žiaľ, prestal dodávať a nemôžeme ho pre vás získať.',
    },
    overdue: {
      headline: () => 'tovar mešká, nový termín zatiaľ nepoznáme',
      explain: () =>
        'Doteraz uvádzaný termín už uplynul a nový nám dodávateľ zatiaľ neoznámil. Za zdržanie sa ospravedlňujeme.',
    },
    correction: {
      headline: (now) => `oprava – teraz platí: ${now}`,
      explain: (now) => `Údaj z našej skoršej správy neplatí, za zmätok sa ospravedlňujeme. ${now}`,
    },
  },
  delayedAgain: {
    headline: (now) => `ďalší posun termínu – ${now}`,
    explain: (now) => `Dodanie sa, žiaľ, opäť oneskorí a mrzí nás, že vám o tom píšeme opakovane. ${now}`,
  },
  untold: {
    dated: {
      headline: (now) => `aktuálny termín – ${now}`,
      explain: (now) => `Toto je posledný údaj od dodávateľa. ${now}`,
    },
    undated: {
      headline: () => 'termín zatiaľ nie je známy',
      explain: () => 'Dodávateľ teraz termín dodania neuvádza.',
    },
  },
  backUndated: {
    headline: () => 'dodávateľ tovar znova ponúka',
    explain: () => 'Dodávateľ tovar znova ponúka, termín však zatiaľ neuvádza.',
  },
  several: {
    back: plural({
      one: '# položku dodávateľ znova ponúka',
      few: '# položky dodávateľ znova ponúka',
      other: '# položiek dodávateľ znova ponúka',
    }),
    dated: plural({ one: 'nový termín pri # položke', other: 'nové termíny pri # položkách' }),
    arrived: plural({
      one: '# položka je na sklade u nášho dodávateľa',
      few: '# položky sú na sklade u nášho dodávateľa',
      other: '# položiek je na sklade u nášho dodávateľa',
    }),
    undated: plural({
      one: '# položka zatiaľ nemá termín',
      few: '# položky zatiaľ nemajú termín',
      other: '# položiek zatiaľ nemá termín',
    }),
    overdue: plural({
      one: '# položka mešká, nový termín zatiaľ nepoznáme',
      few: '# položky meškajú, nový termín zatiaľ nepoznáme',
      other: '# položiek mešká, nový termín zatiaľ nepoznáme',
    }),
    'sold-out': plural({
      one: '# položka je u dodávateľa vypredaná',
      few: '# položky sú u dodávateľa vypredané',
      other: '# položiek je u dodávateľa vypredaných',
    }),
    discontinued: plural({
      one: '# položka sa už nedodáva',
      few: '# položky sa už nedodávajú',
      other: '# položiek sa už nedodáva',
    }),
    gone: plural({
      one: '# položka nie je dostupná',
      few: '# položky nie sú dostupné',
      other: '# položiek nie je dostupných',
    }),
    correction: plural({ one: 'oprava pri # položke', other: 'oprava pri # položkách' }),
    mixed: plural({ one: 'zmena pri # položke', other: 'zmeny pri # položkách' }),
  },
  noNewDate: 'nový termín zatiaľ nepoznáme',
  ofOne: (order) => `${order} (jedna položka)`,
  subject: (order, headline) => `Objednávka ${order}: ${headline}`,
  // Slovak addresses people by title and surname, and a name does not tell which title: the opening names them instead.
  greeting: () => 'Dobrý deň,',
  opening: {
    good: (about) => `k vašej objednávke ${orderOf(about)} máme dobrú správu.`,
    bad: (about) => `k vašej objednávke ${orderOf(about)} máme, žiaľ, nepriaznivú správu.`,
    mixed: (about) => `k vašej objednávke ${orderOf(about)} máme niekoľko správ, dobrých aj horších.`,
    neutral: (about) => `k vašej objednávke ${orderOf(about)} máme novú správu.`,
    correction: (about) => `opravujeme údaj z našej skoršej správy k vašej objednávke ${orderOf(about)}.`,
  },
  headings: { news: 'Čo je nové', others: 'Ostatné položky', next: 'Čo bude ďalej', ask: 'Máte otázku?' },
  labels: { told: 'Predtým', now: 'Teraz', unchanged: 'bez zmeny' },
  next: {
    arrived: {
      label: 'Tovar na sklade u dodávateľa',
      text: 'Tovar teraz musí doraziť od dodávateľa k nám. Potom budeme objednávku ďalej vybavovať, dovtedy nemusíte nič robiť.',
    },
    dated: {
      label: 'Tovar s termínom',
      text: 'Keď tovar dorazí k nám, budeme objednávku ďalej vybavovať. Ak by sa termín posunul, napíšeme vám.',
    },
    undated: {
      label: 'Tovar bez termínu',
      text: 'Len čo budeme poznať nový termín, napíšeme vám. Dovtedy nemusíte nič robiť.',
    },
    'sold-out': {
      label: 'Vypredaný tovar',
      text: 'Dajte nám, prosím, vedieť, či chcete počkať, vybrať si iný tovar alebo položku zrušiť.',
    },
    discontinued: {
      label: 'Tovar, ktorý sa už nedodáva',
      text: 'Dajte nám, prosím, vedieť, či si chcete vybrať iný tovar alebo položku zrušiť.',
    },
  },
  ask: {
    contact: 'Potrebujete poradiť alebo vám zmena nevyhovuje? Obráťte sa na nás:',
    reply: 'Potrebujete poradiť alebo vám zmena nevyhovuje? Stačí odpovedať na tento e-mail.',
  },
  orderLink: 'Zobraziť objednávku',
  reason: (order, shop) => `Túto správu dostávate, pretože máte v obchode ${shop} objednávku ${order}.`,
  unsubscribe: 'Odhlásiť správy, ktoré nie sú nutné',
}

function forms({ alone, since, when, near = `približne ${when}`, circa = near }: CoreForms): DateForms {
  return { alone, since, circa, when, earliest: `najskôr ${when}`, near }
}

function range(interval: Interval): DateForms {
  const { alone, when } = wholeMonths(interval) > 1 ? ofMonths(interval) : ofDays(interval)
  return forms({ alone, since: `najskôr ${alone}`, when, circa: `približne ${alone}` })
}

function ofDays(interval: Interval): Pick<DateForms, 'alone' | 'when'> {
  const between = sayDays(interval, { months: instrumental, dot: '.' }, ' a ')
  return { alone: sayDays(interval, days, '–'), when: `medzi ${between}` }
}

function ofMonths(interval: Interval): Pick<DateForms, 'alone' | 'when'> {
  const when = `v období od ${sayMonths(interval, genitive, ' do ')}`
  return { alone: sayMonths(interval, nominative, '–'), when }
}

function orderOf({ order, name }: Opening): string {
  return name === null ? order : `${order} (na meno ${name})`
}
