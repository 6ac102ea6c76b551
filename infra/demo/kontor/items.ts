import type { Day } from '#core/domain/availability.ts'
import { addDays, isoWeekOf } from '#core/domain/grammar/calendar.ts'
import { pick } from '../pick.ts'
import { partsOf, workday } from '../portal/calendar.ts'
import { ean13 } from '../portal/ean.ts'
import type { DemoItem } from '../portal/items.ts'
import { month, quarter, spaced } from './words.ts'

/** An item with a plain date. */
export const showcase = 'SK-30011'

export const groups = ['Scale-Figuren', 'Actionfiguren', 'Statuen', 'Plüsch'] as const

/** What the price list tells apart; each is a box of the filter. */
export const stocks = {
  lieferbar: 'sofort lieferbar',
  vorbestellbar: 'vorbestellbar',
  ausverkauft: 'ausverkauft',
} as const
export type Stock = keyof typeof stocks

export function stockOf({ status }: DemoItem): Stock {
  if (status === stocks.lieferbar) return 'lieferbar'
  return status === stocks.vorbestellbar ? 'vorbestellbar' : 'ausverkauft'
}

/**
 * What the Sammelkontor has when the demo begins on `start`; `price` is in euros. A delivery that is a whole ISO date,
 * or ISO year and month, becomes a real date cell of the file.
 */
export function kontorItems(start: Day, count = 140): DemoItem[] {
  return Array.from({ length: count }, (_, i) => {
    const code = `SK-${30_001 + i}`
    const day = workday(addDays(start, 18 + ((i * 41) % 280)))
    const shown = code === showcase
    const status = shown ? stocks.vorbestellbar : pick(statuses, i)
    const delivery = shown ? spaced(workday(addDays(start, 50))) : deliveryOf(status, day, i)
    const title = `${pick(heroes, i)} – ${pick(lines, Math.floor(i / heroes.length) + i)} ${pick(sizes, i * 3)}`
    const price = 49 + ((i * 29) % 50) * 4
    return { code, title, ean: ean13(299_206_410_000 + i * 19), price, status, delivery, group: pick(groups, i * 3) }
  })
}

const statuses: [string, ...string[]] = [
  stocks.vorbestellbar, stocks.vorbestellbar, stocks.lieferbar, stocks.vorbestellbar, stocks.vorbestellbar,
  stocks.vorbestellbar, stocks.ausverkauft, stocks.vorbestellbar, stocks.lieferbar, stocks.vorbestellbar,
] // prettier-ignore

function deliveryOf(status: string, day: Day, i: number): string {
  if (status === stocks.lieferbar) return i % 4 === 0 ? stocks.lieferbar : ''
  if (status === stocks.ausverkauft) return i % 3 === 0 ? month(day) : i % 3 === 1 ? stocks.ausverkauft : ''
  return pick(ways, i)(day)
}

type Way = (day: Day) => string
/** Seven of them against ten statuses: every way meets every status. */
const ways: [Way, ...Way[]] = [
  week,
  (day) => day,
  third,
  (day) => day.slice(0, 7),
  (day) => `ab ${spaced(day)}`,
  spaced,
  (day) => pick([month(day), quarter(day), season(day)], partsOf(day).date),
]

function week(day: Day): string {
  const { week: n, year } = isoWeekOf(day)
  return `KW ${n}/${year}`
}

function third(day: Day): string {
  const part = pick(['Anfang', 'Mitte', 'Ende'], Math.min(2, Math.floor((partsOf(day).date - 1) / 10)))
  return `${part} ${month(day)}`
}

function season(day: Day): string {
  const { year, month: m } = partsOf(day)
  if (m >= 3 && m <= 5) return `Frühjahr ${year}`
  if (m >= 6 && m <= 8) return `Sommer ${year}`
  return m >= 9 && m <= 11 ? `Herbst ${year}` : `${m <= 6 ? 1 : 2}. Halbjahr ${year}`
}

const heroes = [
  'Mirai Kazehara', 'Kapitänin Isandra', 'Yukino Fuchsmagierin', 'Ritter Albrecht', 'Sora-7 Androidin', 'Hana Tsukimori',
  'Drachentöter Voren', 'Nela Windkind', 'Kuroba Schwarzflügel', 'Prinzessin Ophelia', 'Detektiv Minato', 'Kleine Mochi',
  'General Tarkus', 'Elfe Liriel', 'Shiro Schneewolf', 'Mechaniker Bruno', 'Idol Pastel Rin',
] as const // prettier-ignore
const lines = [
  'Sommer-Yukata', 'Kampfversion', 'Jubiläumsausgabe', 'Nachtgarten', 'im Café', 'Reisemantel', 'Winterfest', 'limitiert',
  'Zweitauflage',
] as const // prettier-ignore
const sizes = ['1/7', '1/8', 'Actionfigur', '1/4 Premium', 'mini 10 cm'] as const
