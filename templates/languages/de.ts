import { isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import type { Interval } from '../calendar.ts'
import { halfOf, monthNames, partsOf, seasonOf, thirdOf, wholeMonths } from '../calendar.ts'
import { sayDay, sayDays, sayMonth, sayMonths } from '../days.ts'
import type { CoreForms, DateForms, Phrases } from '../language.ts'
import { makePlural } from '../language.ts'

const months = monthNames('de', 'alone')
const thirds = ['Anfang', 'Mitte', 'Ende'] as const
const seasons = { spring: 'Frühjahr', summer: 'Sommer', autumn: 'Herbst', winter: 'Winter' }
const days = { months, dot: '.' } as const
const plural = makePlural('de')

export const de: Phrases = {
  dates: {
    day({ from }) {
      const date = sayDay(from, days)
      return forms({ alone: date, since: `ab ${date}`, when: `am ${date}`, near: `um den ${date}` })
    },
    week(interval) {
      const { week, year } = isoWeekOf(interval.from)
      const named = `KW ${week}/${year}`
      return forms({
        alone: named,
        since: `ab ${named}`,
        when: `in der Woche vom ${sayDays(interval, days, ' bis zum ')}`,
        circa: `etwa ${named}`,
      })
    },
    third({ from }) {
      const named = `${thirds[thirdOf(from)]} ${sayMonth(from, months)}`
      return forms({ alone: named, since: `ab ${named}`, when: named })
    },
    month: ({ from }) => during(sayMonth(from, months)),
    quarter: ({ from }) => numbered(`${quarterOf(from)}. Quartal ${partsOf(from).year}`),
    half: ({ from }) => numbered(`${halfOf(from)}. Halbjahr ${partsOf(from).year}`),
    season({ from }) {
      const { season, years } = seasonOf(from)
      return during(`${seasons[season]} ${years}`)
    },
    year({ from }) {
      const { year } = partsOf(from)
      return forms({ alone: `${year}`, since: `ab ${year}`, when: `im Jahr ${year}` })
    },
    range,
  },
  states: {
    'in-stock': 'auf Lager bei unserem Lieferanten',
    'on-request': 'Termin noch nicht bekannt',
    'sold-out': 'ausverkauft',
    discontinued: 'nicht mehr lieferbar',
  },
  wasInStock: 'auf Lager',
  sentences: {
    expected: (when) => `Beim Lieferanten wird der Artikel ${when} erwartet.`,
    'in-stock': 'Unser Lieferant hat den Artikel auf Lager, bei uns ist der Artikel noch nicht eingetroffen.',
    'on-request': 'Der Liefertermin ist noch nicht bekannt.',
    'sold-out': 'Der Artikel ist bei unserem Lieferanten ausverkauft.',
    discontinued: 'Der Artikel wird nicht mehr geliefert.',
  },
  kinds: {
    delayed: {
      headline: (now) => `neuer Termin – ${now}`,
      explain: (now) => `Die Lieferung verzögert sich leider. ${now}`,
    },
    earlier: {
      headline: (now) => `früherer Termin – ${now}`,
      explain: (now) => `Der Lieferant nennt jetzt einen früheren Termin. ${now}`,
    },
    refined: {
      headline: (now) => `genauerer Termin – ${now}`,
      explain: (now) => `Der Liefertermin ist jetzt genauer bekannt. ${now}`,
    },
    widened: {
      headline: (now) => `neuer Termin – ${now}`,
      explain: (now) => `Der Lieferant nennt den Termin jetzt weniger genau als bisher. ${now}`,
    },
    dated: {
      headline: (now) => `Termin jetzt bekannt – ${now}`,
      explain: (now) => `Der Liefertermin ist jetzt bekannt. ${now}`,
    },
    undated: {
      headline: () => 'neuer Termin noch nicht bekannt',
      explain: () =>
        'Unsere bisherige Angabe zur Lieferung gilt nicht mehr, und der Lieferant nennt noch keinen neuen Termin.',
    },
    arrived: {
      headline: () => 'Artikel auf Lager bei unserem Lieferanten',
      explain: (now) => now,
    },
    back: {
      headline: (now) => `Artikel kommt wieder – ${now}`,
      explain: (now) => `Der Lieferant will wieder liefern. ${now}`,
    },
    'sold-out': {
      headline: () => 'Artikel bei unserem Lieferanten ausverkauft',
      explain: (now) => `${now} Ob und wann er wieder lieferbar ist, wissen wir nicht.`,
    },
    discontinued: {
      headline: () => 'Artikel nicht mehr lieferbar',
      explain: () => 'Der Artikel wird leider nicht mehr geliefert, und wir können ihn nicht für Sie beschaffen.',
    },
    overdue: {
      headline: () => 'Lieferung verspätet, noch kein neuer Termin',
      explain: () =>
        'Der bisher genannte Termin ist verstrichen, und der Lieferant hat uns noch keinen neuen genannt. Wir bitten um Entschuldigung für die Verzögerung.',
    },
    correction: {
      headline: (now) => `Korrektur – es gilt: ${now}`,
      explain: (now) =>
        `Die Angabe in einer früheren Nachricht gilt nicht mehr; für die Verwirrung bitten wir um Entschuldigung. ${now}`,
    },
  },
  delayedAgain: {
    headline: (now) => `erneut verschoben – ${now}`,
    explain: (now) =>
      `Die Lieferung verzögert sich leider erneut; es tut uns leid, dass wir Ihnen deswegen noch einmal schreiben müssen. ${now}`,
  },
  untold: {
    dated: {
      headline: (now) => `aktueller Termin – ${now}`,
      explain: (now) => `Das ist die neueste Angabe des Lieferanten. ${now}`,
    },
    undated: {
      headline: () => 'Termin noch nicht bekannt',
      explain: () => 'Der Lieferant nennt zurzeit keinen Liefertermin.',
    },
  },
  backUndated: {
    headline: () => 'Artikel wieder im Angebot des Lieferanten',
    explain: () => 'Der Lieferant bietet den Artikel wieder an, nennt aber noch keinen Termin.',
  },
  several: {
    back: plural({ other: '# Artikel wieder im Angebot des Lieferanten' }),
    dated: plural({ one: 'neuer Termin für # Artikel', other: 'neue Termine für # Artikel' }),
    arrived: plural({ other: '# Artikel auf Lager bei unserem Lieferanten' }),
    undated: plural({ other: 'noch kein Termin für # Artikel' }),
    overdue: plural({ other: '# Artikel verspätet, noch kein neuer Termin' }),
    'sold-out': plural({ other: '# Artikel bei unserem Lieferanten ausverkauft' }),
    discontinued: plural({ other: '# Artikel nicht mehr lieferbar' }),
    gone: plural({ other: '# Artikel nicht lieferbar' }),
    correction: plural({ other: 'Korrektur zu # Artikeln', one: 'Korrektur zu # Artikel' }),
    mixed: plural({ other: 'Neues zu # Artikeln', one: 'Neues zu # Artikel' }),
  },
  noNewDate: 'noch kein neuer Termin',
  ofOne: (order) => `${order} (ein Artikel)`,
  subject: (order, headline) => `Bestellung ${order}: ${headline}`,
  greeting: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
  opening: {
    good: ({ order }) => `zu Ihrer Bestellung ${order} haben wir eine gute Nachricht.`,
    bad: ({ order }) => `zu Ihrer Bestellung ${order} haben wir leider keine gute Nachricht.`,
    mixed: ({ order }) => `zu Ihrer Bestellung ${order} haben wir Neuigkeiten, gute und weniger gute.`,
    neutral: ({ order }) => `zu Ihrer Bestellung ${order} haben wir Neuigkeiten.`,
    correction: ({ order }) => `wir korrigieren eine frühere Nachricht zu Ihrer Bestellung ${order}.`,
  },
  headings: {
    news: 'Das ist neu',
    others: 'Ihre übrigen Artikel',
    next: 'Wie es weitergeht',
    ask: 'Haben Sie Fragen?',
  },
  labels: { told: 'Bisher', now: 'Neu', unchanged: 'unverändert' },
  next: {
    arrived: {
      label: 'Artikel auf Lager bei unserem Lieferanten',
      text: 'Die Ware muss jetzt noch vom Lieferanten zu uns kommen. Danach bearbeiten wir Ihre Bestellung weiter; bis dahin brauchen Sie nichts zu tun.',
    },
    dated: {
      label: 'Artikel mit Termin',
      text: 'Sobald die Ware bei uns eintrifft, bearbeiten wir Ihre Bestellung weiter. Sollte sich der Termin verschieben, schreiben wir Ihnen.',
    },
    undated: {
      label: 'Artikel ohne Termin',
      text: 'Sobald wir einen neuen Termin kennen, schreiben wir Ihnen. Bis dahin brauchen Sie nichts zu tun.',
    },
    'sold-out': {
      label: 'Ausverkaufte Artikel',
      text: 'Bitte teilen Sie uns mit, ob Sie warten, etwas anderes wählen oder den Artikel stornieren möchten.',
    },
    discontinued: {
      label: 'Nicht mehr lieferbare Artikel',
      text: 'Bitte teilen Sie uns mit, ob Sie etwas anderes wählen oder den Artikel stornieren möchten.',
    },
  },
  ask: {
    contact: 'Möchten Sie mehr wissen, oder passt Ihnen die Änderung nicht? So erreichen Sie uns:',
    reply: 'Möchten Sie mehr wissen, oder passt Ihnen die Änderung nicht? Antworten Sie einfach auf diese E-Mail.',
  },
  orderLink: 'Bestellung ansehen',
  reason: (order, shop) => `Sie erhalten diese Nachricht wegen Ihrer Bestellung ${order} bei ${shop}.`,
  unsubscribe: 'Nachrichten abbestellen, die nicht nötig sind',
}

function forms({ alone, since, when, near = `etwa ${when}`, circa = near }: CoreForms): DateForms {
  return { alone, since, circa, when, earliest: `frühestens ${when}`, near }
}

function during(named: string): DateForms {
  return forms({ alone: named, since: `ab ${named}`, when: `im ${named}` })
}

function numbered(named: string): DateForms {
  return forms({ alone: named, since: `ab dem ${named}`, when: `im ${named}` })
}

function range(interval: Interval): DateForms {
  const { alone, when } = wholeMonths(interval) > 1 ? ofMonths(interval) : ofDays(interval)
  return forms({ alone, since: `frühestens ${alone}`, when, circa: `etwa ${alone}` })
}

function ofDays(interval: Interval): Pick<DateForms, 'alone' | 'when'> {
  return { alone: sayDays(interval, days, '–'), when: `zwischen dem ${sayDays(interval, days, ' und dem ')}` }
}

function ofMonths(interval: Interval): Pick<DateForms, 'alone' | 'when'> {
  return { alone: sayMonths(interval, months, '–'), when: `zwischen ${sayMonths(interval, months, ' und ')}` }
}
