import type { Language } from '#core/domain/language.ts'
import type { Parts, Value } from './values.ts'
import { partsOf, two } from './values.ts'

type State = Extract<Parts, { kind: 'state' }>['state']
type Tongue = {
  language: Language
  months: string[]
  /** A named month beside a day. */
  genitive?: string[]
  day: (day: number, month: string) => string
  quarter: (quarter: number, year: number) => string
  numeric: ((parts: { day: number; month: number; year: number }) => string)[]
  states: Record<State, string[]>
  unreadable: string[]
}

const dotted = ({ day, month, year }: { day: number; month: number; year: number }) => `${day}.${month}.${year}`
const spaced = ({ day, month, year }: { day: number; month: number; year: number }) => `${day}. ${month}. ${year}`
const hard = ({ day, month, year }: { day: number; month: number; year: number }) =>
  `${day}.\u00a0${month}.\u00a0${year}`
const padded = ({ day, month, year }: { day: number; month: number; year: number }) =>
  `${two(day)}.${two(month)}.${year}`

const english = 'January February March April May June July August September October November December'.split(' ')

/** How a portal of each language says it: several forms of the same, so that form alone changes too. */
export const tongues: Tongue[] = [
  {
    language: 'cs',
    months: 'leden únor březen duben květen červen červenec srpen září říjen listopad prosinec'.split(' '),
    day: (day, month) => `${day}. ${month}`,
    quarter: (quarter, year) => `${quarter}. čtvrtletí ${year}`,
    numeric: [spaced, dotted, padded, hard],
    states: {
      'in-stock': ['skladem', 'Skladem', 'SKLADEM'],
      'on-request': ['na dotaz', 'Na dotaz'],
      'sold-out': ['vyprodáno', 'Vyprodáno'],
      discontinued: ['ukončeno', 'Ukončeno'],
    },
    unreadable: ['už brzy', 'volejte prodejce', '???'],
  },
  {
    language: 'en-GB',
    months: english,
    day: (day, month) => `${day} ${month}`,
    quarter: (quarter, year) => `Q${quarter} ${year}`,
    numeric: [({ day, month, year }) => `${two(day)}/${two(month)}/${year}`],
    states: {
      'in-stock': ['in stock', 'In stock', 'In  stock'],
      'on-request': ['on request', 'TBA'],
      'sold-out': ['sold out', 'Sold out'],
      discontinued: ['discontinued', 'Discontinued'],
    },
    unreadable: ['call us', 'coming soon', 'see catalogue page 7'],
  },
  {
    language: 'de',
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
    day: (day, month) => `${day}. ${month}`,
    quarter: (quarter, year) => `${quarter}. Quartal ${year}`,
    numeric: [dotted, padded],
    states: {
      'in-stock': ['auf Lager', 'Auf Lager'],
      'on-request': ['auf Anfrage', 'Auf Anfrage'],
      'sold-out': ['ausverkauft', 'Ausverkauft'],
      discontinued: ['eingestellt', 'Eingestellt'],
    },
    unreadable: ['bald', 'rufen Sie uns an', '???'],
  },
  {
    language: 'pl',
    months: 'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień'.split(
      ' ',
    ),
    genitive:
      'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia'.split(' '),
    day: (day, month) => `${day} ${month}`,
    quarter: (quarter, year) => `Q${quarter} ${year}`,
    numeric: [padded, dotted],
    states: {
      'in-stock': ['na stanie', 'Na stanie'],
      'on-request': ['na zapytanie', 'Na zapytanie'],
      'sold-out': ['wyprzedane', 'Wyprzedane'],
      discontinued: ['wycofane', 'Wycofane'],
    },
    unreadable: ['wkrótce', '???'],
  },
  {
    language: 'sk',
    months: 'január február marec apríl máj jún júl august september október november december'.split(' '),
    day: (day, month) => `${day}. ${month}`,
    quarter: (quarter, year) => `${quarter}. štvrťrok ${year}`,
    numeric: [spaced, dotted],
    states: {
      'in-stock': ['skladom', 'Skladom'],
      'on-request': ['na dotaz', 'na vyžiadanie'],
      'sold-out': ['vypredané', 'Vypredané'],
      discontinued: ['ukončené', 'Ukončené'],
    },
    unreadable: ['čoskoro', '???'],
  },
]

export function tongueOf(language: Language): Tongue {
  const tongue = tongues.find((one) => one.language === language)
  if (tongue === undefined) throw new Error(`the script has no portal in ${language}`)
  return tongue
}

/** All forms in which a portal says this value. */
export function textsOf(value: Value, tongue: Tongue): string[] {
  const parts = partsOf(value)
  switch (parts.kind) {
    case 'state':
      return tongue.states[parts.state]
    case 'day': {
      const numeric = tongue.numeric.map((form) => form(parts))
      return namesDays(tongue) ? [...numeric, `${tongue.day(parts.day, nameOf(parts, tongue))} ${parts.year}`] : numeric
    }
    case 'month':
      return [`${tongue.months[parts.month - 1]} ${parts.year}`]
    case 'quarter':
      return [tongue.quarter(parts.quarter, parts.year), `Q${parts.quarter} ${parts.year}`]
    default:
      return parts satisfies never
  }
}

/** Czech and Slovak bend the month beside a day, which the numeric forms spare the script. */
function namesDays({ language }: Tongue): boolean {
  return language !== 'cs' && language !== 'sk'
}

function nameOf({ month }: { month: number }, { months, genitive }: Tongue): string {
  return (genitive ?? months)[month - 1] ?? ''
}
