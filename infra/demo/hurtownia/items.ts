import type { Day } from '#core/domain/availability.ts'
import { addDays, isoWeekOf } from '#core/domain/grammar/calendar.ts'
import { pick } from '../pick.ts'
import { dotted, partsOf, workday } from '../portal/calendar.ts'
import { ean13 } from '../portal/ean.ts'
import type { DemoItem } from '../portal/items.ts'
import { month, quarter } from './words.ts'

/** An item with a plain date. */
export const showcase = 'FP-2007'

/** What Figurkowo has when the demo begins on `start`; `price` is in złoty, net. */
export function figurkowoItems(start: Day, count = 120): DemoItem[] {
  return Array.from({ length: count }, (_, i) => {
    const code = `FP-${2001 + i}`
    const day = workday(addDays(start, 20 + ((i * 31) % 260)))
    const delivery = code === showcase ? dotted(workday(addDays(start, 55))) : pick(ways, i)(day, i)
    const quantity = /^(dostępny|od ręki)$/.test(delivery) ? String(1 + ((i * 11) % 40)) : i % 6 === 5 ? '0' : ''
    const title = `${pick(heroes, i)} – ${pick(lines, Math.floor(i / heroes.length) + i)} ${pick(sizes, i * 3)}`
    return { code, title, ean: ean13(299_105_310_000 + i * 23), price: 79 + ((i * 37) % 60) * 5, delivery, quantity }
  })
}

type Way = (day: Day, i: number) => string
const ways: [Way, ...Way[]] = [
  dotted, month, () => 'dostępny', dotted, quarter, week, dotted, third, () => 'od ręki', month,
  dotted, () => 'na zamówienie', longDay, season, () => 'niedostępny', dotted, range, half, () => 'w ciągu 14 dni', from,
] // prettier-ignore

const genitive =
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia'.split(' ')

function week(day: Day): string {
  const { week: n, year } = isoWeekOf(day)
  return `${n}. tydzień ${year}`
}

function third(day: Day): string {
  const { year, month: m, date } = partsOf(day)
  const part = date <= 10 ? 'początek' : date <= 20 ? 'połowa' : 'koniec'
  return `${part} ${genitive[m - 1]} ${year}`
}

function longDay(day: Day): string {
  const { year, month: m, date } = partsOf(day)
  return `${date} ${genitive[m - 1]} ${year}`
}

function season(day: Day): string {
  const { year, month: m } = partsOf(day)
  if (m >= 3 && m <= 5) return `wiosna ${year}`
  if (m >= 6 && m <= 8) return `lato ${year}`
  return m >= 9 && m <= 11 ? `jesień ${year}` : month(day)
}

function range(day: Day): string {
  return `${dotted(day)} - ${dotted(addDays(day, 14))}`
}

function half(day: Day): string {
  const { year, month: m } = partsOf(day)
  return `${m <= 6 ? 'I' : 'II'} połowa ${year}`
}

function from(day: Day): string {
  return `od ${dotted(day)}`
}

const heroes = [
  'Mirai Kazehara', 'Kapitan Isandra', 'Yukino Lisia czarodziejka', 'Rycerz Albrecht', 'Sora-7 Androidka', 'Hana Tsukimori',
  'Pogromca smoków Voren', 'Nela Wietrzna', 'Kuroba Czarnoskrzydły', 'Księżniczka Ofelia', 'Detektyw Minato', 'Mała Mochi',
  'Generał Tarkus', 'Elfka Liriel', 'Shiro Śnieżny wilk',
] as const // prettier-ignore
const lines = [
  'letnia yukata', 'wersja bojowa', 'edycja rocznicowa', 'nocny ogród', 'w kawiarni', 'płaszcz podróżny',
  'zimowe święto', 'edycja limitowana',
] as const // prettier-ignore
const sizes = ['1/7', '1/8', 'figurka 15 cm', '1/4 Premium', 'mini 10 cm'] as const
