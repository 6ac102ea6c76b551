import type { Day } from '#core/domain/availability.ts'
import { addDays, isoWeekOf, quarterOf } from '#core/domain/grammar/calendar.ts'
import { pick } from '../pick.ts'
import { partsOf, workday } from './calendar.ts'

const nominative = 'leden únor březen duben květen červen červenec srpen září říjen listopad prosinec'.split(' ')
const genitive = 'ledna února března dubna května června července srpna září října listopadu prosince'.split(' ')
const locative = 'lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci'.split(' ')
const roman = ['I', 'II', 'III', 'IV']

/** Says a day in one of the ways that suppliers say it; `i` lets one way vary from item to item. */
type Way = (day: Day, i: number) => string

/**
 * Forty ways, in the proportions of a real price list: five items each. All are such that our grammar reads them, and
 * none names a time that lies wholly before the day it is given.
 */
const ways: [Way, ...Way[]] = [
  spaced, month, inStock, spaced, pieces, third, spaced, inStock, quarter, month,
  dotted, soldOut, spaced, inStock, expectedMonth, week, dotted, month, pieces, longDay,
  onRequest, inStock, spaced, third, quarterInWords, spaced, relative, dotted, inStock, inMonth,
  season, spaced, expectedMonth, pieces, third, range, capitalInStock, week, quarter, slashMonth,
] // prettier-ignore

/** What the portal says of its `i`th item when the demo begins on `start`. */
export function deliveryText(i: number, start: Day): string {
  const way = pick(ways, i)
  return way(workday(addDays(start, 24 + ((i * 37) % 290))), i)
}

/** "15. 3. 2027" */
export function spaced(day: Day): string {
  const { year, month: m, date } = partsOf(day)
  return `${date}. ${m}. ${year}`
}

function dotted(day: Day): string {
  return spaced(day).replaceAll(' ', '')
}

function longDay(day: Day): string {
  const { year, month: m, date } = partsOf(day)
  return `${date}. ${genitive[m - 1]} ${year}`
}

/** "březen 2027" */
export function month(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `${nominative[m - 1]} ${year}`
}

function inMonth(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `v ${locative[m - 1]} ${year}`
}

function slashMonth(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `${String(m).padStart(2, '0')}/${year}`
}

function expectedMonth(day: Day): string {
  return `předpoklad ${slashMonth(day)}`
}

function third(day: Day): string {
  const { year, month: m, date } = partsOf(day)
  const part = date <= 10 ? 'začátek' : date <= 20 ? 'polovina' : 'konec'
  return `${part} ${genitive[m - 1]} ${year}`
}

function week(day: Day): string {
  const { week: n, year } = isoWeekOf(day)
  return `${n}. týden ${year}`
}

function quarter(day: Day): string {
  return `Q${quarterOf(day)} ${partsOf(day).year}`
}

function quarterInWords(day: Day, i: number): string {
  const { year } = partsOf(day)
  return i % 80 < ways.length ? `${quarterOf(day)}. čtvrtletí ${year}` : `${roman[quarterOf(day) - 1]}. kvartál ${year}`
}

function season(day: Day, i: number): string {
  const { year, month: m } = partsOf(day)
  if (i % 3 === 1) return `${m <= 6 ? 1 : 2}. pololetí ${year}`
  if (m >= 3 && m <= 5) return `jaro ${year}`
  if (m >= 6 && m <= 8) return `léto ${year}`
  return m >= 9 && m <= 11 ? `podzim ${year}` : String(m === 12 ? year + 1 : year)
}

function range(day: Day): string {
  const end = partsOf(addDays(day, 14))
  const { month: m, date } = partsOf(day)
  return `${date}.${m}.-${end.date}.${end.month}.${end.year}`
}

function relative(_: Day, i: number): string {
  return pick(['do 14 dnů', '2-3 týdny', 'za 3 týdny'], i)
}

function onRequest(_: Day, i: number): string {
  return i % 3 === 0 ? 'TBA' : 'na dotaz'
}

function soldOut(_: Day, i: number): string {
  return i % 3 === 1 ? 'výroba ukončena' : 'vyprodáno'
}

function inStock(): string {
  return 'skladem'
}

function capitalInStock(): string {
  return 'Skladem'
}

function pieces(_: Day, i: number): string {
  return `skladem ${1 + ((i * 7) % 23)} ks`
}
