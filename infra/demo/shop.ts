import PQueue from 'p-queue'
import { z } from 'zod'
import type { Day } from '#core/domain/availability.ts'
import { dayOf } from '#core/domain/day.ts'
import { addDays } from '#core/domain/grammar/calendar.ts'
import { Order } from '#core/domain/order.ts'
import { demoCustomer } from './customers.ts'
import { pick } from './pick.ts'
import { showcase } from './portal/items.ts'

export { showcase } from './portal/items.ts'

/** An item as the shop knows it when it takes orders: what the portal's control face says. */
const ShopItem = z.object({ code: z.string(), ean: z.string(), title: z.string(), delivery: z.string() })
type ShopItem = z.infer<typeof ShopItem>

const orderCount = 60
/** Orders, counted from 0, whose first line is the showcase: customers in all languages. */
const showcaseOrders = new Set([2, 9, 21, 36, 48, 56])

/** The demo shop's 60 orders: always the same for the same items and day. What customers were told is what is so. */
export function demoOrders(items: ShopItem[], today: Day): Order[] {
  const shown = items.find((item) => item.code === showcase.code)
  const ordered = items.filter((item) => canBeOrdered(item.delivery) && item !== shown)
  // A third of them, so that most are on several orders.
  const [first, ...rest] = ordered.filter((_, i) => i % 3 === 0)
  if (!first || !shown) throw new Error(`the portal lacks ${showcase.code}, or has nothing else that can be ordered`)
  return Array.from({ length: orderCount }, (_, i) => demoOrder(i, { pool: [first, ...rest], shown, today }))
}

/** Puts the orders that the API doesn't have yet, so that what was told stays as it was at the first start. */
export async function putDemoOrders(given: { api: string; key: string; portal: string; today?: Day }): Promise<number> {
  const items = z.array(ShopItem).parse(await answerOf(await fetch(`${given.portal}/control/items`)))
  const orders = demoOrders(items, given.today ?? dayOf(new Date(), 'Europe/Prague'))
  const queue = new PQueue({ concurrency: 4 })
  const put = await queue.addAll(orders.map((order) => () => putIfUnknown(order, given)))
  return put.filter(Boolean).length
}

async function putIfUnknown(order: Order, { api, key }: { api: string; key: string }): Promise<boolean> {
  const address = `${api}/v1/orders/${order.number}`
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const known = await fetch(address, { headers })
  if (known.status !== 404) {
    await answerOf(known)
    return false
  }
  await known.body?.cancel()
  await answerOf(await fetch(address, { method: 'PUT', headers, body: JSON.stringify(order) }))
  return true
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.ok) return response.json()
  throw new Error(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
}

type Shop = { pool: [ShopItem, ...ShopItem[]]; shown: ShopItem; today: Day }

function demoOrder(i: number, shop: Shop): Order {
  const number = String(10_001 + i)
  const daysAgo = 42 - Math.floor((i * 40) / orderCount)
  const time = `${String(7 + ((i * 5) % 14)).padStart(2, '0')}:${String((i * 17) % 60).padStart(2, '0')}:00Z`
  return Order.parse({
    number,
    placedAt: `${addDays(shop.today, -daysAgo)}T${time}`,
    url: `https://figurkov.example/objednavky/${number}`,
    notifyNow: false,
    customer: demoCustomer(i),
    lines: itemsOf(i, shop).map((item, at) => demoLine(item, i, at)),
  })
}

/** One to three different items, so many that each of the pool's is on several orders. */
function itemsOf(i: number, { pool, shown }: Shop): ShopItem[] {
  const own = [0, 1, 2].map((at) => pick(pool, i * 3 + at * 7)).slice(0, 1 + ((i * 2) % 3))
  const [first, ...others] = [...new Set(own)]
  return showcaseOrders.has(i) || !first ? [shown, ...others] : [first, ...others]
}

function demoLine(item: ShopItem, i: number, at: number) {
  const named = (i + at) % 7 === 3 ? { ean: item.ean } : { supplier: 'demo', code: item.code }
  const status = item.code === showcase.code ? 'open' : statusOf(i, at)
  const quantity = (i + at) % 9 === 4 ? 2 : 1
  return { id: String(at + 1), ...named, title: item.title, quantity, status, told: item.delivery }
}

function statusOf(i: number, at: number): 'open' | 'shipped' | 'cancelled' {
  if (i % 12 === 5 && at === 0) return 'shipped'
  return i % 15 === 7 && at === 1 ? 'cancelled' : 'open'
}

/**
 * Sold-out things can't be ordered. Texts that count from the day they are said ("do 14 dnů") would mean one thing on
 * the order's day and another today. What is in stock without a number is left out: hardly a pre-order.
 */
function canBeOrdered(delivery: string): boolean {
  return /\d{4}|na dotaz/.test(delivery) || /^skladem \d+ ks$/.test(delivery)
}
