import type { Day } from '#core/domain/availability.ts'
import { addDays } from '#core/domain/grammar/calendar.ts'
import { pick } from '../pick.ts'
import { partsOf, workday } from '../portal/calendar.ts'
import { upc12 } from '../portal/ean.ts'
import type { DemoItem } from '../portal/items.ts'
import { month, monthFirst, quarter } from './words.ts'

/** An item with a plain date. */
export const showcase = 'NP-10009'

/** What Northpine has when the demo begins on `start`; `delivery` is its eta, `price` is in dollars. */
export function northpineItems(start: Day, count = 130): DemoItem[] {
  return Array.from({ length: count }, (_, i) => {
    const code = `NP-${10_001 + i}`
    const shown = code === showcase
    const status = shown ? 'Pre-order' : pick(statuses, i)
    const day = workday(addDays(start, 15 + ((i * 43) % 300)))
    const delivery = shown ? monthFirst(workday(addDays(start, 52))) : etaOf(status, day, i)
    const quantity = status === 'In stock' ? String(1 + ((i * 13) % 60)) : '0'
    const title = `${pick(heroes, i)} – ${pick(lines, Math.floor(i / heroes.length) + i)} ${pick(sizes, i * 3)}`
    return {
      code,
      title,
      ean: upc12(40_041_561_000 + i * 7),
      price: 49 + ((i * 31) % 40) * 5,
      status,
      delivery,
      quantity,
    }
  })
}

const statuses: [string, ...string[]] = [
  'Pre-order', 'Backorder', 'In stock', 'Pre-order', 'Pre-order', 'Backorder', 'In stock', 'Pre-order', 'Backorder',
  'Pre-order', 'In stock', 'Backorder', 'Pre-order', 'Discontinued',
] // prettier-ignore

function etaOf(status: string, day: Day, i: number): string {
  if (status === 'In stock') return ''
  if (status === 'Discontinued') return i % 4 === 1 ? 'No longer available' : ''
  return pick(ways, i)(day)
}

type Way = (day: Day) => string
const ways: [Way, ...Way[]] = [monthFirst, month, part, monthFirst, quarter, (day) => day, month, monthFirst, () => '']

function part(day: Day): string {
  return `${pick(['Early', 'Mid', 'Late'], Math.min(2, Math.floor((partsOf(day).date - 1) / 10)))} ${month(day)}`
}

const heroes = [
  'Mirai Kazehara', 'Captain Isandra', 'Yukino the Fox Mage', 'Sir Albrecht', 'Sora-7 Android', 'Hana Tsukimori',
  'Dragonslayer Voren', 'Nela Windborn', 'Kuroba Blackwing', 'Princess Ophelia', 'Detective Minato', 'Little Mochi',
  'General Tarkus', 'Liriel the Elf', 'Shiro Snow Wolf', 'Bruno the Mechanic', 'Idol Pastel Rin',
] as const // prettier-ignore
const lines = [
  'Summer Yukata', 'Battle Version', 'Anniversary Edition', 'Night Garden', 'At the Café', 'Travel Cloak',
  'Winter Festival', 'Limited Edition', 'Second Run',
] as const // prettier-ignore
const sizes = ['1/7 Scale', '1/8 Scale', 'Action Figure', '1/4 Premium', 'Mini 4 in'] as const
