import type { Availability } from '../availability.ts'
import type { Lexeme } from './lexeme.ts'
import type { Forms, Vocabulary } from './vocabulary.ts'

export type Roles = [string[], Partial<Lexeme>]

/** Every word of a vocabulary with what it can be. */
export function rolesOf(v: Vocabulary): Roles[] {
  return [
    ...signs,
    ...(v.dotted ? romans : []),
    ...v.months.map((forms, i): Roles => [[...forms, ...intlMonth(v.locale, i)], { month: i + 1 }]),
    [v.shyMonths, { shy: true }],
    ...v.weekdays.map((forms, i): Roles => [forms, { weekday: i + 1 }]),
    ...timeRoles(v),
    ...leadRoles(v),
    ...statusRoles(v),
  ]
}

function timeRoles(v: Vocabulary): Roles[] {
  const { seasons, parts, units } = v
  return [
    ...[seasons.spring, seasons.summer, seasons.autumn, seasons.winter].map((forms, i): Roles => [
      forms,
      { season: i + 1 },
    ]),
    ...[parts.early, parts.mid, parts.late].map((forms, i): Roles => [forms, { part: i + 1 }]),
    [v.half, { half: true }],
    ...(Object.entries(units) as [keyof Vocabulary['units'], Forms][]).flatMap(([unit, forms]): Roles[] => [
      [forms.singular, { unit, singular: true }],
      [forms.plural, { unit, plural: true }],
    ]),
    ...(Object.entries(v.signs) as [keyof Vocabulary['signs'], string[]][]).map(([unit, forms]): Roles => [
      forms,
      { unit, shortSign: true },
    ]),
    [v.hours, { hour: true }],
    ...v.ordinals.map((forms, i): Roles => [forms, { ordinal: i + 1 }]),
    ...v.counts.map((forms, i): Roles => [forms, { count: i + 1 }]),
    ...v.shifts.map((forms, i): Roles => [forms, { shift: i }]),
    ...v.days.map((forms, i): Roles => [forms, { day: i }]),
    [v.ordinalEndings, { ordinalEnding: true }],
    [v.countEndings, { countEnding: true }],
    [v.weekOf, { weekOf: true }],
  ]
}

function leadRoles(v: Vocabulary): Roles[] {
  return [
    [v.expected, { expected: true }],
    [v.labels, { label: true }],
    [v.lasting, { label: true, lasting: true }],
    [v.from, { from: true }],
    [v.rangeOpens, { opens: true }],
    [v.earliest, { from: true, afterwards: true }],
    [v.about, { about: true }],
    [v.until, { until: true }],
    [v.by, { until: true, by: true }],
    [v.latest, { until: true, by: true, afterwards: true }],
    [v.at, { at: true }],
    [v.in, { in: true }],
    [v.within, { within: true }],
    [v.to, { to: true }],
    [v.and, { and: true }],
    [v.or, { or: true }],
    [v.between, { between: true }],
    [v.fillers, { filler: true }],
  ]
}

function status(kind: Availability['kind']): Partial<Lexeme> {
  return { status: kind }
}

function statusRoles(v: Vocabulary): Roles[] {
  return [
    [v.now, { now: true }],
    [v.temporarily, { now: true, temporary: true }],
    [v.stock, { ...status('in-stock'), stock: true }],
    [v.atOnce, { ...status('in-stock'), stock: true, atOnce: true }],
    [v.available, status('in-stock')],
    [v.soldOut, status('sold-out')],
    [v.discontinued, status('discontinued')],
    [v.onRequest, status('on-request')],
    [v.toOrder, { ...status('on-request'), toOrder: true }],
    [v.preorder, { ...status('on-request'), preorder: true }],
    [v.pieces, { pieces: true }],
    [v.more, { more: true }],
    [v.only, { only: true }],
  ]
}

const signs: Roles[] = [
  ...['.', '/', '-', ',', ':', ';', '|', '(', ')', '[', ']', '+', "'", '!'].map((sign): Roles => [[sign], { sign }]),
  [['~', '≈'], { about: true }],
  [['>'], { more: true }],
  [['t'], { time: 't' }],
  [['am'], { time: 'am' }],
  [['pm'], { time: 'pm' }],
  [['z', 'utc', 'gmt'], { time: 'z' }],
]

const romans = ['i', 'ii', 'iii', 'iv', 'v.', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'].map((numeral, i): Roles => [
  [numeral],
  { roman: i + 1 },
])

/** Alone, beside a day, and short; some languages have digits for the short form, which are no words. */
function intlMonth(locale: string, month: number): string[] {
  const styles = [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }] as const
  return styles.flatMap((style) => {
    const format = new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' })
    const part = format.formatToParts(Date.UTC(2026, month, 15)).find(({ type }) => type === 'month')
    return part && /^\p{L}/u.test(part.value) ? [part.value.replace('.', '')] : []
  })
}
