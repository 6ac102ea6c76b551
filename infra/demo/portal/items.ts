import type { Day } from '#core/domain/availability.ts'
import { addDays } from '#core/domain/grammar/calendar.ts'
import { pick } from '../pick.ts'
import { workday } from './calendar.ts'
import { deliveryText, spaced } from './deliveries.ts'
import { ean13 } from './ean.ts'

/** One item as the portal keeps it; `delivery` is the text of its column Dostupnost, `price` is in crowns. */
export type DemoItem = {
  code: string
  ean: string
  title: string
  price: number
  delivery: string
  /** Of portals that have such a column. */
  status?: string
  quantity?: string
  group?: string
}

/** The item that the tour edits: it has a plain date, and orders of customers in both languages wait for it. */
export const showcase = { code: 'FIG-1042', title: 'Aurora Nightingale – Strážkyně hvězd 1/7' } as const

/** The portal's catalogue as it stands when the demo begins on `start`: always the same for the same day. */
export function demoItems(start: Day, count = 200): DemoItem[] {
  return Array.from({ length: count }, (_, i) => demoItem(i, start))
}

function demoItem(i: number, start: Day): DemoItem {
  const code = `FIG-${1001 + i}`
  const isShowcase = code === showcase.code
  const form = pick(forms, i * 5 + 2 * Math.floor(i / characters.length))
  return {
    code,
    ean: ean13(299_004_210_000 + i * 17),
    title: isShowcase ? showcase.title : titleOf(i, form),
    price: isShowcase ? 4890 : form.price + ((i * 53) % 9) * form.step,
    delivery: isShowcase ? spaced(workday(addDays(start, 60))) : deliveryText(i, start),
  }
}

function titleOf(i: number, form: Form): string {
  const round = Math.floor(i / characters.length)
  const character = i % characters.length
  const again = round >= editions.length ? ` (${round + 1}. série)` : ''
  return `${characters[character]} – ${editions[(round + character) % editions.length]}${again} ${form.name}`
}

type Form = { name: string; price: number; step: number }

const forms: [Form, ...Form[]] = [
  { name: '1/7', price: 3690, step: 150 },
  { name: '1/8', price: 2990, step: 120 },
  { name: 'akční figurka', price: 1590, step: 70 },
  { name: '1/4 Premium', price: 6490, step: 350 },
  { name: 'mini 10 cm', price: 899, step: 50 },
  { name: 'PVC soška 23 cm', price: 749, step: 40 },
]

const characters = [
  'Mirai Kazehara',
  'Kapitánka Isandra',
  'Yukino Liščí čarodějka',
  'Rytíř Albrecht z Mlžné hory',
  'Sora-7 Androidka',
  'Hana Tsukimori',
  'Drakobijec Voren',
  'Nela Větrná',
  'Kuroba Černokřídlý',
  'Princezna Ophélie',
  'Detektiv Minato',
  'Ryoko Ohnivá pěst',
  'Malá Mochi',
  'Generál Tarkus',
  'Elfka Liriel',
  'Shiro Sněžný vlk',
  'Akane Hoshizora',
  'Mechanik Bruno',
  'Strážce Ygral',
  'Idol Pastel Rin',
  'Kněžka Suiren',
  'Zlodějka Vesper',
  'Robot Kybor MK-II',
  'Dvojčata Ami a Emi',
  'Šermíř Genzo',
]

const editions = [
  'letní yukata',
  'bojová verze',
  'výroční edice',
  'noční zahrada',
  'v kavárně',
  'cestovní plášť',
  'zimní slavnost',
  'limitovaná edice',
]
